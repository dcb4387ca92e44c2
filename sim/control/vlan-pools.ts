/**
 * The pools that guest networks have their IDs from: one for the zone, one a pod where IDs are used again in every pod, or
 * the 24-bit range of an overlay. Guarantees that an ID is given once in its scope.
 */
import { assert } from '../base/assert.js';
import type { VlanScope } from '../measures/switch-load.js';
import { IntegerPool, rangesOf, type Range } from './integer-pool.js';
import type { PodId } from './ports.js';

/**
 * VNIs of an overlay: 24 bits (RFC 7348). That they begin above the VLAN IDs, so that no number means two things, is an
 * assumption.
 */
export const FIRST_VNI = 4096;
const VNIS: Range = { first: FIRST_VNI, last: 0xff_ffff };

/** How many IDs there are, over all pods. */
export function vlanCapacity(scope: VlanScope, vlans: number, pods: number): number {
  if (scope === 'overlay') return VNIS.last - VNIS.first + 1;
  return scope === 'pod' ? vlans * pods : vlans;
}

export class VlanPools {
  readonly capacity: number;
  private readonly pools: readonly IntegerPool[];

  constructor(
    private readonly scope: VlanScope,
    vlans: readonly number[],
    pods: number,
  ) {
    const ranges = scope === 'overlay' ? [VNIS] : rangesOf(vlans);
    this.pools = Array.from({ length: scope === 'pod' ? pods : 1 }, () => new IntegerPool(ranges));
    this.capacity = vlanCapacity(scope, vlans.length, pods);
  }

  /** Each pod has IDs of its own: a guest network is in one pod. */
  get perPod(): boolean {
    return this.scope === 'pod';
  }

  get used(): number {
    return this.pools.reduce((sum, pool) => sum + pool.used, 0);
  }

  /** The first free ID; null: none is left. The pod does not matter where IDs are not a pod's; null: in any pod. */
  peek(pod: PodId | null = null): number | null {
    if (!this.perPod || pod !== null) return this.of(pod).peek();
    for (const pool of this.pools) if (pool.peek() !== null) return pool.peek();
    return null;
  }

  /** Pods with a free ID, ascending. */
  podsWithFree(): PodId[] {
    const pods: PodId[] = [];
    this.pools.forEach((pool, pod) => pool.used < pool.capacity && pods.push(pod));
    return pods;
  }

  /** Whether the ID is of the pool, and nobody has it. */
  isFree(vlan: number, pod: PodId | null): boolean {
    const pool = this.of(pod);
    return pool.includes(vlan) && pool.isFree(vlan);
  }

  take(vlan: number, pod: PodId | null): void {
    this.of(pod).take(vlan);
  }

  release(vlan: number, pod: PodId | null): void {
    this.of(pod).release(vlan);
  }

  private of(pod: PodId | null): IntegerPool {
    const pool = this.pools[this.perPod ? (pod ?? -1) : 0];
    assert(pool, () => `VLAN IDs are a pod's: there is no pod ${pod}`);
    return pool;
  }
}
