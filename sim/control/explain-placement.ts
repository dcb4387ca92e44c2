/**
 * Why a VM could, or could not, go where: for a request and the state as it was, each host with what rules it out, or
 * with what the policy judges it by. A pure function beside the decision: it costs nothing unless it is asked. Guarantees
 * the verdict of the plane's own test: a host is ruled out exactly where that says no.
 */
import { tightestNodes, type HostRecord } from './hosts.js';
import { bridgesOn, diskAllowed, nodesIfFits, podAllowed, roleAllowed, switchesTake } from './placement.js';
import { podsForNetworks } from './pod-binding.js';
import type { Criterion, PlacementPolicy, PlacementRequest } from './policy.js';
import type { Demand, HostId, PodId } from './ports.js';
import type { ZoneState } from './state.js';
import { ZoneView } from './view.js';

/** In the order in which they are looked at; codes are permanent. */
export const RULED_OUT_BY = [
  'out-of-service',
  'not-wanted',
  'other-pod',
  'pod-without-storage',
  'local-disk',
  'role',
  'cpu-and-memory',
  'cpu',
  'memory',
  'numa',
  'bridge-memory',
  'switch-vlans',
  'routing-host-first',
] as const;
export type RuledOutBy = (typeof RULED_OUT_BY)[number];

export interface Shortage {
  /** What is missing over the whole host; 0 where there is enough. */
  cpuMillis: number;
  memoryBytes: number;
}

export type Verdict =
  | { host: HostId; by: RuledOutBy; short: Shortage }
  /** `rank` from 1, the best first, as the policy decides ties too; null: it does not rank, or is not known. */
  | { host: HostId; by: null; nodes: readonly number[]; criteria: readonly Criterion[] | null; rank: number | null };

export type Candidate = Extract<Verdict, { by: null }>;
export type RuledOut = Exclude<Verdict, { by: null }>;

export interface PlacementExplanation {
  request: PlacementRequest;
  /** The best first where the policy judges, else in inventory order. */
  candidates: Candidate[];
  /** In inventory order. */
  ruledOut: RuledOut[];
}

/** `policy`: null where it is not known. */
export function explainPlacement(
  state: ZoneState,
  request: PlacementRequest,
  policy: PlacementPolicy | null,
): PlacementExplanation {
  const view = new ZoneView(state);
  const candidates: Candidate[] = [];
  const ruledOut: RuledOut[] = [];
  for (const host of state.hosts) {
    const nodes = nodesIfFits(state, host.id, undefined, request.demand);
    if (nodes === null) ruledOut.push(ruleOut(state, host, request.demand));
    else {
      const criteria = policy?.judge?.(request, host.id, view) ?? null;
      candidates.push({ host: host.id, by: null, nodes, criteria, rank: null });
    }
  }
  candidates.sort((a, b) => compare(a.criteria, b.criteria) || a.host - b.host);
  if (policy?.judge) candidates.forEach((candidate, at) => (candidate.rank = at + 1));
  return { request, candidates, ruledOut };
}

/** Below 0: the first is the better one. */
function compare(one: readonly Criterion[] | null, other: readonly Criterion[] | null): number {
  for (const [at, { value, better }] of (one ?? []).entries()) {
    const against = other?.[at];
    if (against === undefined) return 0;
    if (value !== against.value) return better === 'more' ? against.value - value : value - against.value;
  }
  return 0;
}

function ruleOut(state: ZoneState, host: HostRecord, demand: Demand): RuledOut {
  const sum = (of: (node: HostRecord['nodes'][number]) => number): number =>
    host.nodes.reduce((total, node) => total + of(node), 0);
  const short = {
    cpuMillis: Math.max(0, demand.cpuMillis - sum((node) => node.freeCpuMillis)),
    memoryBytes: Math.max(0, demand.memoryBytes - sum((node) => node.freeMemoryBytes)),
  };
  return { host: host.id, by: reasonOf(state, host, demand, short), short };
}

function reasonOf(state: ZoneState, host: HostRecord, demand: Demand, short: Shortage): RuledOutBy {
  if (!host.inService) return 'out-of-service';
  if (demand.notOn?.includes(host.id) === true) return 'not-wanted';
  if (!podAllowed(demand, host.pod)) return isOtherPod(state, host.pod, demand) ? 'other-pod' : 'pod-without-storage';
  if (!diskAllowed(state, demand, host.id)) return 'local-disk';
  if (host.role === (demand.role === 'router' ? 'computing' : 'routing')) return 'role';
  if (short.cpuMillis > 0) return short.memoryBytes > 0 ? 'cpu-and-memory' : 'cpu';
  if (short.memoryBytes > 0) return 'memory';
  if (tightestNodes(host, demand, 0) === null) return 'numa';
  if (tightestNodes(host, demand, bridgesOn(state, demand, host.id)) === null) return 'bridge-memory';
  if (!switchesTake(state, demand, host)) return 'switch-vlans';
  return roleAllowed(state, host, demand) ? 'numa' : 'routing-host-first';
}

/** Whether it is for its guest networks that the demand may not go there. */
function isOtherPod(state: ZoneState, pod: PodId, demand: Demand): boolean {
  const pods = podsForNetworks(state, demand);
  return typeof pods === 'string' || pods?.includes(pod) === false;
}
