/** Who of a customer talks to whom, and what VMs do to their disks, as files say it. */
import { z } from 'zod';
import { suggestion } from '../nearest.js';
import type { DiskUseSpec, TrafficSpec } from '../traffic-spec.js';
import { CPU_CURVE_NAMES } from './cpu-use.js';
import { countDistribution } from './distribution.js';
import { name, quantity, ratio, weight } from './fields.js';

export const TRAFFIC_CURVES = ['flat', ...CPU_CURVE_NAMES] as const;
export const TRAFFIC_PATTERNS = ['uniform', 'star', 'tiers', 'hot-pairs'] as const;
type Pattern = (typeof TRAFFIC_PATTERNS)[number];

/** Whom VMs talk to beside each other. */
const ROUTER = 'router';
const PUBLIC = 'public';
const NORTH_SOUTH = 'north-south';

/** What may stand in `rates`, by pattern; of tiers it is their names in twos. */
const RATES: Readonly<Record<Exclude<Pattern, 'tiers'>, readonly string[]>> = {
  uniform: ['mesh', ROUTER, NORTH_SOUTH],
  star: [ROUTER, NORTH_SOUTH],
  'hot-pairs': ['pair', 'others', ROUTER, NORTH_SOUTH],
};

export interface Rate {
  there: number;
  back: number;
}

const RATE_RULE = 'write what goes both ways together, e.g. 2 Mbps, or {there: 1 Mbps, back: 3 Mbps}';

/** Of two that exchange something: a bare rate is half each way. */
export const pairRate = z
  .union(
    [
      quantity('bitRate').transform((both): Rate => ({ there: both / 2, back: both / 2 })),
      z.strictObject({ there: quantity('bitRate'), back: quantity('bitRate') }),
    ],
    { error: ({ input }) => (typeof input === 'object' && input !== null ? undefined : RATE_RULE) },
  )
  .meta({
    id: 'pairRate',
    description:
      'What each pair of VMs exchanges: in both directions together, half each way (2 Mbps), or {there: ..., back: ...}; there is from the first named to the second, or to the public network.',
  });

const pattern = z
  .strictObject({
    pattern: z
      .enum(TRAFFIC_PATTERNS)
      .describe(
        'uniform: every two VMs of a guest network; star: each with the routing appliance; tiers: groups of VMs with each other; hot-pairs: VMs in twos, the others less.',
      ),
    tiers: z.record(name, weight).optional().describe('With tiers: what share of the VMs is in each.'),
    rates: z
      .record(z.string(), pairRate)
      .describe(
        `By whom: mesh (uniform), router (each VM with the routing appliance), pair and others (hot-pairs), two tiers as in web-db, web-web, web-router or web-public (tiers), and north-south: each VM with the public network, through the routing appliance.`,
      ),
    curve: z
      .enum(TRAFFIC_CURVES)
      .prefault('flat')
      .describe('Over the day and week; rates are its mean. Time 0 is a Monday, 0:00. Default: flat.'),
  })
  .transform((written, context): TrafficSpec => {
    if (context.issues.length > 0) return z.NEVER;
    const tell = (path: string[], message: string): void => {
      context.issues.push({ code: 'custom', message, input: written, path });
    };
    const spec = written.pattern === 'tiers' ? tiersOf(written, tell) : groupsOf(written, tell);
    return spec ?? z.NEVER;
  });

type Written = {
  pattern: Pattern;
  tiers?: Record<string, number> | undefined;
  rates: Record<string, Rate>;
  curve: TrafficSpec['curve'];
};
type Tell = (path: string[], message: string) => void;

/** All VMs in one group. */
function groupsOf({ pattern, tiers, rates, curve }: Written, tell: Tell): TrafficSpec | null {
  const known = RATES[pattern as Exclude<Pattern, 'tiers'>];
  const wrong = Object.keys(rates).filter((key) => !known.includes(key));
  for (const key of wrong) tell(['rates', key], `pattern '${pattern}' has no rate '${key}'${suggestion(key, known)}`);
  if (tiers !== undefined) tell(['tiers'], `pattern '${pattern}' has no tiers; write 'pattern: tiers', or remove them`);
  if (wrong.length > 0 || tiers !== undefined) return null;
  const spec = empty(['vm'], [1], curve);
  const mesh = rates['mesh'] ?? rates['others'];
  if (mesh) put(spec, 0, 0, mesh);
  if (rates[ROUTER]) put(spec, 0, 1, rates[ROUTER]);
  if (rates[NORTH_SOUTH]) publish(spec, 0, rates[NORTH_SOUTH]);
  const { pair } = rates;
  if (pair) spec.pattern.pair = { thereBitsPerSecond: pair.there, backBitsPerSecond: pair.back };
  return spec;
}

