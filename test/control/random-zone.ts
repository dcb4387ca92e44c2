/** Random small zones, and random things that happen in them: for holding indexes and policies against plain scans. */
import fc from 'fast-check';
import type { ZoneConfig } from '../../sim/control/config.js';
import { tightestNodes, type HostRecord } from '../../sim/control/hosts.js';
import type { Demand, HostId, NetworkId, PodId, PlaceQuestion } from '../../sim/control/ports.js';
import type { ZoneState } from '../../sim/control/state.js';
import { GIB, Harness, smallZone } from './harness.js';

const node = fc.record({ cpuMillis: fc.integer({ min: 1, max: 6 }), memory: fc.integer({ min: 1, max: 10 }) });
const host = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: 3 }),
  role: fc.constantFrom('both', 'both', 'both', 'computing', 'routing'),
  inService: fc.constantFrom(true, true, true, true, false),
  /** GiB of its own disk. */
  disk: fc.constantFrom(0, 0, 10, 30),
});
/** Pods may be empty, and have no storage. */
const pod = fc.record({ hosts: fc.array(host, { maxLength: 6 }), servers: fc.array(fc.nat(60), { maxLength: 2 }) });

export const accounts = ['acme', 'bolt', 'cosy', 'dune'];
const account = fc.nat(accounts.length - 1);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('start' as const), account, offering: fc.nat(2), at: fc.nat(99) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), at: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('destroy' as const), at: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('service' as const), at: fc.nat(99) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const demand: fc.Arbitrary<Omit<Demand, 'networks' | 'pods'> & { networks: number[]; pods: boolean[] }> =
  fc.record({
    cpuMillis: fc.integer({ min: 0, max: 8000 }).map((millis) => millis - (millis % 500)),
    memoryBytes: fc.integer({ min: 0, max: 12 }).map((gib) => gib * GIB),
    bridgeBytes: fc.constantFrom(0, GIB / 2, GIB),
    networks: fc.uniqueArray(fc.integer({ min: 0, max: accounts.length - 1 }), { maxLength: 2 }),
    host: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(29) }),
    localBytes: fc.constantFrom(0, 0, 0, 10 * GIB, 20 * GIB),
    role: fc.constantFrom('user', 'user', 'router'),
    pods: fc.array(fc.boolean(), { maxLength: 5 }),
  });

const limits = fc.record({ vlans: fc.integer({ min: 1, max: 4 }), virtualPorts: fc.integer({ min: 2, max: 12 }) });

export const zone = fc.record({
  pods: fc.array(pod, { minLength: 1, maxLength: 5 }),
  steps: fc.array(step, { maxLength: 25 }),
  vlanScope: fc.constantFrom('zone', 'zone', 'pod', 'overlay'),
  trunks: fc.constantFrom('pruned', 'unpruned'),
  /** Of pod switches, by pod; null: none has limits. */
  switches: fc.option(fc.array(limits, { minLength: 5, maxLength: 5 })),
  zoneSwitch: limits,
});
export type RandomZone = typeof zone extends fc.Arbitrary<infer T> ? T : never;

export function configOf({ pods, vlanScope, trunks, switches, zoneSwitch }: RandomZone): ZoneConfig {
  return smallZone({
    vlanScope,
    switches: switches && {
      trunks,
      pods: pods.map((_, at) => switches[at]!),
      zone: { vlans: zoneSwitch.vlans + 1, virtualPorts: 2 * zoneSwitch.virtualPorts },
    },
    pods: pods.map((_, at) => ({ name: `z1/p${at}` })),
    hosts: pods.flatMap(({ hosts }, at) =>
      hosts.map(({ nodes, role, inService }, n) => ({
        name: `z1/p${at}/h${n}`,
        pod: at,
        role: role as HostRecord['role'],
        inService,
        agent: 0,
        nodes: nodes.map(({ cpuMillis, memory }) => ({ cpuMillis: 1000 * cpuMillis, memoryBytes: memory * GIB })),
      })),
    ),
    servers: [
      ...pods.flatMap(({ servers }, at) =>
        servers.map((gib, n) => ({ name: `z1/p${at}/s${n}`, pod: at, host: null, capacityBytes: gib * GIB })),
      ),
      ...pods
        .flatMap(({ hosts }, at) => hosts.map(({ disk }) => ({ pod: at, disk })))
        .flatMap(({ pod: at, disk }, id) =>
          disk > 0 ? [{ name: `disk of ${id}`, pod: at, host: id, capacityBytes: disk * GIB }] : [],
        ),
    ],
    vlans: [600, 601, 602, 603],
    bridgeMemoryBytes: GIB / 2,
  });
}

