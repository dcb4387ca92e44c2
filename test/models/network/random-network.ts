/** Random networks of several shapes, and what happens on them, for fast-check. */
import fc from 'fast-check';

export interface RandomFlow {
  links: number[];
  bits: number;
  weight: number;
  /** null: none. */
  cap: number | null;
  guarantee: number;
}

export type RandomEvent =
  | { do: 'start'; flow: RandomFlow }
  | { do: 'cancel'; which: number }
  | { do: 'cap'; which: number; cap: number }
  | { do: 'capacity'; link: number; capacity: number };

export interface RandomNetwork {
  capacities: number[];
  events: { wait: number; event: RandomEvent }[];
}

/** By source and destination, links of a shape with its capacities. */
interface Shape {
  capacities: number[];
  nodes: number;
  path: (from: number, to: number) => number[];
}

const capacity = fc.constantFrom(1e6, 2e6, 2.5e6, 3e6, 1e7);

/** Pods of one, two or three hosts, uplinks that may be less than a host's link, perhaps a core. */
const tree: fc.Arbitrary<Shape> = fc
  .record({
    pods: fc.integer({ min: 1, max: 4 }),
    hosts: fc.integer({ min: 1, max: 3 }),
    capacity,
    up: capacity,
    core: fc.boolean(),
  })
  .map(({ pods, hosts, capacity: host, up, core }) => {
    const nodes = pods * hosts;
    const capacities = [
      ...Array<number>(2 * nodes).fill(host),
      ...Array<number>(2 * pods).fill(up),
      ...(core ? [up] : []),
    ];
    const path = (from: number, to: number): number[] => {
      const [a, b] = [Math.floor(from / hosts), Math.floor(to / hosts)];
      const middle = a === b ? [] : [2 * nodes + a, 2 * nodes + pods + b, ...(core ? [2 * nodes + 2 * pods] : [])];
      return [from, ...middle, nodes + to];
    };
    return { capacities, nodes, path };
  });

/** One way round: paths share stretches. */
const ring: fc.Arbitrary<Shape> = fc.array(capacity, { minLength: 2, maxLength: 6 }).map((capacities) => ({
  capacities,
  nodes: capacities.length,
  path: (from, to) => {
    const links = [];
    for (let at = from; at !== to; at = (at + 1) % capacities.length) links.push(at);
    return links;
  },
}));

/** Any links in any order, some of them twice. */
const mesh: fc.Arbitrary<Shape> = fc.array(capacity, { minLength: 1, maxLength: 6 }).map((capacities) => ({
  capacities,
  nodes: 12,
  path: (from, to) => [from % capacities.length, (from * 5 + to) % capacities.length, (to * 3) % capacities.length],
}));

function events({ capacities, nodes, path }: Shape, most: number): fc.Arbitrary<RandomNetwork> {
  const node = fc.integer({ min: 0, max: nodes - 1 });
  const flow: fc.Arbitrary<RandomFlow> = fc
    .record({
      from: node,
      to: node,
      bits: fc.oneof(fc.constantFrom(0, 1e6, 2e6), fc.integer({ min: 1, max: 5e6 })),
      weight: fc.oneof(fc.constant(1), fc.constantFrom(2, 0.1, 3.3, 1e3)),
      cap: fc.option(fc.constantFrom(0, 1e5, 1e6, 4e6), { freq: 3 }),
      guarantee: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constantFrom(1e5, 7e5, 3e6) },
      ),
    })
    .map(({ from, to, ...rest }) => ({ ...rest, links: path(from, to) }));
  const event: fc.Arbitrary<RandomEvent> = fc.oneof(
    { weight: 6, arbitrary: flow.map((one) => ({ do: 'start' as const, flow: one })) },
    { weight: 1, arbitrary: fc.nat(100).map((which) => ({ do: 'cancel' as const, which })) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('cap' as const), which: fc.nat(100), cap: fc.constantFrom(0, 2e5, 5e6) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('capacity' as const),
        link: fc.integer({ min: 0, max: capacities.length - 1 }),
        capacity: fc.oneof(capacity, fc.constant(0)),
      }),
    },
  );
  const wait = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 1000 }).map((millis) => millis / 1000),
  );
  return fc
    .array(fc.record({ wait, event }), { minLength: 1, maxLength: most })
    .map((list) => ({ capacities, events: list }));
}

export function randomNetwork(most = 40): fc.Arbitrary<RandomNetwork> {
  return fc.oneof(tree, ring, mesh).chain((shape) => events(shape, most));
}
