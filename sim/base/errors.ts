/**
 * The error catalogue. Every error that a user can meet has a permanent code, what happened, why, what to do, and its
 * place in a file where there is one. Error: the run failed. Warning: read this before trusting the result.
 */

/** Exit status by class of error (DESIGN of the commands): 1 a check failed, 2 wrong input, 3 the run itself failed. */
export const EXIT = { done: 0, checkFailed: 1, wrongInput: 2, runFailed: 3, interrupted: 130 } as const;

/** Where in a file: 1-based line and column. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export interface Problem {
  /** Permanent name, e.g. "unknown-key". */
  code: string;
  /** What is wrong and, where known, what to write instead. */
  message: string;
  place?: Place;
}

export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

export function formatProblem(problem: Problem): string {
  return problem.place ? `${formatPlace(problem.place)}: ${problem.message}` : problem.message;
}

/** Input from outside is wrong (exit 2): holds every problem found, not only the first. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
  static of(code: string, message: string, place?: Place): InputError {
    return new InputError([place ? { code, message, place } : { code, message }]);
  }
}

/** The run itself failed (exit 3). */
export class RunError extends Error {
  override readonly name = 'RunError';
  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Read this before trusting the result. */
export interface Warning {
  code: string;
  message: string;
}
