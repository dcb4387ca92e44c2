/**
 * Topology and rules of a reference answer for max-min sharing, from the JSON beside it: pods of hosts on a tree. Guarantees that
 * its numbers make the network, and that what is not understood (a member, a route, a rule in words) is an InputError at
 * its place: nothing is passed over that could change the answer.
 */
import { JsonReader } from './json-reader.js';

export interface MaxMinTopology {
  hosts: number;
  /** By link. */
  capacitiesBitsPerSecond: number[];
  /** Seconds from a flow's start until it is on its links. */
  latencySeconds: number;
  /** Links of a flow, by hosts. */
  path(source: number, destination: number): number[];
}

const KNOWN = [
  ...[
    'pods',
    'hosts_per_pod',
    'pod_of_host',
    'host_link_bps',
    'host_link_bytes_per_s',
    'pod_uplink_bps',
    'pod_uplink_bytes_per_s',
  ],
  ...['core', 'core_bps', 'core_bytes_per_s', 'duplex', 'latency_s', 'route_same_pod', 'route_other_pod'],
];

/** One by one, in any mixture. */
const RULES = [
  'unweighted max-min over all directed links on each route',
  'unweighted max-min over all links on each route',
  'unweighted max-min',
  'no per-flow cap but the links',
  'rates change instantly on each arrival and completion',
];

const TWO_WAYS = [
  'two independent directed links per cable',
  'full',
  'full duplex',
  'every cable is two independent directed links, each of the full stated bandwidth',
  'every cable is two independent directed links',
];
const ONE_WAY = ['half', 'half duplex'];

/** The same hops in other words. */
const ALIASES: Readonly<Record<string, string>> = {
  'up(src)': 'up(host link of src)',
  'up(pod of src)': 'up(uplink of src pod)',
  'down(pod of dst)': 'down(uplink of dst pod)',
  'down(dst)': 'down(host link of dst)',
};

const SOURCE_UP = 'up(host link of src)';
const POD_UP = 'up(uplink of src pod)';
const CORE = 'core';
const POD_DOWN = 'down(uplink of dst pod)';
const DESTINATION_DOWN = 'down(host link of dst)';
const HOPS = [SOURCE_UP, POD_UP, CORE, POD_DOWN, DESTINATION_DOWN];
const SAME_POD = [SOURCE_UP, DESTINATION_DOWN];
const OTHER_POD = [SOURCE_UP, POD_UP, POD_DOWN, DESTINATION_DOWN];

/** Throws InputError with file, line, column and JSON path. */
export function readMaxMinTopology(text: string, file: string): MaxMinTopology {
  const document = JsonReader.parse(text, file);
  if (document.has('sharing')) checkRules(document.get('sharing'));
  const topology = document.get('topology');
  for (const key of topology.keys())
    if (!KNOWN.includes(key))
      throw topology
        .get(key)
        .error(`this check does not know what '${key}' means for the network; it knows ${KNOWN.join(', ')}`);
  const pods = topology.get('pods').integer(1);
  const hostsPerPod = topology.get('hosts_per_pod').integer(1);
  if (pods * hostsPerPod > 1_000_000) throw topology.get('pods').error('a million hosts at most can be checked');
  if (topology.has('pod_of_host')) oneOf(topology.get('pod_of_host'), ['floor(host / hosts_per_pod)']);
  const hostLink = rate(topology, 'host_link')!;
  const uplink = pods > 1 || topology.has('pod_uplink_bps') ? rate(topology, 'pod_uplink')! : hostLink;
  const core = coreOf(topology);
  const routes = {
    same: routeOf(topology, 'route_same_pod', SAME_POD, SAME_POD),
    other: routeOf(topology, 'route_other_pod', OTHER_POD, HOPS),
  };
  // Where the core has a capacity, what goes to another pod goes through it.
  if (core !== null && !routes.other.includes(CORE)) routes.other.splice(routes.other.indexOf(POD_UP) + 1, 0, CORE);
  if (core === null) routes.other = routes.other.filter((hop) => hop !== CORE);
  const latencySeconds = topology.has('latency_s') ? topology.get('latency_s').number(0) : 0;
  const tree = { pods, hostsPerPod, twoWays: isTwoWays(topology) };
  const capacitiesBitsPerSecond = [
    ...Array<number>((tree.twoWays ? 2 : 1) * pods * hostsPerPod).fill(hostLink),
    ...Array<number>((tree.twoWays ? 2 : 1) * pods).fill(uplink),
    ...(core === null ? [] : [core]),
  ];
  const path = pathsOf(tree, capacitiesBitsPerSecond.length - 1, routes);
  return { hosts: pods * hostsPerPod, capacitiesBitsPerSecond, latencySeconds, path };
}

