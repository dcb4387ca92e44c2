/** A zone's links: how many, how they are numbered, what each carries. */
import { describe, expect, it } from 'vitest';
import { ZoneTopology } from '../../../models/network/topology.js';
import { oversubscription } from '../../../models/network/oversubscription.js';
import { hostBitsPerSecond, type Fabric } from '../../../models/network/zone-plan.js';
import { east, GBPS, host, plan, west } from './plans.js';

/** "name: from > to, capacity/member in Gbps" of all links. */
function drawn(topology: ZoneTopology): string[] {
  return Array.from({ length: topology.linkCount }, (_, at) => topology.link(at)).map(
    ({ name, from, to, capacityBitsPerSecond, memberBitsPerSecond }) =>
      `${name}: ${from} > ${to}, ${capacityBitsPerSecond / GBPS}/${memberBitsPerSecond / GBPS}`,
  );
}

describe('links', () => {
  it('are what is drawn, two a cable, from 0 on', () => {
    const hosts = [host('h1', 0, 0), { ...host('h2', 0, 1), bond: 'active-backup' as const, ports: 4 }, host('h3', 1)];
    const topology = new ZoneTopology(
      east({ hosts, vpns: [{ to: 'west', bitsPerSecond: 3 * GBPS, latencySeconds: 0 }] }),
    );
    expect(drawn(topology)).toEqual([
      // Two ports together, a flow on one of them.
      'h1 up: h1 > e1/r01, 20/10',
      'h1 down: e1/r01 > h1, 20/10',
      // Four ports of which one is used.
      'h2 up: h2 > e1/r02, 10/10',
      'h2 down: e1/r02 > h2, 10/10',
      'h3 up: h3 > e2, 20/10',
      'h3 down: e2 > h3, 20/10',
      'e1/r01 up: e1/r01 > e1, 15/15',
      'e1/r01 down: e1 > e1/r01, 15/15',
      'e1/r02 up: e1/r02 > e1, 15/15',
      'e1/r02 down: e1 > e1/r02, 15/15',
      'e1 up: e1 > east, 20/20',
      'e1 down: east > e1, 20/20',
      'e2 up: e2 > east, 20/20',
      'e2 down: east > e2, 20/20',
      's1 up: s1 > e1, 40/40',
      's1 down: e1 > s1, 40/40',
      's2 up: s2 > e2, 40/40',
      's2 down: e2 > s2, 40/40',
      'east template store up: east template store > east, 8/8',
      'east template store down: east > east template store, 8/8',
      'east management servers up: east management servers > east, 2/2',
      'east management servers down: east > east management servers, 2/2',
      'east public up: east firewall > public network, 5/5',
      'east public down: public network > east firewall, 5/5',
      // The way back is a link of the other zone.
      'east vpn west up: east firewall > west firewall, 3/3',
    ]);
  });

  it('of a separate class are beside the others: a port and an uplink of their own, servers and store on it', () => {
    const topology = new ZoneTopology(west({ separate: ['storage'] }));
    expect(drawn(topology)).toEqual([
      'h6 up: h6 > w1, 20/10',
      'h6 down: w1 > h6, 20/10',
      'w1 up: w1 > west, 20/20',
      'w1 down: west > w1, 20/20',
      // One further port, not the bond of the others.
      'h6 storage up: h6 > w1 storage, 10/10',
      'h6 storage down: w1 storage > h6, 10/10',
      'w1 storage up: w1 storage > west storage, 20/20',
      'w1 storage down: west storage > w1 storage, 20/20',
      's3 up: s3 > w1 storage, 40/40',
      's3 down: w1 storage > s3, 40/40',
      'west template store up: west template store > west storage, 8/8',
      'west template store down: west storage > west template store, 8/8',
      'west management servers up: west management servers > west, 2/2',
      'west management servers down: west > west management servers, 2/2',
      'west public up: west firewall > public network, 4/4',
      'west public down: public network > west firewall, 4/4',
    ]);
  });

  it('number as many as the equation says: 2 F (H + R + P) + 2 (S + 3) + V', () => {
    const vpns = ['west', 'north'].map((to) => ({ to, bitsPerSecond: GBPS, latencySeconds: 0 }));
    const topology = new ZoneTopology(east({ separate: ['public', 'management', 'storage'], vpns }));
    expect(topology.linkCount).toBe(2 * 4 * (5 + 2 + 2) + 2 * (2 + 3) + 2);
  });

  it.each([[[]], [['storage'] as const], [['management', 'public', 'storage'] as const]])(
    'are found by what they lead to, each by one accessor only: separate %j',
    (separate) => {
      const topology = new ZoneTopology(
        east({ separate, vpns: [{ to: 'west', bitsPerSecond: GBPS, latencySeconds: 0.002 }] }),
      );
      const fabrics: Fabric[] = ['data', ...separate];
      const found = fabrics.flatMap((fabric) => [
        ...[0, 1, 2, 3, 4].flatMap((at) => [topology.hostUp(fabric, at), topology.hostDown(fabric, at)]),
        ...[0, 1].flatMap((at) => [topology.rackUp(fabric, at), topology.rackDown(fabric, at)]),
        ...[0, 1].flatMap((at) => [topology.podUp(fabric, at), topology.podDown(fabric, at)]),
      ]);
      found.push(...[0, 1].flatMap((at) => [topology.storageUp(at), topology.storageDown(at)]));
      found.push(topology.templateStoreUp(), topology.templateStoreDown());
      found.push(topology.managementUp(), topology.managementDown(), topology.publicUp(), topology.publicDown());
      found.push(topology.vpnUp('west'));
      expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: topology.linkCount }, (_, at) => at));
      const name = (link: number): string => topology.link(link).name;
      const on = (fabric: Fabric): string => (fabrics.includes(fabric) && fabric !== 'data' ? ` ${fabric}` : '');
      for (const fabric of ['data', 'management', 'storage', 'public'] as const) {
        expect(name(topology.hostDown(fabric, 3))).toBe(`h4${on(fabric)} down`);
        expect(name(topology.rackUp(fabric, 1))).toBe(`e1/r02${on(fabric)} up`);
        expect(name(topology.podDown(fabric, 1))).toBe(`e2${on(fabric)} down`);
      }
      expect(name(topology.storageDown(1))).toBe('s2 down');
      expect(name(topology.managementDown())).toBe('east management servers down');
      expect(topology.vpnLatencySeconds('west')).toBe(0.002);
      expect(topology.vpnUp('north'), 'no tunnel').toBe(-1);
    },
  );

  it('of each traffic class are on one fabric; a migration goes where guests do', () => {
    const all = new ZoneTopology(east({ separate: ['public', 'management', 'storage'] }));
    const none = new ZoneTopology(east());
    const classes = ['guest', 'public', 'storage', 'management', 'migration'] as const;
    expect(classes.map((one) => all.fabricOf(one))).toEqual(['data', 'public', 'storage', 'management', 'data']);
    expect(new Set(classes.map((one) => none.fabricOf(one)))).toEqual(new Set(['data']));
  });

  it('racks are numbered through the zone', () => {
    const pods = [
      { name: 'p1', racks: [{ name: 'p1/r01', uplinkBitsPerSecond: GBPS }] },
      { name: 'p2', racks: [] },
      { name: 'p3', racks: ['a', 'b'].map((name) => ({ name, uplinkBitsPerSecond: GBPS })) },
    ];
    const hosts = [host('h1', 0, 0), host('h2', 1), host('h3', 2, 1), host('h4', 2, 0)];
    expect([...new ZoneTopology(plan('z', { pods, hosts })).rackOf]).toEqual([0, -1, 2, 1]);
  });
});

