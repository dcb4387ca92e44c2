/**
 * Assertions of our own invariants: always on, they throw and never exit. Input from outside is validated, not
 * asserted: see errors.ts.
 */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws AssertionError unless `condition` holds; pass a function where building the message costs something. */
export function assert(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new AssertionError(typeof message === 'string' ? message : message());
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never, where: string): never {
  throw new AssertionError(`${where}: unexpected ${JSON.stringify(value)}`);
}
