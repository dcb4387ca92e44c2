/** Small pods for the frame-level mode, and how they are run. */
import type { FramePodSpec, StationSpec } from '../../../sim/datacenter/frames/frame-spec.js';
import { FramePod } from '../../../sim/datacenter/frames/frame-pod.js';
import type { FrameCounts } from '../../../sim/datacenter/frames/frame-counts.js';
import { Lane } from '../../../sim/engine/lane.js';
import { Streams } from '../../../sim/engine/streams.js';
import { BATCHES } from '../../batch-means.js';

export const SECOND = 1_000_000;

/** Says nothing and knows nobody. */
const SILENT: Omit<StationSpec, 'name'> = {
  ...{ host: 0, vlan: 0, neighbours: { kind: 'linux', entries: 1024 }, peers: [], peerContactsPerSecond: 0 },
  ...{ discoveryFramesPerSecond: 0, newPeersPerSecond: 0, deadPeersPerSecond: 0 },
};

export function station(name: string, spec: Partial<StationSpec>): StationSpec {
  return { ...SILENT, ...spec, name };
}

/** `count` stations of one VLAN, from number `from` on, dealt to the hosts in turn; each speaks to the next `peers`. */
export function ring(
  { from, count, hosts, peers }: { from: number; count: number; hosts: readonly number[]; peers: number },
  spec: Partial<StationSpec>,
): StationSpec[] {
  return Array.from({ length: count }, (_, at) =>
    station(`vlan${spec.vlan ?? 0}/vm${at}`, {
      ...spec,
      host: hosts[at % hosts.length]!,
      peers: Array.from({ length: peers }, (_, offset) => from + ((at + 1 + offset) % count)),
    }),
  );
}

export interface Run {
  lane: Lane;
  pod: FramePod;
  counts: FrameCounts;
  seconds(until: number): void;
}

export function start(spec: Pick<FramePodSpec, 'hosts' | 'stations'> & Partial<FramePodSpec>, seed = 1): Run {
  const lane = new Lane('pod');
  const vlans = 1 + Math.max(...spec.stations.map(({ vlan }) => vlan));
  const common = { trunks: 'pruned', macAgeingSeconds: 300, macTable: 100_000 } as const;
  const pod = new FramePod(lane, new Streams(seed), { ...common, vlans, ...spec });
  return { lane, pod, counts: pod.counts, seconds: (until) => lane.runUntil(until * SECOND) };
}

/** After the warm-up, how much each figure grew in each batch, divided by its seconds. */
export function ratesByBatch<Name extends string>(
  run: Run,
  { warmUp, batch }: { warmUp: number; batch: number },
  figures: Readonly<Record<Name, () => number>>,
): Record<Name, number[]> {
  run.seconds(warmUp);
  const names = Object.keys(figures) as Name[];
  const before = new Map(names.map((name) => [name, figures[name]()]));
  const rates = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (let done = 1; done <= BATCHES; done++) {
    run.seconds(warmUp + done * batch);
    for (const name of names) {
      const now = figures[name]();
      rates[name].push((now - before.get(name)!) / batch);
      before.set(name, now);
    }
  }
  return rates;
}
