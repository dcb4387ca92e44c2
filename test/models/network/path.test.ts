/** Paths through networks drawn by hand (plans.ts): links, switches and latency, each written out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyBetween, switchesBetween } from '../../../models/network/host-distance.js';
import { NetworkPaths, type Endpoint, type Path } from '../../../models/network/path.js';
import { ZoneTopology } from '../../../models/network/topology.js';
import type { TrafficClass, ZonePlan } from '../../../models/network/zone-plan.js';
import { east, GBPS, host, north, plan, west } from './plans.js';

const [EAST, WEST, NORTH] = [0, 1, 2];
/** East and west are 20 ms apart, and north 5 ms from east. */
const DISTANCES = [
  { between: [EAST, WEST] as const, latencySeconds: 0.02 },
  { between: [NORTH, EAST] as const, latencySeconds: 0.005 },
];
const TUNNEL = { bitsPerSecond: 3 * GBPS, latencySeconds: 0.012 };

function network(change: Partial<ZonePlan> = {}, there: Partial<ZonePlan> = {}, tunnel = false): NetworkPaths {
  const plans = [
    east({ ...change, vpns: tunnel ? [{ ...TUNNEL, to: 'west' }] : [] }),
    west({ ...there, vpns: tunnel ? [{ ...TUNNEL, to: 'east' }] : [] }),
    north(),
  ];
  return new NetworkPaths(
    plans.map((one) => new ZoneTopology(one)),
    DISTANCES,
  );
}

/** h1 to h5 are east, h6 west, h7 north; servers s1, s2 east, s3 west. */
function end(name: string): Endpoint {
  const [zone, what] = name.includes(' ') ? name.split(/ (.*)/) : ['', name];
  const number = Number(name.slice(1));
  const zones = ['east', 'west', 'north'];
  if (name === 'public') return { kind: 'public' };
  if (what === 'store') return { kind: 'template-store', zone: zones.indexOf(zone!) };
  if (what === 'management') return { kind: 'management', zone: zones.indexOf(zone!) };
  if (name.startsWith('s'))
    return { kind: 'storage', zone: number > 2 ? WEST : EAST, server: number > 2 ? 0 : number - 1 };
  return { kind: 'host', zone: number > 6 ? NORTH : number > 5 ? WEST : EAST, host: number > 5 ? 0 : number - 1 };
}

function names(paths: NetworkPaths, { links }: Path): string[] {
  return links.map(({ zone, link }) => paths.zones[zone]!.link(link).name);
}

/** A path as it is drawn: links, switches, microseconds, Gbps of a flow. */
function drawn(paths: NetworkPaths, from: string, to: string, traffic: TrafficClass = 'guest') {
  const path = paths.between(end(from), end(to), traffic);
  return {
    links: names(paths, path).join(', '),
    switches: path.switches.join(', '),
    micros: Math.round(path.latencySeconds * 1e12) / 1e6,
    flow: path.memberBitsPerSecond / GBPS,
    ...(path.translations.length > 0 ? { translations: path.translations.join(', ') } : {}),
  };
}