it('what is not there is a programming error', () => {
  const topology = new ZoneTopology(east());
  const wrong = [
    () => topology.hostUp('data', 5),
    () => topology.hostDown('data', -1),
    () => topology.rackUp('data', 2),
    () => topology.podDown('data', 2),
    () => topology.storageUp(2),
    () => topology.link(topology.linkCount),
    () => topology.vpnLatencySeconds('west'),
    () => new ZoneTopology(east({ podUplinkBitsPerSecond: 0 })),
    () => new ZoneTopology(east({ hosts: [host('h1', 0)] })),
    () => new ZoneTopology(east({ hosts: [host('h1', 1, 0)] })),
    () => new ZoneTopology(east({ hosts: [host('h1', 7)] })),
    () => oversubscription(east(), 2),
    () => oversubscription(east(), 1, 0),
  ];
  for (const call of wrong) expect(call).toThrow();
});

describe('oversubscription', () => {
  it('of a pod and of a rack: what hosts can send over what the uplink takes', () => {
    const racked = east();
    // Three hosts of 20 Gbps each behind 20 Gbps; two of them behind a rack's 15.
    expect(oversubscription(racked, 0)).toBe(3);
    expect(oversubscription(racked, 0, 0)).toBeCloseTo(40 / 15, 12);
    expect(oversubscription(racked, 0, 1)).toBeCloseTo(20 / 15, 12);
    expect(oversubscription(racked, 1)).toBe(2);
  });

  it('counts one port of an active-backup bond', () => {
    const backup = { ...host('h', 1), bond: 'active-backup' as const, ports: 8 };
    expect(hostBitsPerSecond(backup)).toBe(10 * GBPS);
    expect(oversubscription(east({ hosts: [backup, backup] }), 1)).toBe(1);
  });

  it('of 16 hosts with 2 x 10 Gbps behind 20 Gbps, as a pod is by default: 16', () => {
    const hosts = Array.from({ length: 16 }, (_, at) => host(`h${at}`, 0));
    expect(oversubscription(plan('z', { pods: [{ name: 'p', racks: [] }], hosts }), 0)).toBe(16);
  });
});
