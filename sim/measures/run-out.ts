/**
 * When something runs out, if it goes on growing as it has: a straight line through what was in use over time (least
 * squares), carried on to the capacity. Guarantees no date where there is no growth, too little to tell from chance, or so
 * little that a century would not do.
 */

/** Something that there is only so much of; all in one unit. */
export interface RunOut {
  readonly capacity: number;
  /** On the line, at the last sample. */
  readonly inUse: number;
  readonly perDay: number;
  /** From the beginning of the run; null: it does not grow, not beyond doubt, or not up to there within a century. */
  readonly atMicros: number | null;
}

const DAY_MICROS = 86_400_000_000;
/** What the slope must be of its own standard error. */
const STANDARD_ERRORS = 2;
const LEAST_SAMPLES = 3;
const ROUNDING = 1e-6;
/** A line is not carried on for longer. */
const HORIZON_DAYS = 100 * 365;

/** Samples one after another; sums only, so that a run of any length costs the same memory. */
export class Growth {
  private count = 0;
  private firstMicros = 0;
  private lastMicros = 0;
  private sumX = 0;
  private sumY = 0;
  private sumXX = 0;
  private sumXY = 0;
  private sumYY = 0;

  constructor(private readonly fromMicros = 0) {}

  /** What is in use from `atMicros` on. Samples of the warm-up are left out. */
  sample(atMicros: number, inUse: number): void {
    if (atMicros < this.fromMicros) return;
    if (this.count === 0) this.firstMicros = atMicros;
    this.lastMicros = atMicros;
    this.count++;
    const days = (atMicros - this.fromMicros) / DAY_MICROS;
    this.sumX += days;
    this.sumY += inUse;
    this.sumXX += days * days;
    this.sumXY += days * inUse;
    this.sumYY += inUse * inUse;
  }

  /** null: too few samples to draw a line. */
  runOut(capacity: number): RunOut | null {
    const { count } = this;
    if (count < LEAST_SAMPLES) return null;
    const spread = this.sumXX - (this.sumX * this.sumX) / count;
    if (!(spread > 0)) return null;
    const covariance = this.sumXY - (this.sumX * this.sumY) / count;
    const perDay = covariance / spread;
    const meanX = this.sumX / count;
    const last = (this.lastMicros - this.fromMicros) / DAY_MICROS;
    const inUse = this.sumY / count + perDay * (last - meanX);
    const residual = Math.max(0, this.sumYY - (this.sumY * this.sumY) / count - perDay * covariance);
    const doubt = this.doubt(residual, spread);
    const days = Math.max(0, capacity - inUse) / perDay;
    // What sums of squares round off is no growth.
    const rounding = (ROUNDING * Math.sqrt(this.sumYY / count)) / last;
    const grows = perDay > rounding && perDay > STANDARD_ERRORS * doubt;
    return {
      ...{ capacity, inUse, perDay },
      atMicros: grows && days <= HORIZON_DAYS ? Math.round(this.lastMicros + days * DAY_MICROS) : null,
    };
  }

  /**
   * Standard error of the slope. Samples minutes apart say nearly the same: no more of them are counted as independent than
   * the run has hours.
   */
  private doubt(residual: number, spread: number): number {
    const hours = (this.lastMicros - this.firstMicros) / (DAY_MICROS / 24);
    const independent = Math.max(LEAST_SAMPLES, Math.min(this.count, hours));
    const variance = residual / this.count / Math.max(1, independent - 2);
    return Math.sqrt(variance / (spread / this.count));
  }
}
