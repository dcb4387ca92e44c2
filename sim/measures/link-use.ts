/**
 * How much of many links is used over time, from samples each of which holds until the next: mean, 95th percentile, peak and
 * the share of time above a level, for each link. Memory is bounded whatever the number of samples: use is sorted into
 * steps of a percentage point, and a link that is hardly used has none of them. After the warm-up only.
 */
import { assert } from '../base/assert.js';

/** Of a link's capacity; 1: all of it. More is asked for than there is where it is above 1. */
export interface LinkFigures {
  readonly mean: number;
  /** To a percentage point, rounded up; above 200 %, 2. */
  readonly p95: number;
  readonly peak: number;
  readonly peakMicros: number;
  /** Share of the time in which it was above `HIGH_USE`. */
  readonly highRatio: number;
}

/** Where queues begin to grow: the level at which links are counted as hot in studies of datacenters (Kandula et al., IMC 2009). */
export const HIGH_USE = 0.7;

const STEPS_PER_UNIT = 100;
const STEPS = 2 * STEPS_PER_UNIT + 1;

export class LinkUse {
  private readonly area: Float64Array;
  private readonly highMicros: Float64Array;
  private readonly peak: Float64Array;
  private readonly peakMicros: Float64Array;
  /** Microseconds by percentage point, of links that are used at all. */
  private readonly steps: (Float64Array | undefined)[];
  private readonly last: Float64Array;
  private lastMicros: number;
  private micros = 0;
  private begun = false;

  constructor(
    readonly count: number,
    private readonly fromMicros = 0,
  ) {
    this.area = new Float64Array(count);
    this.highMicros = new Float64Array(count);
    this.peak = new Float64Array(count);
    this.peakMicros = new Float64Array(count);
    this.steps = new Array<undefined>(count);
    this.last = new Float64Array(count);
    this.lastMicros = fromMicros;
  }

  /** The use of every link from `atMicros` on, until the next call. */
  sample(atMicros: number, use: ArrayLike<number>): void {
    assert(use.length === this.count, () => `${use.length} figures for ${this.count} links`);
    this.hold(atMicros);
    for (let link = 0; link < this.count; link++) this.last[link] = use[link]!;
    this.begun = true;
    if (atMicros >= this.fromMicros) this.lookForPeaks(atMicros);
  }

  figures(link: number): LinkFigures {
    const { micros } = this;
    return {
      mean: micros > 0 ? this.area[link]! / micros : this.last[link]!,
      p95: micros > 0 ? this.percentile(link, 0.95) : this.last[link]!,
      peak: this.peak[link]!,
      peakMicros: this.peakMicros[link]!,
      highRatio: micros > 0 ? this.highMicros[link]! / micros : 0,
    };
  }

  /** What was sampled last holds up to `atMicros`. */
  hold(atMicros: number): void {
    const elapsed = Math.max(atMicros, this.fromMicros) - this.lastMicros;
    assert(elapsed >= 0, () => `link use: time fell from ${this.lastMicros} to ${atMicros}`);
    if (elapsed === 0) return;
    this.lastMicros += elapsed;
    if (!this.begun) return;
    // The value that the warm-up left behind is held from its end on.
    if (this.micros === 0) this.lookForPeaks(this.fromMicros);
    this.micros += elapsed;
    for (let link = 0; link < this.count; link++) {
      const use = this.last[link]!;
      if (use === 0) continue;
      this.area[link]! += use * elapsed;
      if (use > HIGH_USE) this.highMicros[link]! += elapsed;
      const step = Math.min(STEPS - 1, Math.ceil(use * STEPS_PER_UNIT));
      (this.steps[link] ??= new Float64Array(STEPS))[step]! += elapsed;
    }
  }

  private lookForPeaks(atMicros: number): void {
    for (let link = 0; link < this.count; link++)
      if (this.last[link]! > this.peak[link]!) {
        this.peak[link] = this.last[link]!;
        this.peakMicros[link] = atMicros;
      }
  }

  private percentile(link: number, share: number): number {
    const steps = this.steps[link];
    if (steps === undefined) return 0;
    // From above: what is not in any step was not used.
    let above = 0;
    for (let step = STEPS - 1; step > 0; step--) {
      above += steps[step]!;
      if (above > (1 - share) * this.micros * (1 + 1e-12))
        return Math.min(step / STEPS_PER_UNIT, Math.max(this.peak[link]!, 0));
    }
    return 0;
  }
}
