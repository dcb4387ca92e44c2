/**
 * A section of a scenario that names a file, or holds its text: as the text, and as what a reader finds in it. Guarantees
 * that a file is read once however many variants name it, and that what is wrong in it is told at its place there.
 */
import { InputError, type Problem } from '../base/errors.js';
import { pathFrom, textOf } from './open-document.js';
import type { ReadFile } from './read-text.js';
import { entryOf, type TreeNode } from './tree.js';

export interface DataRead<Value> {
  /** null: the section names none that can be read. */
  text: string | null;
  value: Value | null;
  problems: Problem[];
}

export class DataFiles<Value> {
  private readonly known = new Map<string, DataRead<Value>>();

  constructor(private readonly readFile?: ReadFile) {}

  /** `where`: the section's path; `format`: what the reader is called, where there are several. */
  of(
    section: TreeNode | undefined,
    where: string,
    reader: ((text: string, file: string) => Value) | undefined,
    format = '',
  ): DataRead<Value> {
    const given = textAt(section, 'data');
    const source = given ?? textAt(section, 'file');
    if (!reader || !source) return { text: null, value: null, problems: [] };
    const place = given ? `${where}.data` : pathFrom(source.node.origin, source.value);
    const key = JSON.stringify([format, given ? source.value : place]);
    let read = this.known.get(key);
    if (!read) {
      const problems: Problem[] = [];
      const text = given ? given.value : textOf(place, source.node.origin, problems, this.readFile);
      read = { text, value: text === null ? null : valueIn(reader, text, place, problems), problems };
      this.known.set(key, read);
    }
    return read;
  }
}

/** The text that stands at a key, and where; undefined: none does. */
export function textAt(map: TreeNode | undefined, key: string): { value: string; node: TreeNode } | undefined {
  const node = entryOf(map, key)?.node;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? { value: node.value, node } : undefined;
}

function valueIn<Value>(
  reader: (text: string, file: string) => Value,
  text: string,
  path: string,
  problems: Problem[],
): Value | null {
  try {
    return reader(text, path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.push(problem);
    return null;
  }
}
