/**
 * A figure over time: its time-weighted mean and its peak since the end of the warm-up. Instants at which the figure is
 * not defined (null) have no part in the mean. Guarantees the exact integral but for a rounding or two, however many
 * changes there were.
 */
import { assert } from '../base/assert.js';
import { CompensatedSum } from './compensated-sum.js';

export class TimeWeighted {
  private readonly integral = new CompensatedSum();
  private definedMicros = 0;
  private atMicros: number;
  // NaN: not defined. Kept as a number so that the field stays an unboxed double.
  private current = NaN;
  private highest = -Infinity;

  /** What happens before `fromMicros` (the end of the warm-up) sets the value, but is in neither mean nor peak. */
  constructor(private readonly fromMicros = 0) {
    this.atMicros = fromMicros;
  }

  /** The figure from `atMicros` on. */
  set(atMicros: number, value: number | null): void {
    this.advance(atMicros);
    this.current = value ?? NaN;
    if (atMicros >= this.fromMicros && this.current > this.highest) this.highest = this.current;
  }

  get now(): number | null {
    return Number.isNaN(this.current) ? null : this.current;
  }

  /** Mean up to `atMicros`; over no time at all the figure as it stands; null where it was never defined. */
  mean(atMicros: number): number | null {
    this.advance(atMicros);
    return this.definedMicros > 0 ? this.integral.value / this.definedMicros : this.now;
  }

  /** The highest value since the warm-up, held however briefly; null where the figure was never defined. */
  peak(atMicros: number): number | null {
    this.advance(atMicros);
    return this.highest === -Infinity ? null : this.highest;
  }

  private advance(atMicros: number): void {
    if (atMicros <= this.fromMicros) return;
    const { current } = this;
    const elapsed = atMicros - this.atMicros;
    assert(elapsed >= 0, () => `TimeWeighted: time fell from ${this.atMicros} to ${atMicros}`);
    this.atMicros = atMicros;
    if (elapsed === 0 || Number.isNaN(current)) return;
    this.integral.add(current * elapsed);
    this.definedMicros += elapsed;
    // The value that the warm-up left behind is held from its end on.
    if (current > this.highest) this.highest = current;
  }
}