describe('guest traffic between hosts', () => {
  const paths = network();

  it('of the same host takes no link', () => {
    expect(drawn(paths, 'h1', 'h1')).toEqual({ links: '', switches: '', micros: 0, flow: Infinity });
  });

  it('of a rack crosses its switch', () => {
    expect(drawn(paths, 'h1', 'h2')).toEqual({ links: 'h1 up, h2 down', switches: 'e1/r01', micros: 10, flow: 10 });
  });

  it('of two racks of a pod crosses both and the pod switch', () => {
    expect(drawn(paths, 'h1', 'h3')).toEqual({
      links: 'h1 up, e1/r01 up, e1/r02 down, h3 down',
      ...{ switches: 'e1/r01, e1, e1/r02', micros: 30, flow: 10 },
    });
  });

  it('of a pod without racks crosses the pod switch', () => {
    expect(drawn(paths, 'h4', 'h5')).toEqual({ links: 'h4 up, h5 down', switches: 'e2', micros: 10, flow: 10 });
  });

  it('of two pods crosses the zone switch, and one rack switch where one of them has racks', () => {
    expect(drawn(paths, 'h3', 'h4')).toEqual({
      links: 'h3 up, e1/r02 up, e1 up, e2 down, h4 down',
      // Three switches of 10 us and the zone switch of 50.
      ...{ switches: 'e1/r02, e1, east, e2', micros: 80, flow: 10 },
    });
  });

  it('of two plain pods crosses three switches, of two pods with racks five', () => {
    const pods = [1, 2, 3, 4].map((at) => ({
      name: `p${at}`,
      racks: at > 2 ? [{ name: `p${at}/r01`, uplinkBitsPerSecond: 7 * GBPS }] : [],
    }));
    const hosts = [host('h1', 0), host('h2', 1), host('h3', 2, 0), host('h4', 3, 0)];
    const zone = new NetworkPaths([new ZoneTopology(plan('z', { pods, hosts }))]);
    expect(drawn(zone, 'h1', 'h2')).toMatchObject({ switches: 'p1, z, p2', micros: 70, flow: 10 });
    expect(drawn(zone, 'h3', 'h4')).toEqual({
      links: 'h3 up, p3/r01 up, p3 up, p4 down, p4/r01 down, h4 down',
      // A rack's uplink of 7 Gbps is less than a port.
      ...{ switches: 'p3/r01, p3, z, p4, p4/r01', micros: 90, flow: 7 },
    });
  });

  it('of two zones goes out of one and into the other: five switches in a plain topology', () => {
    expect(drawn(paths, 'h5', 'h6')).toEqual({
      links: 'h5 up, e2 up, east public up, west public down, w1 down, h6 down',
      switches: 'e2, east, public network, west, w1',
      // 2 x 10 + 2 x 50 of switches, 2 x 100 of firewalls, 20 ms between the places; the public link of west is slowest.
      ...{ micros: 20_320, flow: 4 },
    });
    expect(drawn(paths, 'h7', 'h1'), 'the other direction of a distance, and a rack').toEqual({
      links: 'h7 up, n1 up, north public up, east public down, e1 down, e1/r01 down, h1 down',
      ...{ switches: 'n1, north, public network, east, e1, e1/r01', micros: 5330, flow: 5 },
    });
    expect(drawn(paths, 'h6', 'h7').micros, 'no distance is known between west and north').toBe(320);
  });

  it('of two zones with a tunnel: its own link between both public ones, its latency, no public network', () => {
    const joined = network({}, {}, true);
    expect(drawn(joined, 'h5', 'h6')).toEqual({
      links: 'h5 up, e2 up, east public up, east vpn west up, west public down, w1 down, h6 down',
      ...{ switches: 'e2, east, west, w1', micros: 12_320, flow: 3 },
    });
    expect(drawn(joined, 'h6', 'h5').links).toBe(
      'h6 up, w1 up, west public up, west vpn east up, east public down, e2 down, h5 down',
    );
    expect(drawn(joined, 'h5', 'h7').switches, 'a tunnel joins its two zones only').toBe(
      'e2, east, public network, north, n1',
    );
  });
});

describe('other ends', () => {
  const paths = network();

  it('storage servers are at the pod switch, also of a pod with racks', () => {
    expect(drawn(paths, 'h1', 's1', 'storage')).toEqual({
      links: 'h1 up, e1/r01 up, s1 down',
      ...{ switches: 'e1/r01, e1', micros: 20, flow: 10 },
    });
    expect(drawn(paths, 's2', 'h4', 'storage')).toMatchObject({ links: 's2 up, h4 down', switches: 'e2', micros: 10 });
    expect(drawn(paths, 's1', 's2', 'migration')).toEqual({
      links: 's1 up, e1 up, e2 down, s2 down',
      ...{ switches: 'e1, east, e2', micros: 70, flow: 20 },
    });
    expect(drawn(paths, 's1', 's1', 'storage').links).toBe('');
  });

  it('the template store is at the zone switch', () => {
    expect(drawn(paths, 'east store', 's1', 'storage')).toEqual({
      links: 'east template store up, e1 down, s1 down',
      ...{ switches: 'east, e1', micros: 60, flow: 8 },
    });
    expect(drawn(paths, 'east store', 'east management', 'management')).toMatchObject({
      ...{ links: 'east template store up, east management servers down', switches: 'east', micros: 50 },
    });
  });

  it('the management servers are at the zone switch; those of another zone behind both firewalls, translated', () => {
    expect(drawn(paths, 'east management', 'h4', 'management')).toEqual({
      links: 'east management servers up, e2 down, h4 down',
      ...{ switches: 'east, e2', micros: 60, flow: 2 },
    });
    expect(drawn(paths, 'east management', 'h6', 'management')).toEqual({
      links: 'east management servers up, east public up, west public down, w1 down, h6 down',
      ...{ switches: 'east, public network, west, w1', micros: 20_310, flow: 2 },
      translations: 'east firewall, west firewall',
    });
  });

  it('the public network is behind the firewall', () => {
    expect(drawn(paths, 'h4', 'public', 'public')).toEqual({
      links: 'h4 up, e2 up, east public up',
      ...{ switches: 'e2, east', micros: 160, flow: 5 },
    });
    expect(drawn(paths, 'public', 'h1', 'public')).toMatchObject({
      links: 'east public down, e1 down, e1/r01 down, h1 down',
      switches: 'east, e1, e1/r01',
    });
    expect(drawn(paths, 'east management', 'public', 'management').translations).toBe('east firewall');
  });
});

