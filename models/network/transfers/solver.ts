/**
 * Levels after changes: mended where the change stays local, filled anew where it does not. Guarantees the allocation of
 * levels.ts; once mending has cost more than filling would have, it is not tried again for a while, each time longer.
 */
import { Filling } from './filling.js';
import type { Levels } from './levels.js';
import { Repair } from './repair.js';
import type { Tuning } from './tuning.js';

/** Filling sees each bundle on a link about so often. */
const FILLING_VISITS = 2;
const LONGEST_PAUSE = 512;

export class Solver {
  private readonly filling: Filling;
  private readonly repair: Repair;
  /** Solutions for which mending is not tried; how many the next time. */
  private pause = 0;
  private nextPause = 1;
  /** Visits of a bundle on a link so far, for whoever weighs what could be saved. */
  work = 0;

  constructor(
    private readonly levels: Levels,
    private readonly tuning: Tuning,
  ) {
    this.filling = new Filling(levels);
    this.repair = new Repair(levels);
  }

  /** true: any bundle may have changed, not only those touched. */
  solve(): boolean {
    const { levels } = this;
    if (levels.dirty.size === 0) return false;
    if (this.pause > 0) this.pause--;
    else {
      const { leastBudget, budgetShare } = this.tuning;
      const mended = this.repair.mend(Math.max(leastBudget, budgetShare * levels.paths.entryCount));
      this.work += this.repair.visits;
      if (mended) {
        this.nextPause = Math.ceil(this.nextPause / 2);
        return false;
      }
      this.pause = this.nextPause;
      this.nextPause = Math.min(LONGEST_PAUSE, 4 * this.nextPause);
    }
    this.filling.fill();
    this.work += FILLING_VISITS * levels.paths.entryCount;
    return true;
  }
}
