/**
 * Random zones with customers of different patterns, throttles, rules that let traffic in, and disks in use, through the
 * real plane: what is on every link is what listing every pair of the plant's running VMs along the paths of the topology
 * gives, and every operation on a disk; after all is destroyed it is nothing. Shares no code with sim/datacenter/traffic.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Domain } from '../../sim/datacenter/domain.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { networkPaths } from '../../sim/run/zone-plan.js';
import type { ZoneWorld } from '../../sim/run/zone-world.js';
import type { Endpoint, NetworkPaths, Path } from '../../models/network/path.js';

const MINUTE = 60_000_000;
const M = 1e6;
const SERVER_IOPS = 250;
const DISK = { iops: 100, bytes: 10_000, reads: 0.75 };
const RULE = { into: 5 * M, out: 7 * M };

type Kind = 'web' | 'db' | 'vm' | 'router';
interface Customer {
  readonly yaml: string;
  /** To each of these: bits per second of one pair, one way. */
  readonly between: Readonly<Record<string, number>>;
  readonly out: Readonly<Record<string, number>>;
  readonly in: Readonly<Record<string, number>>;
  readonly hasDisk: boolean;
}

const USE = `diskUse: { iops: ${DISK.iops}, size: ${DISK.bytes} B, reads: ${DISK.reads} }`;
const CUSTOMERS: Readonly<Record<string, Customer>> = {
  acme: {
    yaml: `${USE}, traffic: { pattern: tiers, tiers: { web: 2, db: 1 }, rates: { web-db: { there: 8 Mbps, back: 24 Mbps }, web-web: 6 Mbps, web-router: { there: 1 Mbps, back: 2 Mbps }, web-public: { there: 5 Mbps, back: 40 Mbps } } }`,
    between: { 'web db': 8 * M, 'db web': 24 * M, 'web web': 3 * M, 'web router': M, 'router web': 2 * M },
    ...{ out: { web: 5 * M }, in: { web: 40 * M }, hasDisk: true },
  },
  bolt: {
    yaml: `${USE}, traffic: { pattern: uniform, rates: { mesh: 3 Mbps, north-south: { there: 700 kbps, back: 300 kbps } } }`,
    ...{ between: { 'vm vm': 1.5 * M }, out: { vm: 0.7 * M }, in: { vm: 0.3 * M }, hasDisk: true },
  },
  cosy: {
    yaml: 'traffic: { pattern: star, rates: { router: { there: 4 Mbps, back: 1 Mbps } } }',
    ...{ between: { 'vm router': 4 * M, 'router vm': M }, out: {}, in: {}, hasDisk: false },
  },
  dune: { yaml: 'traffic: none', between: {}, out: {}, in: {}, hasDisk: false },
};

