/** From a scenario file to paths, and to what policies are told of them. */
import { describe, expect, it } from 'vitest';
import { ZoneTopology } from '../../models/network/topology.js';
import { oversubscription } from '../../models/network/oversubscription.js';
import type { PlacementPolicy } from '../../sim/control/policy.js';
import { firstFit } from '../../sim/control/scheduler/first-fit.js';
import { Simulation } from '../../sim/run/simulation.js';
import { zoneConfig } from '../../sim/run/zone-config.js';
import { networkPaths, zonePlan } from '../../sim/run/zone-plan.js';
import { load } from '../scenario/load.js';

const TEXT = `podtwin: 1
name: t
duration: 1h
dataCenters: {east: {latency: {west: 20 ms}}, west: {}}
hostTypes:
  wide: {cpu: 8 cores, memory: 64 GiB, nic: 25 Gbps, nics: 4, localDisk: 1 TiB}
  narrow: {cpu: 8 cores, memory: 64 GiB, bond: active-backup}
zones:
  - name: z1
    dataCenter: east
    network: {podLatency: 1 us, zoneSwitch: {latency: 4 us, podUplink: 40 Gbps}, separate: [storage]}
    pods:
      - {name: r, hosts: [{name: a, type: wide, count: 3}, {name: n, type: narrow}], racks: {count: 2, uplink: 100 Gbps}, storage: [{count: 2}]}
      - {name: p, hosts: [{name: c, type: wide}], storage: [{}]}
  - {name: z2, dataCenter: west, pods: [{name: q, hosts: [{type: narrow}]}]}
  - {name: z3, pods: [{name: q, hosts: [{type: narrow}]}]}
vpns: [{between: [z3, z1], bandwidth: 1 Gbps, latency: 3 ms}]
accounts: [{name: acme, vms: {small: 1}}]
offerings: {small: {cpu: 1 core, memory: 1 GiB}}
`;
const scenario = load(TEXT);
const [z1] = scenario.zones;

describe('zonePlan', () => {
  it('keeps hosts and storage servers at the places that they have in the plane', () => {
    const plan = zonePlan(z1!);
    const config = zoneConfig(scenario, z1!);
    expect(plan.hosts.map(({ name, pod }) => [name, pod])).toEqual(config.hosts.map(({ name, pod }) => [name, pod]));
    // After the pods' servers the plane has hosts' own disks, which need no network.
    expect(config.servers).toHaveLength(3 + 4);
    expect(plan.servers.map(({ name, pod }) => [name, pod])).toEqual(
      config.servers.slice(0, 3).map(({ name, pod }) => [name, pod]),
    );
    expect(plan.pods.map(({ name }) => name)).toEqual(config.pods.map(({ name }) => name));
  });

  it('gives links the speeds of the file', () => {
    const topology = new ZoneTopology(zonePlan(z1!, scenario.vpns));
    const speed = (link: number): [string, number] => {
      const { name, capacityBitsPerSecond, memberBitsPerSecond } = topology.link(link);
      return [`${name}, a flow ${memberBitsPerSecond / 1e9}`, capacityBitsPerSecond / 1e9];
    };
    expect([
      speed(topology.hostUp('data', 0)),
      speed(topology.hostUp('storage', 0)),
      speed(topology.hostUp('data', 3)),
      speed(topology.rackDown('data', topology.rackOf[3]!)),
      speed(topology.podUp('data', 1)),
      speed(topology.storageUp(2)),
      speed(topology.templateStoreUp()),
      speed(topology.managementUp()),
      speed(topology.publicUp()),
      speed(topology.vpnUp('z3')),
    ]).toEqual([
      ['z1/r/a01 up, a flow 25', 100],
      ['z1/r/a01 storage up, a flow 25', 25],
      ['z1/r/n up, a flow 10', 10],
      ['z1/r/r02 down, a flow 100', 100],
      ['z1/p up, a flow 40', 40],
      ['z1/p/s1 up, a flow 20', 20],
      ['z1 template store up, a flow 10', 10],
      ['z1 management servers up, a flow 10', 10],
      ['z1 public up, a flow 10', 10],
      ['z1 vpn z3 up, a flow 1', 1],
    ]);
    // Three hosts of 100 Gbps and one of 10 behind 40; a01 and a02 behind the first rack's 100.
    expect([oversubscription(topology.plan, 0), oversubscription(topology.plan, 0, 0)]).toEqual([7.75, 2]);
  });
});

it('paths between zones: by distance, or through the tunnel, which either of its zones may name first', () => {
  const paths = networkPaths(scenario);
  const host = (zone: number) => ({ kind: 'host', zone, host: 0 }) as const;
  const far = paths.between(host(1), host(0), 'guest');
  expect(far.switches).toEqual(['z2/q', 'z2', 'public network', 'z1', 'z1/r', 'z1/r/r01']);
  // 10 + 50 us in z2, 4 + 1 + 1 in z1.
  expect(far.latencySeconds).toBeCloseTo(0.02 + 66e-6, 12);
  for (const [from, to] of [
    [0, 2],
    [2, 0],
  ] as const) {
    const { links, latencySeconds } = paths.between(host(from), host(to), 'guest');
    expect(links.filter(({ zone, link }) => paths.zones[zone]!.link(link).kind === 'vpn')).toHaveLength(1);
    expect(latencySeconds).toBeCloseTo(0.003 + 66e-6, 12);
  }
});

it('policies are told how far hosts are from each other', () => {
  const told: number[][] = [];
  const asking: PlacementPolicy = {
    name: 'asking',
    describe: 'first fit that asks',
    place: (request, view) => {
      for (const host of [0, 1, 2, 3, 4]) told.push([view.switchesBetween(0, host), view.latencyBetween(0, host)]);
      return firstFit.place(request, view);
    },
  };
  new Simulation(scenario, { placement: asking }).advance(600_000_000);
  // Hosts a01 and a02 are in one rack, a03 and n in the other, c01 in the other pod.
  const micros = told.slice(0, 5).map(([switches, seconds]) => [switches, Math.round(seconds! * 1e9) / 1e3]);
  expect(micros).toEqual([
    [0, 0],
    [1, 1],
    [3, 3],
    [3, 3],
    [4, 7],
  ]);
});
