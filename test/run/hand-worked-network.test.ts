/**
 * The network of a zone of three hosts, worked out by hand: every link, every host's broadcasts, every switch. Where a
 * figure of the program differs from one here, one of the two is wrong, and the arithmetic is here to tell which.
 *
 *   pod p1:  h1, 20 Gbit/s     web-1 and the routing appliance R      storage server s, 150 operations a second
 *            h2, 20 Gbit/s     db-1
 *   pod p2:  h3, 20 Gbit/s     web-2                                  storage server s, 1000 operations a second
 *
 * From each to each, in Mbit/s: web to db 8, db to web 24; between two web 3 each way (6 of both together, each sends
 * half); web to R 1, R to web 2; a web sends 5 to the public network and gets 40 from there, a db 0.5 and 0.25: these
 * pass R, so that each of them is once between the VM and R and once between R and the public network.
 */
import { describe, expect, test } from 'vitest';
import type { PlacementPolicy } from '../../sim/control/policy.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import type { ZoneWorld } from '../../sim/run/zone-world.js';

const MINUTE = 60_000_000;

const SCENARIO = `
podtwin: 1
name: by-hand
duration: 1h
hostTypes: { box: { cpu: 8 cores, memory: 16 GiB, nic: 10 Gbps, nics: 2 } }
storageTypes: { slow: { capacity: 1 TiB, iops: 150, nic: 20 Gbps }, filer: { capacity: 1 TiB, iops: 1000, nic: 20 Gbps } }
zones:
  - name: z1
    network: { zoneSwitch: { podUplink: 40 Gbps } }
    pods:
      - { name: p1, hosts: [{ name: h1, type: box }, { name: h2, type: box }], storage: [{ name: s, type: slow }] }
      - { name: p2, hosts: [{ name: h3, type: box }], storage: [{ name: s, type: filer }] }
offerings: { small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB } }
accounts:
  - name: acme
    diskUse: { iops: 100, size: 10000 B, reads: 75 % }
    traffic:
      pattern: tiers
      tiers: { web: 2, db: 1 }
      rates:
        web-db: { there: 8 Mbps, back: 24 Mbps }
        web-web: { there: 2 Mbps, back: 4 Mbps }
        web-router: { there: 1 Mbps, back: 2 Mbps }
        web-public: { there: 5 Mbps, back: 40 Mbps }
        db-public: { there: 0.5 Mbps, back: 0.25 Mbps }
broadcast:
  { vmDiscoveryFramesPerSecond: 1, vmNewPeersPerSecond: 2, applianceDiscoveryFramesPerSecond: 0, applianceNewPeersPerSecond: 5,
    hostDiscoveryFramesPerSecond: 10, hostNewPeersPerSecond: 20, deadPeersPerSecond: 0, neighbourTableEntries: 100,
    bootArpFrames: 3, bootDhcpFrames: 4, activePeers: 4, broadcastSolicits: 3,
    receiveSeconds: 0.001, vmReceiveSeconds: 0.01, frameBytes: 80, frameGapBytes: 20 }
events:
  - { at: 1 min, start: { account: acme, offering: small, name: web-1, tier: web } }
  - { at: 5 min, start: { account: acme, offering: small, name: db-1, tier: db } }
  - { at: 10 min, start: { account: acme, offering: small, name: web-2, tier: web } }
  - { at: 30 min, stop: { account: acme, vm: db-1 } }
`;

const [H1, H2, H3] = [0, 1, 2];

/** In the order in which they are placed: R, which web-1 waits for, web-1, db-1, web-2. */
function scripted(): PlacementPolicy {
  const hosts = [H1, H1, H2, H3];
  return { name: 'scripted', describe: 'As the hand says.', place: () => ({ host: hosts.shift()! }) };
}

function zoneAt(minutes: number): ZoneWorld {
  const scenario = loadScenario('by-hand.yaml', { readFile: () => SCENARIO });
  const simulation = new Simulation(scenario, { placement: scripted() });
  simulation.advance(minutes * MINUTE);
  return simulation.zones[0]!;
}

/** Mbit/s by the names of all links that carry anything. */
function loadsOf({ network }: ZoneWorld): { guest: Record<string, number>; storage: Record<string, number> } {
  const { topology } = network.links;
  const guest = new Float64Array(topology.linkCount);
  const storage = new Float64Array(topology.linkCount);
  network.loads(guest, storage);
  const named = (loads: Float64Array): Record<string, number> =>
    Object.fromEntries(
      [...loads].flatMap((load, link) => (load === 0 ? [] : [[topology.link(link).name, load / 1e6]])),
    );
  return { guest: named(guest), storage: named(storage) };
}