const account = fc.constantFrom(...Object.keys(CUSTOMERS));
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('start' as const), account, tier: fc.constantFrom('web', 'db') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('stop' as const, 'destroy' as const), account }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), account }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: fc.constant('throttle' as const), account },
      network: fc.constantFrom('none', '2 Mbps', '12 Mbps'),
      iops: fc.constantFrom('none', '40'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('rule' as const),
      account,
      vms: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
    }),
  },
);
const world = fc.record({
  seed: fc.nat(1000),
  pods: fc.integer({ min: 1, max: 3 }),
  hosts: fc.integer({ min: 1, max: 4 }),
  racks: fc.constantFrom('', ', racks: { count: 2 }'),
  separate: fc.constantFrom('[]', '[public]', '[storage]', '[management, storage, public]'),
  placement: fc.constantFrom('random', 'first-fit', 'worst-fit'),
  actions: fc.array(action, { minLength: 8, maxLength: 40 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** One action in three minutes. VMs of a customer are v0, v1 ... as he starts them. */
function textOf(one: World): string {
  const started = new Map<string, number>();
  const events = one.actions.map((event, at) => {
    const { account: who } = event;
    const name = (vm: number): string => `v${vm % Math.max(1, started.get(who) ?? 0)}`;
    const what = ((): string => {
      switch (event.do) {
        case 'start': {
          const vm = started.get(who) ?? 0;
          started.set(who, vm + 1);
          return `start: { account: ${who}, offering: small, name: v${vm}${who === 'acme' ? `, tier: ${event.tier}` : ''} }`;
        }
        case 'again':
          return `start: { account: ${who}, count: 1 }`;
        case 'throttle':
          return `throttle: { account: ${who}, network: ${event.network}, iops: ${event.iops} }`;
        case 'rule': {
          const vms = [...new Set(event.vms.map(name))];
          const traffic = 'traffic: { there: 5 Mbps, back: 7 Mbps }';
          return vms.length === 1
            ? `addRule: { account: ${who}, rule: r${at}, portForward: { port: ${1000 + at}, vm: ${vms[0]}, ${traffic} } }`
            : `addRule: { account: ${who}, rule: r${at}, loadBalancer: { port: ${1000 + at}, vms: [${vms.join(', ')}], ${traffic} } }`;
        }
        default:
          return `${event.do}: { account: ${who}, count: 1 }`;
      }
    })();
    return `  - { at: ${1 + 3 * at} min, ${what} }`;
  });
  // A destroy reaches those that nothing is under way with: once more for the others.
  const ends = [200, 220, 240].flatMap((minute) =>
    Object.keys(CUSTOMERS).map((who) => `  - { at: ${minute} min, destroy: { account: ${who}, count: 50 } }`),
  );
  return `
podtwin: 1
name: random-network-use
seed: ${one.seed}
duration: 6h
hostTypes: { box: { cpu: 16 cores, memory: 64 GiB } }
storageTypes: { filer: { capacity: 4 TiB, iops: ${SERVER_IOPS} } }
zones:
  - name: z1
    network: { separate: ${one.separate} }
    pods: [{ name: p, count: ${one.pods}, hosts: [{ name: h, type: box, count: ${Math.max(2, one.hosts)} }], storage: [{ type: filer, count: 1 }]${one.racks} }]
offerings: { small: { cpu: 2 cores, memory: 2 GiB, disk: 10 GiB } }
policies: { placement: ${one.placement} }
accounts:
${Object.entries(CUSTOMERS)
  .map(([name, { yaml }]) => `  - { name: ${name}, zone: z1, ${yaml} }`)
  .join('\n')}
events:
${[...events, ...ends].join('\n')}
`;
}

/** What the history says of numbers. */
interface Names {
  readonly accounts: string[];
  readonly vms: Map<number, { account: string; name: string }>;
  /** Rules that let traffic in are called r0, r1 ... */
  readonly rules: Set<number>;
}

interface Talker {
  readonly domain: Domain;
  readonly customer: Customer;
  readonly kind: Kind;
  readonly throttle: number;
}

function talkersOf({ plant }: ZoneWorld, names: Names, tiers: ReadonlyMap<string, Kind>): Talker[] {
  return [...plant.allDomains()].flatMap((domain) => {
    if (domain.state !== 'running') return [];
    const { account, name } = names.vms.get(domain.vm)!;
    const kind = domain.role === 'router' ? 'router' : (tiers.get(`${account}/${name}`) ?? 'vm');
    const throttle = domain.throttle.networkBitsPerSecond ?? Infinity;
    return [{ domain, customer: CUSTOMERS[account]!, kind, throttle }];
  });
}

const host = (at: number): Endpoint => ({ kind: 'host', zone: 0, host: at });
const PUBLIC: Endpoint = { kind: 'public' };

function guestLoads(zone: ZoneWorld, paths: NetworkPaths, talkers: readonly Talker[], names: Names): number[] {
  const loads = new Array<number>(paths.zones[0]!.linkCount).fill(0);
  const put = ({ links }: Path, bitsPerSecond: number): void => {
    for (const { link } of links) loads[link]! += bitsPerSecond;
  };
  const plain = (a: Talker, b: Talker): number =>
    a !== b && a.domain.networks[0] === b.domain.networks[0] ? (a.customer.between[`${a.kind} ${b.kind}`] ?? 0) : 0;
  const passing = (a: Talker, b: Talker): number => {
    if (a.domain.networks[0] !== b.domain.networks[0]) return 0;
    if (b.kind === 'router') return a.customer.out[a.kind] ?? 0;
    return a.kind === 'router' ? (b.customer.in[b.kind] ?? 0) : 0;
  };
  const part = (asked: number, throttle: number): number => (asked > throttle ? throttle / asked : 1);
  const sum = (of: (other: Talker) => number): number => talkers.reduce((total, one) => total + of(one), 0);
  const sends = talkers.map((a) =>
    part(
      sum((b) => plain(a, b) + passing(a, b)),
      a.throttle,
    ),
  );
  const takes = talkers.map((b) =>
    part(
      sum((a) => plain(a, b) + passing(a, b)),
      b.throttle,
    ),
  );
  talkers.forEach((a, from) =>
    talkers.forEach((b, to) => {
      const left = Math.min(sends[from]!, takes[to]!);
      const outside = passing(a, b) * left;
      put(paths.between(host(a.domain.host), host(b.domain.host), 'guest'), plain(a, b) * left + outside);
      if (outside === 0) return;
      if (b.kind === 'router') put(paths.between(host(b.domain.host), PUBLIC, 'public'), outside);
      else put(paths.between(PUBLIC, host(a.domain.host), 'public'), outside);
    }),
  );
  for (const [appliance, rules] of zone.plant.rules.appliances) {
    const router = talkers.find(({ domain }) => domain.vm === appliance)!;
    for (const [rule, { targets }] of rules) {
      if (!names.rules.has(rule)) continue;
      const network = router.domain.networks[0];
      const running = talkers.filter(
        ({ domain, kind }) =>
          kind !== 'router' && domain.networks[0] === network && targets.includes(domain.interfaces[0]!.address),
      );
      for (const { domain, throttle } of running) {
        const into = Math.min(RULE.into / running.length, throttle);
        const out = Math.min(RULE.out / running.length, throttle);
        put(paths.between(PUBLIC, host(router.domain.host), 'public'), into);
        put(paths.between(host(router.domain.host), host(domain.host), 'guest'), into);
        put(paths.between(host(domain.host), host(router.domain.host), 'guest'), out);
        put(paths.between(host(router.domain.host), PUBLIC, 'public'), out);
      }
    }
  }
  return loads;
}

/** The level up to which a server serves each VM, by halving the interval in which it lies. */
function levelOf(asked: readonly number[]): number {
  if (asked.reduce((sum, one) => sum + one, 0) <= SERVER_IOPS) return Infinity;
  let [low, high] = [0, SERVER_IOPS];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (asked.reduce((sum, one) => sum + Math.min(one, middle), 0) <= SERVER_IOPS) low = middle;
    else high = middle;
  }
  return low;
}

function storageLoads({ plant }: ZoneWorld, paths: NetworkPaths, talkers: readonly Talker[]): number[] {
  const loads = new Array<number>(paths.zones[0]!.linkCount).fill(0);
  const working = talkers
    .filter(({ customer, kind }) => customer.hasDisk && kind !== 'router')
    .map(({ domain }) => ({
      domain,
      server: plant.storage.serverOf(domain.vm)!,
      asked: Math.min(DISK.iops, domain.throttle.iops ?? Infinity),
    }));
  for (const { domain, server, asked } of working) {
    const level = levelOf(working.filter((one) => one.server === server).map((one) => one.asked));
    const bitsPerSecond = Math.min(asked, level) * DISK.bytes * 8;
    const at: Endpoint = { kind: 'storage', zone: 0, server };
    const put = ({ links }: Path, share: number): void => {
      for (const { link } of links) loads[link]! += bitsPerSecond * share;
    };
    put(paths.between(at, host(domain.host), 'storage'), DISK.reads);
    put(paths.between(host(domain.host), at, 'storage'), 1 - DISK.reads);
  }
  return loads;
}

test('links carry what listing pairs, rules and disks of the plant gives, and nothing once all is destroyed', () => {
  const seen = { throttled: 0, ruled: 0, short: 0, crossPod: 0, sampled: 0 };
  fc.assert(
    fc.property(world, (one) => {
      const scenario = loadScenario('random.yaml', { readFile: () => textOf(one) });
      const names: Names = { accounts: [], vms: new Map(), rules: new Set() };
      const tiers = new Map<string, Kind>();
      let started = 0;
      for (const event of one.actions)
        if (event.do === 'start' && event.account === 'acme') tiers.set(`acme/v${started++}`, event.tier as Kind);
      const simulation = new Simulation(scenario, {
        recorder: {
          transaction(lane, _number, tx) {
            if (lane !== 1) return;
            if (tx.kind === 'account') names.accounts[tx.account] = tx.name;
            if (tx.kind === 'vm') names.vms.set(tx.vm, { account: names.accounts[tx.account]!, name: tx.name });
            if (tx.kind === 'rule' && tx.label !== null && /^r\d+$/.test(tx.label)) names.rules.add(tx.rule);
          },
        },
      });
      const zone = simulation.zones[0]!;
      const paths = networkPaths(scenario);
      const guest = new Float64Array(paths.zones[0]!.linkCount);
      const storage = new Float64Array(guest.length);
      for (let minutes = 2; minutes < 200; minutes += 11) {
        simulation.advance(minutes * MINUTE);
        zone.network.loads(guest, storage);
        const talkers = talkersOf(zone, names, tiers);
        const due = { guest: guestLoads(zone, paths, talkers, names), storage: storageLoads(zone, paths, talkers) };
        guest.forEach((load, link) => {
          const { name } = paths.zones[0]!.link(link);
          expect(load, `${name} after ${minutes} min: guests`).toBeCloseTo(due.guest[link]!, 2);
          expect(storage[link], `${name} after ${minutes} min: disks`).toBeCloseTo(due.storage[link]!, 2);
        });
        seen.sampled++;
        if (talkers.some(({ throttle }) => throttle < Infinity)) seen.throttled++;
        for (const rules of zone.plant.rules.appliances.values())
          for (const rule of rules.keys()) if (names.rules.has(rule)) seen.ruled++;
        if (zone.network.storage!.sample().vmsShort > 0) seen.short++;
        if (zone.network.guest!.totals.at(0).crossPod > 0) seen.crossPod++;
      }
      simulation.advance(350 * MINUTE);
      expect([...zone.plant.allDomains()]).toEqual([]);
      zone.network.loads(guest, storage);
      expect(guest.every((load) => load === 0)).toBe(true);
      expect(storage.every((load) => load === 0)).toBe(true);
    }),
    { seed: 23, numRuns: 60 },
  );
  // Each of it has been there, and often: else little would be held.
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(100);
}, 120_000);
