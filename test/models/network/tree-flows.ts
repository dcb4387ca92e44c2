/** Flows over a tree of pods, full duplex: links of hosts up, then down, then of pods up, then down. */
import { SharedNetwork } from '../../../models/network/shared-network.js';
import type { Tuning } from '../../../models/network/transfers/tuning.js';

export interface TreeFlow {
  from: number;
  to: number;
  startSeconds: number;
  bits: number;
}

export interface Tree {
  pods: number;
  hostsPerPod: number;
  hostBitsPerSecond: number;
  uplinkBitsPerSecond: number;
}

export function capacitiesOf({ pods, hostsPerPod, hostBitsPerSecond, uplinkBitsPerSecond }: Tree): number[] {
  const host = Array<number>(2 * pods * hostsPerPod).fill(hostBitsPerSecond);
  return [...host, ...Array<number>(2 * pods).fill(uplinkBitsPerSecond)];
}

export function pathOf({ pods, hostsPerPod }: Tree, { from, to }: TreeFlow): number[] {
  const hosts = pods * hostsPerPod;
  const [a, b] = [Math.floor(from / hostsPerPod), Math.floor(to / hostsPerPod)];
  return a === b ? [from, hosts + to] : [from, 2 * hosts + a, 2 * hosts + pods + b, hosts + to];
}

/** Exact ends, in the order of the flows, which start in that order. `look` sees the network and who is active after each event. */
export function endsOf(
  tree: Tree,
  flows: readonly TreeFlow[],
  {
    tuning,
    look,
  }: { tuning?: Tuning; look?: (network: SharedNetwork, active: ReadonlyMap<number, number>) => void } = {},
): number[] {
  const network = new SharedNetwork(capacitiesOf(tree), tuning);
  const ends = flows.map(() => Infinity);
  const active = new Map<number, number>();
  for (let next = 0; next < flows.length || active.size > 0;) {
    const start = flows[next]?.startSeconds ?? Infinity;
    const end = network.nextEndSeconds;
    if (end <= start)
      for (const ended of network.advance(end)) {
        ends[active.get(ended.id)!] = ended.endSeconds;
        active.delete(ended.id);
      }
    else
      for (; flows[next]?.startSeconds === start; next++)
        active.set(network.start(start, { links: pathOf(tree, flows[next]!), bits: flows[next]!.bits }), next);
    look?.(network, active);
  }
  return ends;
}