/** The zone after its steps, VMs having gone to any host that can take them. `look` is called before each step, and while things are taken back. */
export function play(
  random: RandomZone,
  {
    decide,
    look = () => undefined,
  }: { decide?: (harness: Harness, question: PlaceQuestion) => HostId | null; look?: (harness: Harness) => void } = {},
): Harness {
  const harness = new Harness(configOf(random));
  let draw = 0;
  harness.decide = (question) => {
    const fitting = fittingHosts(harness.plane.state, question.demand);
    const chosen = decide ? decide(harness, question) : (fitting[draw % fitting.length] ?? null);
    return chosen === null ? { refuse: 'no-capacity' } : { host: chosen };
  };
  harness.register(...accounts);
  let count = 0;
  for (const one of random.steps) {
    look(harness);
    if (one.do === 'start') {
      draw = one.at;
      harness.start(accounts[one.account]!, `vm${count++}`, ['small', 'large', 'small'][one.offering]!);
    } else if (one.do === 'service') toggleService(harness.plane.state, one.at);
    else act(harness, one.do, one.at);
    while (harness.outstanding.length > 0) {
      harness.answer();
      // What is taken back is taken back in steps, each of which an index may miss.
      if (one.do !== 'start') look(harness);
    }
  }
  look(harness);
  return harness;
}

function act(harness: Harness, kind: 'stop' | 'destroy', at: number): void {
  const { state } = harness.plane;
  const vms = [...state.vms.values()].filter(({ role }) => role === 'user');
  const vm = vms[at % Math.max(1, vms.length)];
  if (vm) harness.request({ kind, account: state.accounts[vm.account]!.name, vm: vm.name });
}

function toggleService(state: ZoneState, at: number): void {
  const changed = state.hosts[at % Math.max(1, state.hosts.length)];
  if (!changed) return;
  changed.inService = !changed.inService;
  state.indexes.hostChanged(changed.id);
}

/** A plain scan, with the rules written out once more. */
export function fittingHosts(state: ZoneState, wanted: Demand): HostId[] {
  const room = (one: HostRecord): boolean => {
    const bridges = wanted.networks.filter((id) => !state.network(id).nics.has(one.id)).length;
    if (wanted.host !== null && wanted.host !== one.id) return false;
    const own = state.servers.find((server) => server.host === one.id)?.freeBytes ?? -1;
    if (wanted.localBytes > 0 && own < wanted.localBytes) return false;
    if (bridges > 0 && !switchesCarry(state, wanted.networks, one)) return false;
    return one.inService && tightestNodes(one, wanted, bridges) !== null;
  };
  const inPods = ({ pod: at }: HostRecord): boolean => wanted.pods === null || wanted.pods.includes(at);
  const routed = new Set<PodId>(state.hosts.filter((one) => one.role === 'routing' && room(one)).map((one) => one.pod));
  const role = (one: HostRecord): boolean => {
    if (wanted.role === 'user') return one.role === 'computing' || one.role === 'both';
    return one.role === 'routing' || (one.role === 'both' && !routed.has(one.pod));
  };
  return state.hosts.filter((one) => inPods(one) && role(one) && room(one)).map(({ id }) => id);
}

/** With a virtual NIC of each guest network on the host, no switch has more than it can carry that it did not have. */
function switchesCarry(state: ZoneState, networks: readonly NetworkId[], { id }: HostRecord): boolean {
  const { switches } = state.config;
  if (!switches) return true;
  const there = [...state.nics.values()].map(({ network, host: on }) => ({ network, host: on }));
  const more = networks
    .filter((network) => !state.network(network).nics.has(id))
    .map((network) => ({ network, host: id }));
  const before = loadsOf(state, there);
  return loadsOf(state, [...there, ...more]).every((load, at) => load.has <= load.most || load.has === before[at]!.has);
}

/** What each switch has of each thing, and the most that it can. */
function loadsOf(
  { config, hosts }: ZoneState,
  nics: readonly { network: NetworkId; host: HostId }[],
): { has: number; most: number }[] {
  const { vlanScope, switches } = config;
  if (!switches || vlanScope === 'overlay') return [];
  const pruned = switches.trunks === 'pruned';
  const count = (pods: (at: PodId) => boolean): number =>
    new Set(nics.filter(({ host: on }) => pods(hosts[on]!.pod)).map(({ network }) => network)).size;
  const zone = count(() => true);
  const active = config.pods.map((_, at) => count((one) => one === at));
  const loads = active.flatMap((here, at) => {
    const mine = nics.filter(({ host: on }) => hosts[on]!.pod === at).length;
    const vlans = pruned || vlanScope === 'pod' ? here : zone;
    const ports = pruned ? mine + here : vlans * (1 + hosts.filter((one) => one.pod === at).length);
    const most = switches.pods[at]!;
    return [
      { has: vlans, most: most.vlans },
      { has: ports, most: most.virtualPorts },
    ];
  });
  const uplinks = active.reduce((sum, here) => sum + (pruned || vlanScope === 'pod' ? here : zone), 0);
  if (vlanScope === 'zone') loads.push({ has: zone, most: switches.zone.vlans });
  return [...loads, { has: uplinks, most: switches.zone.virtualPorts }];
}

/** With networks and pods that there are. */
export function demandIn(
  state: ZoneState,
  { pods, host: only, ...rest }: typeof demand extends fc.Arbitrary<infer T> ? T : never,
): Demand {
  const podCount = state.config.pods.length;
  const listed = pods.flatMap((chosen, at) => (chosen && at < podCount ? [at] : []));
  const known = only !== null && only < state.hosts.length ? only : null;
  return { ...rest, host: known, pods: pods.length === 0 ? null : listed };
}
