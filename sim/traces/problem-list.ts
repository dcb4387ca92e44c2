/**
 * Problems of a source, gathered so that one look shows them all. Guarantees that no more are kept than anybody reads,
 * and that the rest is counted.
 */
import { InputError, type Place, type Problem } from '../base/errors.js';

const KEPT = 50;

/** Code of everything that is wrong in a trace or an inventory. */
export const DAMAGED = 'trace-damaged';

export class ProblemList {
  private readonly kept: Problem[] = [];
  private count = 0;

  /** `place` is worked out for those that are kept only. */
  add(message: string, place: () => Place): void {
    if (this.count++ < KEPT) this.kept.push({ code: DAMAGED, message, place: place() });
  }

  get size(): number {
    return this.count;
  }

  /** InputError with all of them, where there is one. */
  throwIfAny(): void {
    if (this.count === 0) return;
    const more = this.count - this.kept.length;
    const last = this.kept.at(-1)!;
    throw new InputError(
      more === 0
        ? this.kept
        : [...this.kept, { ...last, message: `and ${more} more problems of the kind above, from further on` }],
    );
  }
}

/** For what ends the reading at once. */
export function damaged(message: string, file: string, line = 1, column = 1): InputError {
  return InputError.of(DAMAGED, message, { file, line, column });
}
