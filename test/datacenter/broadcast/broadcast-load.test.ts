/** What hosts receive, held against listing every sender for every host. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BroadcastLoad } from '../../../sim/datacenter/broadcast/broadcast-load.js';
import type { Received } from '../../../sim/datacenter/broadcast/received.js';
import type { Domain } from '../../../sim/datacenter/domain.js';
import { DEFAULT_BROADCAST, type BroadcastParameters } from '../../../models/broadcast/parameters.js';

/** Three pods of three, two and one host. */
const PODS = [0, 0, 0, 1, 1, 2];
const MACHINES = PODS.map((_, host) => ({ cores: 4 + host, uplinkBitsPerSecond: (1 + host) * 1e9 }));
const HOSTS = PODS.map((_, host) => host);

interface Member {
  readonly vm: number;
  readonly host: number;
  readonly role: 'user' | 'router';
  readonly networks: readonly number[];
}

function domainOf({ vm, host, role, networks }: Member): Domain {
  return {
    ...{ vm, host, role, networks, nodes: [0], cpuMillis: 1000, memoryBytes: 1, interfaces: [], state: 'running' },
    throttle: { networkBitsPerSecond: null, iops: null },
  };
}

/** Of a member with so many live peers. */
function sends(kind: 'vm' | 'appliance' | 'host', peers: number, p: BroadcastParameters): number {
  const own = {
    vm: p.vmDiscoveryFramesPerSecond,
    appliance: p.applianceDiscoveryFramesPerSecond,
    host: p.hostDiscoveryFramesPerSecond,
  };
  const fresh = { vm: p.vmNewPeersPerSecond, appliance: p.applianceNewPeersPerSecond, host: p.hostNewPeersPerSecond };
  if (peers === 0) return own[kind];
  const evicted = peers > p.neighbourTableEntries ? p.peerContactsPerSecond * (peers - p.neighbourTableEntries) : 0;
  return own[kind] + fresh[kind] + evicted + p.broadcastSolicits * p.deadPeersPerSecond;
}

interface World {
  readonly unpruned: boolean;
  readonly parameters: BroadcastParameters;
  readonly macTable: number;
}

/** Hosts of one layer-2 network, and members on them; `bits` comes to each guest network's VMs, half of it to silent ones. */
function listed(
  hosts: readonly number[],
  all: readonly Member[],
  bits: (network: number) => number,
  world: World,
): Received {
  const { unpruned, parameters: p, macTable } = world;
  const here = all.filter(({ host }) => hosts.includes(host));
  const networks = [...new Set(here.flatMap((one) => one.networks))];
  const macEntries = hosts.length + here.reduce((sum, one) => sum + one.networks.length, 0);
  const overflow = macEntries > macTable ? 1 - macTable / macEntries : 0;
  const unknownShare = p.gatewayArpSeconds > p.macAgeingSeconds ? 1 - p.macAgeingSeconds / p.gatewayArpSeconds : 0;
  const sums = { frames: 0, most: 0, flooded: 0, cpu: 0, link: 0 };
  for (const host of hosts) {
    let [frames, flooded, seconds, bytes] = [0, 0, 0, 0];
    const hear = (count: number, size: number, guests: number | null): void => {
      frames += count;
      bytes += count * (size + p.frameGapBytes);
      seconds += count * (guests === null ? p.dropSeconds : p.receiveSeconds + guests * p.vmReceiveSeconds);
    };
    const peersOfHost = Math.min(hosts.length - 1, p.activePeers);
    for (const other of hosts) if (other !== host) hear(sends('host', peersOfHost, p), p.frameBytes, 0);
    for (const network of networks) {
      const members = here.filter((one) => one.networks.includes(network));
      const own = members.filter((one) => one.host === host).length;
      if (own === 0 && !unpruned) continue;
      const guests = own > 0 ? own : null;
      for (const one of members)
        if (one.host !== host)
          hear(sends(one.role === 'router' ? 'appliance' : 'vm', members.length - 1, p), p.frameBytes, guests);
      const unicast = bits(network) / 8 / p.unicastFrameBytes;
      const unknown = (unicast / 2) * unknownShare;
      const count = (unknown + overflow * (unicast - unknown)) * (1 - own / members.length);
      flooded += count;
      hear(count, p.unicastFrameBytes, guests);
    }
    sums.frames += frames;
    sums.most = Math.max(sums.most, frames);
    sums.flooded += flooded;
    sums.cpu += seconds / MACHINES[host]!.cores;
    sums.link += (bytes * 8) / MACHINES[host]!.uplinkBitsPerSecond;
  }
  return {
    framesPerSecond: sums.frames / hosts.length,
    maxFramesPerSecond: sums.most,
    floodedFramesPerSecond: sums.flooded / hosts.length,
    cpuShare: sums.cpu / hosts.length,
    linkShare: sums.link / hosts.length,
    macEntries,
  };
}