/** VLANs and virtual ports that p1's, p2's and the zone's switch carry. */
function switchesOf({ plant }: ZoneWorld): [vlans: number, virtualPorts: number][] {
  const { trunks } = plant.bridges;
  return [0, 1, null].map((pod) => [trunks.switchVlans(pod), trunks.virtualPorts(pod)]);
}

describe('with all VMs running', () => {
  const zone = zoneAt(20);
  const { guest, storage } = loadsOf(zone);

  test('each link carries what passes it, exactly, and no other link anything', () => {
    expect(guest).toEqual({
      // web-1 to db-1 8, to web-2 3. R: to web-2 2 + 40, to db-1 0.25; to the public network 5 + 5 + 0.5.
      'z1/p1/h1 up': 8 + 3 + 42 + 0.25 + 10.5,
      // From db-1 24 and web-2 3 to web-1. To R: from web-2 1 + 5, from db-1 0.5; from the public network 40 + 40 + 0.25.
      'z1/p1/h1 down': 24 + 3 + 6 + 0.5 + 80.25,
      // db-1 to each web 24, to R 0.5.
      'z1/p1/h2 up': 24 + 24 + 0.5,
      // To db-1 from each web 8, from R 0.25.
      'z1/p1/h2 down': 8 + 8 + 0.25,
      // web-2 to db-1 8, to web-1 3, to R 1 + 5.
      'z1/p2/h3 up': 8 + 3 + 6,
      'z1/p2/h3 down': 24 + 3 + 42,
      // What goes to web-2: 24 + 3 + 42; and out.
      'z1/p1 up': 24 + 3 + 42 + 10.5,
      // What comes of web-2: 8 + 3 + 6; and in.
      'z1/p1 down': 8 + 3 + 6 + 80.25,
      'z1/p2 up': 8 + 3 + 6,
      'z1/p2 down': 24 + 3 + 42,
      'z1 public up': 5 + 5 + 0.5,
      'z1 public down': 40 + 40 + 0.25,
    });
  });

  test('each disk moves what its server does for it: reads to the host, writes to the server', () => {
    // 100 operations of 80,000 bits are 8 Mbit/s, 6 of them read. p1's server is asked for 200 and does 150: 75 for each.
    expect(storage).toEqual({
      'z1/p1/s up': 4.5 + 4.5,
      'z1/p1/s down': 1.5 + 1.5,
      'z1/p1/h1 down': 4.5,
      'z1/p1/h1 up': 1.5,
      'z1/p1/h2 down': 4.5,
      'z1/p1/h2 up': 1.5,
      'z1/p2/s up': 6,
      'z1/p2/s down': 2,
      'z1/p2/h3 down': 6,
      'z1/p2/h3 up': 2,
    });
    expect(zone.network.storage!.sample()).toEqual({ demand: 300, served: 250, vmsShort: 2 });
  });

  test('what is exchanged is sorted by how far it goes', () => {
    const { sameHost, sameRack, samePod, crossPod, toPublic, fromPublic } = zone.network.guest!.totals.at(20 * MINUTE);
    // web-1 and R: 1 + 5 there, 2 + 40 back.
    expect(sameHost).toBe(48e6);
    // web-1 and db-1 8 + 24, db-1 and R 0.5 + 0.25: a pod without racks counts as one rack.
    expect(sameRack).toBe(32.75e6);
    expect(samePod).toBe(0);
    // web-2 with db-1 32, with web-1 6, with R 6 + 42.
    expect(crossPod).toBe(86e6);
    expect([toPublic, fromPublic]).toEqual([10.5e6, 80.25e6]);
  });

  test('each host receives what others broadcast in its domain', () => {
    const [p1, p2] = zone.network.broadcast.sample();
    // The other host of p1 sends 10 + 20. web-1 and db-1 send 1 + 2 each, R sends 5.
    const h1 = 30 + 3;
    const h2 = 30 + 3 + 5;
    expect(p1!.maxFramesPerSecond).toBe(h2);
    expect(p1!.framesPerSecond).toBe((h1 + h2) / 2);
    // web-2 is alone in its pod, and so is its host.
    expect(p2).toMatchObject({ framesPerSecond: 0, maxFramesPerSecond: 0 });
    // Of a host's 8 cores: 0.001 s a frame, and 0.01 s for each VM on it that gets it; on h1 two do.
    const cpuA = (30 * 0.001 + 3 * (0.001 + 2 * 0.01)) / 8;
    const cpuB = (30 * 0.001 + 8 * (0.001 + 0.01)) / 8;
    expect(p1!.cpuShare).toBeCloseTo((cpuA + cpuB) / 2, 15);
    // A frame is 100 bytes on the wire.
    expect(p1!.linkShare).toBeCloseTo((((h1 + h2) / 2) * 800) / 20e9, 18);
  });

  test('and as one flat network each would receive what all send', () => {
    const flat = zone.network.broadcast.sampleFlat();
    // Two other hosts send 30 each. Three VMs send 3 each, R 5: 14, less what is sent from the host itself.
    const [h1, h2, h3] = [60 + 14 - 3 - 5, 60 + 14 - 3, 60 + 14 - 3];
    expect(flat.maxFramesPerSecond).toBe(h2);
    expect(flat.framesPerSecond).toBeCloseTo((h1 + h2 + h3) / 3, 12);
  });

  test('boots are heard by those who are there already', () => {
    const { eventFrames, flatEventFrames } = zone.network.broadcast;
    // 7 frames of db-1, heard on h1; R and web-1 are heard by nobody else, web-2 by nobody in its pod.
    expect([...eventFrames]).toEqual([7, 0]);
    // In one flat network web-2 is heard on h1 and h2.
    expect(flatEventFrames).toBe(7 + 14);
  });

  test('switches carry the VLAN where somebody is in it, and know every machine', () => {
    // p1: a bridge on h1, one on h2, the uplink. p2: one on h3, the uplink. Zone: a port a pod.
    expect(switchesOf(zone)).toEqual([
      [1, 3],
      [1, 2],
      [1, 2],
    ]);
    // Hosts, and virtual NICs in the guest network: 2 + 3, 1 + 1.
    expect(zone.network.broadcast.sample().map(({ macEntries }) => macEntries)).toEqual([5, 2]);
    expect(zone.network.broadcast.sampleFlat().macEntries).toBe(7);
  });
});