function tiersOf({ tiers = {}, rates, curve }: Written, tell: Tell): TrafficSpec | null {
  const names = Object.keys(tiers);
  const sum = names.reduce((total, tier) => total + tiers[tier]!, 0);
  if (names.length === 0) tell([], "pattern 'tiers' needs them; add e.g. 'tiers: {web: 0.6, db: 0.4}'");
  else if (sum === 0) tell(['tiers'], 'the shares sum to 0; give at least one a share above 0');
  for (const taken of [ROUTER, PUBLIC])
    if (names.includes(taken))
      tell(['tiers', taken], `every guest network has its '${taken}'; call the tier otherwise`);
  if (names.length === 0 || sum === 0) return null;
  const spec = empty(
    names,
    names.map((tier) => tiers[tier]! / sum),
    curve,
  );
  const seen = new Set<string>();
  let sound = true;
  for (const [key, of] of Object.entries(rates)) {
    const problem = key === NORTH_SOUTH ? null : tierRate(spec, names, key, of, seen);
    if (problem !== null) {
      tell(['rates', key], problem);
      sound = false;
    }
    if (key === NORTH_SOUTH) names.forEach((_, group) => publish(spec, group, of));
  }
  return sound ? spec : null;
}

/** A rate by the names of two peers; a string says what is wrong with them. */
function tierRate(
  spec: TrafficSpec,
  names: readonly string[],
  key: string,
  rate: Rate,
  seen: Set<string>,
): string | null {
  const peers = [...names, ROUTER, PUBLIC];
  const cuts = [...key.matchAll(/-/g)].map(({ index }) => [key.slice(0, index), key.slice(index + 1)] as const);
  if (cuts.length === 0)
    return `write two tiers, as in '${names[0]}-${names.at(-1)}', ${names[0]}-router, or north-south`;
  const found = cuts.find((pair) => pair.every((one) => peers.includes(one)));
  if (found === undefined) {
    const half = cuts.find((pair) => pair.some((one) => peers.includes(one))) ?? cuts[0]!;
    const missing = half.find((one) => !peers.includes(one))!;
    return `there is nobody '${missing}' to talk to${suggestion(missing, peers)}`;
  }
  const order = [...found].sort().join(' ');
  if (seen.has(order)) return `the rate of ${found.join(' and ')} stands here twice; keep one of them`;
  seen.add(order);
  const [from, to] = found.map((one) => peers.indexOf(one)) as [number, number];
  const router = names.length;
  if (from >= router && to >= router)
    return 'the routing appliance and the public network have nothing to say by themselves; name a tier';
  if (from === router + 1) publish(spec, to, { there: rate.back, back: rate.there });
  else if (to === router + 1) publish(spec, from, rate);
  else put(spec, from, to, rate);
  return null;
}

function empty(groups: string[], shares: number[], curve: TrafficSpec['curve']): TrafficSpec {
  const none = (count: number): number[] => new Array<number>(count).fill(0);
  return {
    pattern: {
      groups,
      rates: none((groups.length + 1) * (groups.length + 1)),
      toPublic: none(groups.length),
      fromPublic: none(groups.length),
      pair: null,
    },
    shares,
    curve,
  };
}

/** Within a group each of two VMs sends half of what they exchange both ways. */
function put({ pattern }: TrafficSpec, from: number, to: number, { there, back }: Rate): void {
  const row = pattern.groups.length + 1;
  if (from === to) pattern.rates[from * row + from] = (there + back) / 2;
  else {
    pattern.rates[from * row + to] = there;
    pattern.rates[to * row + from] = back;
  }
}

function publish({ pattern }: TrafficSpec, group: number, { there, back }: Rate): void {
  pattern.toPublic[group] = (pattern.toPublic[group] ?? 0) + there;
  pattern.fromPublic[group] = (pattern.fromPublic[group] ?? 0) + back;
}

const none = z.literal('none').transform((): null => null);

const TRAFFIC_FORMS = '{pattern: uniform, rates: {mesh: 1 Mbps}}';

export const traffic = z
  .union([none, pattern], {
    error: ({ input }) =>
      typeof input === 'object' && input !== null ? undefined : `write none, or e.g. ${TRAFFIC_FORMS}`,
  })
  .meta({
    id: 'traffic',
    description: `Who of a customer talks to whom in a guest network: e.g. ${TRAFFIC_FORMS}. none: not modelled.`,
  });

const use = z
  .strictObject({
    iops: countDistribution.describe('Operations a second that each VM asks of its disk: fixed, or drawn for each.'),
    size: quantity('memory', 'positive')
      .prefault('8 KiB')
      .describe('Bytes of an operation. Default: 8 KiB, an assumption (a page of a database).'),
    reads: ratio.prefault('70 %').describe('Share of them that reads. Default: 70 %, an assumption.'),
  })
  .transform(({ iops, size, reads }): DiskUseSpec => ({ iops, bytesPerOperation: size, readRatio: reads }));

export const diskUse = z
  .union([none, use], {
    error: ({ input }) => (typeof input === 'object' && input !== null ? undefined : 'write none, or e.g. {iops: 50}'),
  })
  .meta({
    id: 'diskUse',
    description:
      'What VMs do to their disks: e.g. {iops: 50, size: 8 KiB, reads: 70 %}; it loads the storage servers and the links to them. none: not modelled.',
  });
