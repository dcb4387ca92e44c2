/** What a reader says of damaged input: its problems as a user reads them. */
import { expect } from 'vitest';
import { formatProblem, InputError } from '../../sim/base/errors.js';

export function problemsIn(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    return problemsOfError(error);
  }
  throw new Error('accepted');
}

export async function problemsInAsync(read: () => Promise<unknown>): Promise<string[]> {
  try {
    await read();
  } catch (error) {
    return problemsOfError(error);
  }
  throw new Error('accepted');
}

function problemsOfError(error: unknown): string[] {
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems.map(formatProblem);
}

/** The value of a note. */
export function noteOf(notes: readonly { label: string; value: string }[], label: string): string {
  const found = notes.find((note) => note.label === label);
  if (!found) throw new Error(`no note '${label}' among ${notes.map((note) => note.label).join(', ')}`);
  return found.value;
}