describe('addresses', () => {
  it('are translated by the firewalls whose mode for the class says so', () => {
    const other = network({ firewall: { data: 'nat', management: 'transparent' } });
    expect(drawn(other, 'h5', 'h6').translations).toBe('east firewall');
    expect(drawn(other, 'h6', 'h5', 'migration').translations).toBe('east firewall');
    expect(drawn(other, 'h6', 'h5', 'management').translations).toBe('west firewall');
    expect(drawn(network(), 'h6', 'h5').translations, 'transparent on the data network').toBeUndefined();
  });

  it('are not translated within a zone or through a tunnel', () => {
    expect(drawn(network(), 'h1', 'h5', 'management').translations).toBeUndefined();
    expect(drawn(network({}, {}, true), 'h5', 'h6', 'management').translations).toBeUndefined();
  });
});

describe('separate fabrics', () => {
  const paths = network({ separate: ['storage'] });

  it('carry their class over switches of their own', () => {
    expect(drawn(paths, 'h1', 's2', 'storage')).toEqual({
      links: 'h1 storage up, e1/r01 storage up, e1 storage up, e2 storage down, s2 down',
      ...{ switches: 'e1/r01 storage, e1 storage, east storage, e2 storage', micros: 80, flow: 10 },
    });
    expect(drawn(paths, 'h1', 'h4', 'migration').links, 'memory goes over the data fabric').toBe(
      'h1 up, e1/r01 up, e1 up, e2 down, h4 down',
    );
  });

  it('carry whatever goes to what has a port nowhere else', () => {
    expect(drawn(paths, 's1', 's2', 'migration').switches).toBe('e1 storage, east storage, e2 storage');
    expect(drawn(paths, 'h4', 's2', 'migration').links).toBe('h4 storage up, s2 down');
  });

  it('meet at their zone switches, and at the firewall', () => {
    expect(drawn(paths, 'east management', 's2', 'management')).toEqual({
      links: 'east management servers up, e2 storage down, s2 down',
      ...{ switches: 'east, east storage, e2 storage', micros: 110, flow: 2 },
    });
    expect(drawn(paths, 's2', 's3', 'storage'), 'west has no such fabric').toMatchObject({
      links: 's2 up, e2 storage up, east public up, west public down, w1 down, s3 down',
      switches: 'e2 storage, east storage, public network, west, w1',
    });
  });

  it('for public traffic lead to the same public link', () => {
    const apart = network({ separate: ['public', 'management'] });
    expect(drawn(apart, 'h4', 'public', 'public').links).toBe('h4 public up, e2 public up, east public up');
    expect(drawn(apart, 'h4', 'public', 'guest').links).toBe('h4 up, e2 up, east public up');
    expect(drawn(apart, 'h4', 'east management', 'guest').links).toBe(
      'h4 management up, e2 management up, east management servers down',
    );
  });
});