/** Hosts' links up, then down, then pods' up, then down, then the core; up and down are one where a cable is one link. */
function pathsOf(
  { pods, hostsPerPod, twoWays }: { pods: number; hostsPerPod: number; twoWays: boolean },
  core: number,
  routes: { same: string[]; other: string[] },
): MaxMinTopology['path'] {
  const hosts = pods * hostsPerPod;
  const firstUplink = twoWays ? 2 * hosts : hosts;
  return (source, destination) => {
    const sourcePod = Math.floor(source / hostsPerPod);
    const destinationPod = Math.floor(destination / hostsPerPod);
    const links: Record<string, number> = {
      [SOURCE_UP]: source,
      [POD_UP]: firstUplink + sourcePod,
      [CORE]: core,
      [POD_DOWN]: firstUplink + (twoWays ? pods : 0) + destinationPod,
      [DESTINATION_DOWN]: (twoWays ? hosts : 0) + destination,
    };
    return (sourcePod === destinationPod ? routes.same : routes.other).map((hop) => links[hop]!);
  };
}

function checkRules(sharing: JsonReader): void {
  const rules = (sharing.words() ?? '').split(';').map((rule) => rule.trim());
  const unknown = rules.find((rule) => !RULES.includes(rule));
  if (unknown !== undefined)
    throw sharing.error(`this check does not know the rule '${unknown}'; it knows: ${RULES.join('; ')}`);
  if (!rules[0]!.startsWith('unweighted max-min')) throw sharing.error("the first rule must be 'unweighted max-min'");
}

/** As bits or bytes per second, or both if they agree; null where neither is there and `optional` says that it need not be. */
function rate(topology: JsonReader, name: string, optional = false): number | null {
  const [bits, bytes] = [`${name}_bps`, `${name}_bytes_per_s`];
  if (optional && !topology.has(bits) && !topology.has(bytes)) return null;
  const given = topology.has(bits) || !topology.has(bytes) ? positive(topology.get(bits)) : null;
  if (!topology.has(bytes)) return given;
  const fromBytes = 8 * positive(topology.get(bytes));
  if (given !== null && Math.abs(given - fromBytes) > 1e-9 * given)
    throw topology.get(bytes).error(`this is ${fromBytes} bits per second, and ${bits} says ${given}`);
  return given ?? fromBytes;
}

function positive(value: JsonReader): number {
  const number = value.number(0);
  if (number === 0) throw value.error('more than 0 is expected here');
  return number;
}

/** What all traffic between pods shares, in bits per second; null: as much as anybody wants. */
function coreOf(topology: JsonReader): number | null {
  const beside = rate(topology, 'core', true);
  if (!topology.has('core')) return beside;
  const core = topology.get('core');
  if (core.words() === null) {
    const given = positive(core);
    if (beside !== null && beside !== given)
      throw core.error(`core_bps or core_bytes_per_s says ${beside} bits per second`);
    return given;
  }
  oneOf(core, ['non-blocking', 'non-blocking (no capacity limit)']);
  if (beside !== null) throw core.error('a core with a capacity beside it is not non-blocking: leave one of them out');
  return null;
}

function isTwoWays(topology: JsonReader): boolean {
  return !topology.has('duplex') || TWO_WAYS.includes(oneOf(topology.get('duplex'), [...TWO_WAYS, ...ONE_WAY]));
}

function routeOf(topology: JsonReader, name: string, usual: readonly string[], known: readonly string[]): string[] {
  if (!topology.has(name)) return [...usual];
  const hops = topology
    .get(name)
    .items()
    .map((hop) => oneOf(hop, known));
  if (hops.length === 0) throw topology.get(name).error('a route without links cannot be checked');
  return hops;
}

function oneOf(value: JsonReader, known: readonly string[]): string {
  const written = value.words()?.trim().replace(/\s+/g, ' ');
  const text = written === undefined ? undefined : (ALIASES[written] ?? written);
  if (text === undefined || !known.includes(text))
    throw value.error(`this check understands ${known.map((one) => `'${one}'`).join(', ')} here and nothing else`);
  return text;
}
