/**
 * fragmentRate(x) kept up to date: a change of one NUMA node costs the same whatever the size of the cloud. Equal to the
 * plain formula in fragment-rate.ts at every instant (the sums are of integers, nothing drifts), and averaged over time.
 */
import { assert } from '../base/assert.js';
import { MILLIS_PER_CORE } from '../base/units.js';
import { TimeWeighted } from './time-weighted.js';

export class FragmentRateTracker {
  private readonly sizeMillis: number;
  private readonly freeMillis: Float64Array;
  private readonly counted: Uint8Array;
  private readonly rate: TimeWeighted;
  private freeSum = 0;
  private uselessSum = 0;

  /** NUMA nodes are numbered from 0 over the zone; each counts from its first `set` on. */
  constructor(
    readonly cores: number,
    nodeCount: number,
    warmUpMicros = 0,
  ) {
    this.sizeMillis = cores * MILLIS_PER_CORE;
    this.freeMillis = new Float64Array(nodeCount);
    this.counted = new Uint8Array(nodeCount);
    this.rate = new TimeWeighted(warmUpMicros);
  }

  /** What is free on the node from now on; null: its host is not in service, so that the node does not count. */
  set(atMicros: number, node: number, freeCpuMillis: number | null): void {
    assert(node >= 0 && node < this.freeMillis.length, () => `fragmentRate: no NUMA node ${node}`);
    if (this.counted[node] === 1) this.count(this.freeMillis[node]!, -1);
    this.counted[node] = freeCpuMillis === null ? 0 : 1;
    this.freeMillis[node] = freeCpuMillis ?? 0;
    if (freeCpuMillis !== null) this.count(freeCpuMillis, 1);
    this.rate.set(atMicros, this.now);
  }

  /** Now; null where no CPU is free. */
  get now(): number | null {
    return this.freeSum > 0 ? this.uselessSum / this.freeSum : null;
  }

  /** Time-weighted mean since the warm-up, over the time in which any CPU was free. */
  mean(atMicros: number): number | null {
    return this.rate.mean(atMicros);
  }

  private count(freeCpuMillis: number, sign: 1 | -1): void {
    assert(freeCpuMillis >= 0, () => `fragmentRate: ${freeCpuMillis} thousandths of a core free`);
    this.freeSum += sign * freeCpuMillis;
    this.uselessSum += sign * (freeCpuMillis % this.sizeMillis);
  }
}
