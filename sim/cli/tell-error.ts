/**
 * What went wrong, for people on standard error and under `--json` as a document on standard output. Guarantees an exit
 * status for whatever was thrown.
 */
import { EXIT, InputError, RunError, type Problem } from '../base/errors.js';
import { VERSION } from '../run/version.js';
import type { Output } from './output.js';

/** A problem as JSON has it; null where it stands in no file. */
export interface ProblemRecord {
  code: string;
  message: string;
  file: string | null;
  line: number | null;
  column: number | null;
}

/** Returns the exit status. */
export function tellError(error: unknown, output: Output): number {
  if (error instanceof InputError) {
    for (const problem of error.problems) output.error(problem);
    return end(output, EXIT.wrongInput, error.problems[0]?.code ?? 'wrong-input', error.message, error.problems);
  }
  if (error instanceof RunError) {
    output.error({ code: error.code, message: error.message });
    return end(output, error.code === 'interrupted' ? EXIT.interrupted : EXIT.runFailed, error.code, error.message);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isSystemError(error)) {
    output.error({ code: 'system-error', message: `the system refused what the run needs: ${message}` });
    return end(output, EXIT.runFailed, 'system-error', message);
  }
  output.error({ code: 'bug', message: `this is a bug of podtwin ${VERSION}, not of your input: ${message}` });
  output.say('Please report it with the command, the scenario and what follows.');
  output.say((error instanceof Error && error.stack) || message);
  return end(output, EXIT.runFailed, 'bug', message);
}

export function problemRecord({ code, message, place }: Problem): ProblemRecord {
  return { code, message, file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null };
}

/** No temporary folder, too many open files: nobody's bug. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function end(output: Output, status: number, code: string, message: string, problems: readonly Problem[] = []): number {
  if (output.json) output.printJson({ error: { code, message, problems: problems.map(problemRecord) } });
  return status;
}