function expectSame(found: Received, due: Received, what: string): void {
  for (const key of ['framesPerSecond', 'maxFramesPerSecond', 'floodedFramesPerSecond', 'macEntries'] as const)
    expect(found[key], `${what}: ${key}`).toBeCloseTo(due[key], 9);
  for (const key of ['cpuShare', 'linkShare'] as const) expect(found[key], `${what}: ${key}`).toBeCloseTo(due[key], 14);
}

const come = fc.record({
  kind: fc.constant('come' as const),
  host: fc.nat(PODS.length - 1),
  role: fc.constantFrom('user' as const, 'user' as const, 'user' as const, 'router' as const),
  networks: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: come },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('go' as const), which: fc.nat(99) }) },
);
const world = fc.record({
  unpruned: fc.boolean(),
  tables: fc.constantFrom([100, 100, 100], [4, 5, 2], [6, 100, 3]),
  gatewayArpSeconds: fc.constantFrom(30, 1200),
  neighbourTableEntries: fc.constantFrom(2, 1024),
  deadPeersPerSecond: fc.constantFrom(0, 0.25),
  activePeers: fc.constantFrom(1, 4),
  traffic: fc.boolean(),
  steps: fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }),
});

test('hosts receive what listing every sender gives, in their pods and as one flat network, at every change', () => {
  const seen = { flooded: 0, samples: 0 };
  fc.assert(
    fc.property(world, ({ unpruned, tables, traffic, steps, ...changed }) => {
      const parameters: BroadcastParameters = { ...DEFAULT_BROADCAST, ...changed };
      const members = new Map<number, Member>();
      // So much comes to each member of the guest network from others, wherever they are.
      const bits = (network: number, hosts: readonly number[]): number =>
        traffic
          ? [...members.values()].filter((one) => one.networks.includes(network) && hosts.includes(one.host)).length *
            1e6
          : 0;
      const podOf = (pod: number | null): number[] => HOSTS.filter((host) => pod === null || PODS[host] === pod);
      const load = new BroadcastLoad({
        ...{ pods: PODS, machines: MACHINES, macTables: tables, parameters },
        trunks: unpruned ? 'unpruned' : 'pruned',
        ...(traffic
          ? {
              delivered: (network: number, pod: number | null) => {
                const bitsPerSecond = bits(network, podOf(pod));
                return { bitsPerSecond, toSilentBitsPerSecond: bitsPerSecond / 2 };
              },
            }
          : {}),
      });
      const events = { pods: [0, 0, 0], flat: 0 };
      /** Heard on every other host that the guest network is carried to. */
      const tell = (from: number, network: number, frames: number): void => {
        for (const host of HOSTS) {
          const isMember = [...members.values()].some((one) => one.host === host && one.networks.includes(network));
          if (host === from || !(unpruned || isMember)) continue;
          if (PODS[host] === PODS[from]) events.pods[PODS[from]!]! += frames;
          events.flat += frames;
        }
      };
      let next = 0;
      for (const one of steps) {
        if (one.kind === 'come') {
          const member = { ...one, vm: next++ };
          members.set(member.vm, member);
          load.vmRunning(domainOf(member));
          for (const network of member.networks)
            tell(member.host, network, parameters.bootArpFrames + parameters.bootDhcpFrames);
        } else if (members.size > 0) {
          const gone = [...members.values()][one.which % members.size]!;
          members.delete(gone.vm);
          load.vmGone(domainOf(gone));
          for (const network of gone.networks) {
            const left = [...members.values()].filter(
              (other) => other.networks.includes(network) && PODS[other.host] === PODS[gone.host],
            ).length;
            const peers = Math.min(left, parameters.activePeers);
            tell(gone.host, network, peers * parameters.broadcastSolicits);
          }
        }
        const all = [...members.values()];
        load.sample().forEach((found, pod) => {
          const hosts = podOf(pod);
          const due = listed(hosts, all, (network) => bits(network, hosts), {
            unpruned,
            parameters,
            macTable: tables[pod]!,
          });
          expectSame(found, due, `pod ${pod}`);
          if (due.floodedFramesPerSecond > 0) seen.flooded++;
          seen.samples++;
        });
        const macTable = Math.max(...tables);
        expectSame(
          load.sampleFlat(),
          listed(HOSTS, all, (network) => bits(network, HOSTS), { unpruned, parameters, macTable }),
          'flat',
        );
        expect([...load.eventFrames]).toEqual(events.pods);
        expect(load.flatEventFrames).toBe(events.flat);
      }
    }),
    { seed: 5, numRuns: 200 },
  );
  expect(seen.flooded).toBeGreaterThan(1000);
  expect(seen.samples).toBeGreaterThan(5000);
});
