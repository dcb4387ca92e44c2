/**
 * Through the real plane: what is on every link is what listing all pairs of running VMs along the paths of the topology gives.
 * Patterns are uniform with north-south, so that the plant's truth alone says who talks to whom.
 */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { Simulation } from '../../sim/run/simulation.js';
import type { ZoneWorld } from '../../sim/run/zone-world.js';
import { networkPaths } from '../../sim/run/zone-plan.js';
import type { Endpoint, NetworkPaths, Path } from '../../models/network/path.js';
import type { Recorder, RunDetails } from '../../sim/store/types.js';
import { Streams } from '../../sim/engine/streams.js';

/** Bits per second: of a pair both ways together; to and from the public network. */
const MESH = 6e6;
const OUT = 2e6;
const IN = 5e6;

function scenario(seed: number): string {
  const stream = new Streams(seed).stream('test/random-traffic');
  const one = <Of>(...of: Of[]): Of => of[Math.floor(stream.next() * of.length)]!;
  const racks = one('', '', ', racks: {count: 2}');
  return `
podtwin: 1
name: random-traffic
seed: ${seed}
duration: 4h
zones:
  - name: z1
    network: {separate: ${one('[]', '[public]', '[storage, public]')}, vlanScope: ${one('zone', 'zone', 'pod')}, vlans: [600-650]}
    pods: [{name: p, count: ${one(1, 2, 3)}, hosts: [{name: h, count: ${one(2, 3, 5)}}]${racks}}]
offerings: {small: {cpu: ${one(2, 6)} cores, memory: 4 GiB}}
policies: {placement: ${one('random', 'first-fit', 'user-dispersing')}}
workload:
  accounts: {initial: ${one(2, 5)}, vms: {exponential: {mean: ${one(2, 5)}}}, offerings: {small: 1}}
  vms: {lifetime: {exponential: {mean: 40 min}}, arrivals: {poisson: 1 per h}}
  traffic: {pattern: uniform, rates: {mesh: 6 Mbps, north-south: {there: 2 Mbps, back: 5 Mbps}}}
`;
}

/** Of every link, by listing pairs. */
function listed({ plant }: ZoneWorld, paths: NetworkPaths): number[] {
  const loads = new Array<number>(paths.zones[0]!.linkCount).fill(0);
  const put = ({ links }: Path, bitsPerSecond: number): void => {
    for (const { link } of links) loads[link]! += bitsPerSecond;
  };
  const at = (host: number): Endpoint => ({ kind: 'host', zone: 0, host });
  const running = [...plant.allDomains()].filter(({ state }) => state === 'running');
  for (const a of running)
    for (const b of running) {
      if (a === b || a.networks[0] !== b.networks[0]) continue;
      const way = paths.between(at(a.host), at(b.host), 'guest');
      if (a.role === 'user' && b.role === 'user') put(way, MESH / 2);
      if (a.role === 'user' && b.role === 'router') {
        put(way, OUT);
        put(paths.between(at(b.host), { kind: 'public' }, 'public'), OUT);
      }
      if (a.role === 'router' && b.role === 'user') {
        put(way, IN);
        put(paths.between({ kind: 'public' }, at(a.host), 'public'), IN);
      }
    }
  return loads;
}

describe('loads of links in random zones', () => {
  it('are what listing all pairs along their paths gives, whoever came and went', () => {
    let most = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const loaded = loadScenario('t.yaml', { readFile: () => scenario(seed) });
      const simulation = new Simulation(loaded);
      const zone = simulation.zones[0]!;
      const paths = networkPaths(loaded);
      const guest = new Float64Array(paths.zones[0]!.linkCount);
      const storage = new Float64Array(guest.length);
      for (let minutes = 5; minutes <= 240; minutes += 47) {
        simulation.advance(minutes * 60e6);
        zone.network.loads(guest, storage);
        const due = listed(zone, paths);
        due.forEach((load, link) => {
          const { name } = paths.zones[0]!.link(link);
          expect(guest[link], `seed ${seed}, ${minutes} min, ${name}`).toBeCloseTo(load, 2);
          if (name.startsWith('z1/p0') && !name.includes('/h')) most = Math.max(most, load);
        });
      }
    }
    // Some of it crossed pods: else little would be held.
    expect(most).toBeGreaterThan(50e6);
  });

  it('come to a summary that is the same unrecorded, and to tables that add up to it', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const loaded = loadScenario('t.yaml', { readFile: () => scenario(seed) });
      let details: RunDetails | undefined;
      const recorder: Recorder = { begin() {}, transaction() {}, sample() {}, finish: (_, told) => (details = told) };
      const { machine: _one, ...recorded } = await simulate(loaded, { recorder });
      const { machine: _other, ...plain } = await simulate(loaded);
      expect(recorded).toEqual(plain);
      const { customers, links } = details!.network!;
      const { crossPod, samePod, sameHost, public: outside } = recorded.traffic!;
      const mean = (of: (row: (typeof customers)[number]) => number): number =>
        customers.reduce((sum, row) => sum + of(row), 0) / recorded.simulatedSeconds;
      expect(mean((row) => row.crossPod)).toBeCloseTo(crossPod!, 1);
      expect(mean((row) => row.samePod)).toBeCloseTo(samePod!, 1);
      expect(mean((row) => row.sameHost)).toBeCloseTo(sameHost!, 1);
      expect(mean((row) => row.toPublic + row.fromPublic)).toBeCloseTo(outside!, 1);
      for (const link of links) {
        expect(link.mean, link.link).toBeLessThanOrEqual(link.peak * (1 + 1e-9));
        const classes = link.guest + link.storage + link.management + link.transfers;
        expect(classes / link.capacityBitsPerSecond, link.link).toBeCloseTo(link.mean, 9);
      }
    }
  });
});
