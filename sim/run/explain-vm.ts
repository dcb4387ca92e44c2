/**
 * What became of a VM in a recorded run, and why: its recorded history, folded up to each decision about it, gives the
 * view and the demand that the policy had, and with them every host's verdict. Guarantees that what it explains is what
 * was: nothing is run again, and a history that does not fold is an error.
 */
import { InputError, RunError } from '../base/errors.js';
import { explainPlacement, type PlacementExplanation } from '../control/explain-placement.js';
import { applyTransaction } from '../control/fold/fold.js';
import { exactQuantity } from '../base/units.js';
import type { Transaction } from '../control/history.js';
import { demandOf } from '../control/placement.js';
import type { PlacementPolicy } from '../control/policy.js';
import type { Demand, VmId, VmRole } from '../control/ports.js';
import { placementPolicy } from '../control/scheduler/registry.js';
import { ZoneState } from '../control/state.js';
import { VM_STATES } from '../control/vm-states.js';
import type { RecordedRun } from '../store/open-run.js';
import { findVm, type KnownVm } from './find-vm.js';
import { loadScenario } from './load.js';
import { VERSION } from './version.js';
import { zoneConfig } from './zone-config.js';

export interface VmExplanation {
  zone: string;
  vm: {
    id: VmId;
    /** "acme/vm-0001" */
    name: string;
    role: VmRole;
    cpuMillis: number;
    memoryBytes: number;
    diskBytes: number;
  };
  /** Other VMs that had this name, by number. */
  namesakes: VmId[];
  /** `describe`: null where the policy is not one of this version's, so that its ranking is unknown. */
  policy: { name: string; describe: string | null };
  decisions: ExplainedDecision[];
  /** In order of time. */
  history: VmMoment[];
}

export interface ExplainedDecision {
  atMicros: number;
  demand: Demand;
  outcome: DecisionOutcome;
  candidates: ExplainedCandidate[];
  ruledOut: ExplainedGroup[];
}

/** `asked-again`: the answer did not hold. */
export type DecisionOutcome =
  | { kind: 'placed'; host: string; nodes: readonly number[] }
  | { kind: 'refused'; reason: string | null }
  | { kind: 'asked-again' };

export interface ExplainedCandidate {
  host: string;
  nodes: readonly number[];
  /** From 1, the best first; null: the policy's ranking is unknown, or it has none. */
  rank: number | null;
  criteria: PlacementExplanation['candidates'][number]['criteria'];
  chosen: boolean;
}

/** Hosts ruled out for one reason. */
export interface ExplainedGroup {
  by: PlacementExplanation['ruledOut'][number]['by'];
  /** The one that lacks least, and what; null where nothing can be said to lack. */
  closest: { host: string; cpuMillis: number; memoryBytes: number } | null;
  hosts: string[];
}

export interface VmMoment {
  atMicros: number;
  what: 'request' | 'request-ended' | 'state' | 'placed' | 'unplaced' | 'hold-ended' | 'size';
  /** E.g. "requested -> placing". */
  text: string;
  why: string | null;
}

/** `wanted`: "12", "zone/12" or "account/name". Throws InputError where the run has no such VM, or no history. */
export function explainVm(run: RecordedRun, wanted: string): VmExplanation {
  const { header, summary } = run;
  if (header.record !== 'full')
    throw InputError.of(
      'no-history',
      'the run was recorded under "record: summary": its history was not kept; run it again with --set record=full',
    );
  if (header.version !== VERSION)
    throw InputError.of(
      'other-version',
      `the run was recorded by podtwin ${header.version}, this is ${VERSION}: run its scenario again, then explain`,
    );
  const scenario = loadScenario('scenario.yaml', { readFile: () => header.scenarioText });
  const found = findVm(run, wanted);
  const zone = scenario.zones.find(({ name }) => name === found.vm.zone)!;
  const { placement } = scenario.policies;
  const { placement: decided } = summary.policies;
  // A caller of the library may have put another one in the scenario's place.
  const policy = placementPolicy(decided, decided === placement.name ? placement.options : {}) ?? null;
  const { decisions, history } = told(
    run.history(found.lane),
    new ZoneState(zoneConfig(scenario, zone)),
    found.vm,
    policy,
  );
  const { id, fullName, role, cpuMillis, memoryBytes, diskBytes } = found.vm;
  return {
    zone: zone.name,
    vm: { id, name: fullName, role, cpuMillis, memoryBytes, diskBytes },
    namesakes: found.namesakes,
    policy: { name: decided, describe: policy?.describe ?? null },
    decisions,
    history,
  };
}

/**
 * A policy answers after the turn that asked it, one question after the other: what it saw is the state just before the
 * answer's first transaction, what it was asked is the demand as it stood when it was asked.
 */
function told(
  history: Iterable<Transaction>,
  state: ZoneState,
  { id, account }: KnownVm,
  policy: PlacementPolicy | null,
): { decisions: ExplainedDecision[]; history: VmMoment[] } {
  const decisions: ExplainedDecision[] = [];
  const moments: VmMoment[] = [];
  let asked: Demand | null = null;
  for (const tx of history) {
    const outcome = asked && outcomeOf(tx, id, state);
    if (asked && outcome) {
      const explanation = explainPlacement(state, { vm: id, account, demand: asked }, policy);
      decisions.push(named(state, tx.at, explanation, outcome));
      asked = null;
    }
    foldIn(state, tx);
    if (tx.kind === 'asked' && tx.vm === id) {
      const vm = state.vm(id);
      const demand = demandOf(state, vm);
      asked = typeof demand === 'string' ? null : demand;
    }
    const moment = momentOf(tx, id, state);
    if (moment) moments.push(moment);
  }
  return { decisions, history: moments };
}