describe('with db-1 stopped', () => {
  const zone = zoneAt(40);
  const { guest, storage } = loadsOf(zone);

  test('each link carries what is left', () => {
    expect(guest).toEqual({
      'z1/p1/h1 up': 3 + 42 + 10,
      'z1/p1/h1 down': 3 + 6 + 80,
      'z1/p2/h3 up': 3 + 6,
      'z1/p2/h3 down': 3 + 42,
      'z1/p1 up': 3 + 42 + 10,
      'z1/p1 down': 3 + 6 + 80,
      'z1/p2 up': 3 + 6,
      'z1/p2 down': 3 + 42,
      'z1 public up': 10,
      'z1 public down': 80,
    });
    // The server of p1 has enough for one.
    expect(storage).toEqual({
      'z1/p1/s up': 6,
      'z1/p1/s down': 2,
      'z1/p1/h1 down': 6,
      'z1/p1/h1 up': 2,
      'z1/p2/s up': 6,
      'z1/p2/s down': 2,
      'z1/p2/h3 down': 6,
      'z1/p2/h3 up': 2,
    });
    expect(zone.network.storage!.sample()).toEqual({ demand: 200, served: 200, vmsShort: 0 });
  });

  test('hosts hear what is left of broadcasts', () => {
    const [p1, p2] = zone.network.broadcast.sample();
    // web-1 and R are both on h1, and the domain is carried to no other host.
    expect(p1).toMatchObject({ framesPerSecond: 30, maxFramesPerSecond: 30 });
    expect(p2).toMatchObject({ framesPerSecond: 0, maxFramesPerSecond: 0 });
    // Flat: web-1, web-2 and R, 3 + 3 + 5. h1 hears web-2, h3 hears web-1 and R, h2 nobody.
    const flat = zone.network.broadcast.sampleFlat();
    expect(flat.framesPerSecond).toBeCloseTo((60 + 3 + (60 + 8) + 60) / 3, 12);
    expect(flat.maxFramesPerSecond).toBe(68);
    // Two are left who may talk to db-1 in its pod, and ask for it 3 times each: heard on h1; flat, on h1 and h3.
    expect([...zone.network.broadcast.eventFrames]).toEqual([7 + 6, 0]);
    expect(zone.network.broadcast.flatEventFrames).toBe(7 + 14 + 12);
  });

  test('switches carry what is left', () => {
    expect(switchesOf(zone)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(zone.network.broadcast.sample().map(({ macEntries }) => macEntries)).toEqual([4, 2]);
  });
});
