/**
 * When something runs out, if it goes on growing as it has: a straight line through what was in use over time (least
 * squares), carried on to the capacity. Guarantees no date where there is no growth, or too little to tell from chance.
 */

/** Something that there is only so much of; all in one unit. */
export interface RunOut {
  readonly capacity: number;
  /** On the line, at the last sample. */
  readonly inUse: number;
  readonly perDay: number;
  /** From the beginning of the run; null: it does not grow, or not beyond doubt. */
  readonly atMicros: number | null;
}

const DAY_MICROS = 86_400_000_000;
/** What the slope must be of its own standard error. */
const STANDARD_ERRORS = 2;
const LEAST_SAMPLES = 3;

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
    const days = (capacity - inUse) / perDay;
    const grows = perDay > 0 && perDay > STANDARD_ERRORS * doubt;
    const atMicros = grows ? this.lastMicros + Math.max(0, days) * DAY_MICROS : null;
    return { capacity, inUse, perDay, atMicros: atMicros === null ? null : Math.round(atMicros) };
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