describe('any path', () => {
  const everyone = [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7', 's1', 's2', 's3', 'public'],
    ...['east', 'west', 'north'].flatMap((zone) => [`${zone} store`, `${zone} management`]),
  ];
  const classes = ['guest', 'public', 'storage', 'management', 'migration'] as const;
  const separate = fc.subarray(['management', 'storage', 'public'] as const);
  const ends = fc.tuple(fc.constantFrom(...everyone), fc.constantFrom(...everyone));
  const any = fc.tuple(ends, fc.constantFrom(...classes), separate, separate, fc.boolean());
  const check = (holds: (paths: NetworkPaths, from: string, to: string, traffic: TrafficClass) => void): void =>
    fc.assert(
      fc.property(any, ([[from, to], traffic, here, there, tunnel]) => {
        fc.pre(from !== 'public' || to !== 'public');
        holds(network({ separate: here }, { separate: there }, tunnel), from, to, traffic);
      }),
      { seed: 71, numRuns: 500 },
    );
  /** Where a machine, firewall or network is called in links. */
  const node = (name: string): string =>
    name === 'public'
      ? 'public network'
      : name.replace(' store', ' template store').replace('management', 'management servers');

  it('is connected from end to end, through the switches it names, and no link is taken twice', () => {
    check((paths, from, to, traffic) => {
      const path = paths.between(end(from), end(to), traffic);
      const links = path.links.map(({ zone, link }) => paths.zones[zone]!.link(link));
      if (from === to) return expect([links, path.switches, path.latencySeconds]).toEqual([[], [], 0]);
      expect(links[0]!.from === node(from) || from === 'public').toBe(true);
      expect(links.at(-1)!.to === node(to) || to === 'public').toBe(true);
      expect(new Set(links.map(({ name }) => name)).size).toBe(links.length);
      // A tunnel lies over the two public links beside it, from firewall to firewall.
      const tunnel = links.findIndex(({ kind }) => kind === 'vpn');
      if (tunnel >= 0) {
        expect([links[tunnel]!.from, links[tunnel]!.to]).toEqual([links[tunnel - 1]!.from, links[tunnel + 1]!.to]);
        links.splice(tunnel, 1);
      }
      const passed: string[] = [];
      for (const [at, link] of links.slice(1).entries()) {
        const before = links[at]!;
        if (before.to === link.from) {
          passed.push(link.from);
          continue;
        }
        // The firewall, and the routing between two fabrics, are at zone switches: names without a slash.
        const zone = before.to.split(' ')[0]!;
        expect(link.from.split(' ')[0]).toBe(zone);
        for (const joint of [before.to, link.from]) {
          expect(['', 'firewall', 'data', 'management', 'storage', 'public']).toContain(joint.slice(zone.length + 1));
          if (!joint.endsWith('firewall')) passed.push(joint);
        }
      }
      expect(path.switches).toEqual(tunnel >= 0 ? passed.filter((name) => name !== 'public network') : passed);
    });
  });

  it('is as long and as wide back as there, over the same cables and switches in reverse', () => {
    check((paths, from, to, traffic) => {
      const there = paths.between(end(from), end(to), traffic);
      const back = paths.between(end(to), end(from), traffic);
      expect(back.switches).toEqual(there.switches.toReversed());
      expect(back.translations).toEqual(there.translations.toReversed());
      expect(back.latencySeconds).toBeCloseTo(there.latencySeconds, 12);
      expect(back.memberBitsPerSecond).toBe(there.memberBitsPerSecond);
      const turned = (name: string): string =>
        name === 'west vpn east up'
          ? 'east vpn west up'
          : name === 'east vpn west up'
            ? 'west vpn east up'
            : name.replace(/up$|down$/, (word) => (word === 'up' ? 'down' : 'up'));
      expect(names(paths, back)).toEqual(names(paths, there).map(turned).toReversed());
    });
  });

  it('between hosts of a zone is as far as policies are told', () => {
    const paths = network();
    const [{ plan: zone }] = paths.zones as [ZoneTopology];
    for (const a of zone.hosts.keys())
      for (const b of zone.hosts.keys()) {
        const path = paths.between(
          { kind: 'host', zone: EAST, host: a },
          { kind: 'host', zone: EAST, host: b },
          'guest',
        );
        expect(switchesBetween(zone, a, b)).toBe(path.switches.length);
        expect(latencyBetween(zone, a, b)).toBeCloseTo(path.latencySeconds, 15);
      }
  });

  it('to somewhere that is not there is a programming error', () => {
    const paths = network();
    const wrong: [Endpoint, Endpoint][] = [
      [{ kind: 'public' }, { kind: 'public' }],
      [end('h1'), { kind: 'host', zone: EAST, host: 5 }],
      [end('s1'), { kind: 'storage', zone: WEST, server: 1 }],
      [end('h1'), { kind: 'management', zone: 3 }],
    ];
    for (const [from, to] of wrong) expect(() => paths.between(from, to, 'guest')).toThrow();
    expect(() => switchesBetween(paths.zones[EAST]!.plan, 0, 5)).toThrow();
  });
});