function foldIn(state: ZoneState, tx: Transaction): void {
  try {
    applyTransaction(state, tx);
  } catch (cause) {
    throw new RunError('broken-history', `the recorded history does not fold: ${String(cause)}`, { cause });
  }
}

function sizeText({ cpuMillis, memoryBytes }: { cpuMillis: number; memoryBytes: number }): string {
  return `${exactQuantity('cpu', cpuMillis)}, ${exactQuantity('memory', memoryBytes)}`;
}

/** What the transaction says of the VM's question, if it is the first that the answer brings. */
function outcomeOf(tx: Transaction, id: VmId, state: ZoneState): DecisionOutcome | null {
  if (!('vm' in tx) || tx.vm !== id) return null;
  if (tx.kind === 'placed') return { kind: 'placed', host: state.host(tx.host).name, nodes: tx.nodes };
  if (tx.kind === 'vm-state') return { kind: 'refused', reason: tx.reason };
  return tx.kind === 'asked' ? { kind: 'asked-again' } : null;
}

function named(
  state: ZoneState,
  atMicros: number,
  { request, candidates, ruledOut }: PlacementExplanation,
  outcome: DecisionOutcome,
): ExplainedDecision {
  const nameOf = (host: number): string => state.host(host).name;
  const groups = new Map<string, ExplainedGroup>();
  for (const { host, by, short } of ruledOut) {
    let group = groups.get(by);
    if (!group) groups.set(by, (group = { by, closest: null, hosts: [] }));
    group.hosts.push(nameOf(host));
    const lacks = short.cpuMillis > 0 || short.memoryBytes > 0;
    if (NAMES_AMOUNT.has(by) && lacks && isCloser(short, group.closest, request.demand))
      group.closest = { host: nameOf(host), ...short };
  }
  return {
    atMicros,
    demand: request.demand,
    outcome,
    candidates: candidates.map(({ host, nodes, rank, criteria }) => {
      const chosen = outcome.kind === 'placed' && outcome.host === nameOf(host);
      return { host: nameOf(host), nodes, rank, criteria, chosen };
    }),
    ruledOut: [...groups.values()].sort((a, b) => b.hosts.length - a.hosts.length || (a.by < b.by ? -1 : 1)),
  };
}

const NAMES_AMOUNT: ReadonlySet<string> = new Set(['cpu-and-memory', 'cpu', 'memory']);

/** By what is missing as a share of the demand, the larger of the two; the first of equals stays. */
function isCloser(
  short: { cpuMillis: number; memoryBytes: number },
  than: { cpuMillis: number; memoryBytes: number } | null,
  demand: Demand,
): boolean {
  const lack = ({ cpuMillis, memoryBytes }: typeof short): number =>
    Math.max(cpuMillis / Math.max(1, demand.cpuMillis), memoryBytes / Math.max(1, demand.memoryBytes));
  return than === null || lack(short) < lack(than);
}

function momentOf(tx: Transaction, id: VmId, state: ZoneState): VmMoment | null {
  if (!('vm' in tx) || tx.vm !== id) return null;
  const { at: atMicros } = tx;
  switch (tx.kind) {
    case 'request':
      return { atMicros, what: 'request', text: `asked to ${tx.type}`, why: null };
    case 'request-ended':
      return { atMicros, what: 'request-ended', text: `${tx.type} ${tx.outcome}`, why: tx.reason };
    case 'vm-state': {
      const row = VM_STATES.rows.find(([from, event]) => from === tx.from && event === tx.event);
      const why = tx.reason ?? row?.[3] ?? null;
      return { atMicros, what: 'state', text: `${tx.from} -> ${tx.to}`, why };
    }
    case 'placed': {
      const nodes = tx.nodes.length === 1 ? `NUMA node ${tx.nodes[0]!}` : `NUMA nodes ${tx.nodes.join(', ')}`;
      const unasked = tx.question === null ? ', no policy asked: its place was known' : '';
      return { atMicros, what: 'placed', text: `placed on ${state.host(tx.host).name}, ${nodes}${unasked}`, why: null };
    }
    case 'unplaced': {
      const held = tx.heldUntil === null ? '' : ', its place kept for it';
      return { atMicros, what: 'unplaced', text: `gone from ${state.host(tx.host).name}${held}`, why: null };
    }
    case 'vm-moved':
      return { atMicros, what: 'placed', text: `migrated to ${state.host(tx.host).name}`, why: null };
    case 'hold-ended':
      return { atMicros, what: 'hold-ended', text: `no place kept on ${state.host(tx.host).name} any more`, why: null };
    case 'vm-resize':
      return { atMicros, what: 'size', text: `to have ${sizeText(tx)}`, why: null };
    case 'vm-size':
      return { atMicros, what: 'size', text: `has ${sizeText(tx)}`, why: null };
    default:
      return null;
  }
}
