/**
 * A plane with agents that a test answers for by hand: what leaves is kept, what comes back is the test's choice.
 */
import type { ZoneConfig } from '../../sim/control/config.js';
import type { Transaction } from '../../sim/control/history.js';
import type { DefragPlan } from '../../sim/control/defrag/policy.js';
import type {
  AgentReason,
  Answer,
  Command,
  Decision,
  InquiredState,
  Input,
  PlaceQuestion,
  PlanQuestion,
  Question,
  Request,
  Want,
} from '../../sim/control/ports.js';
import { firstFit } from '../../sim/control/scheduler/first-fit.js';
import { UNTHROTTLED } from '../../sim/control/throttle.js';
import { ZonePlane } from '../../sim/control/zone-plane.js';

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const GIB = 1024 ** 3;

type WithoutRef<T> = T extends unknown ? Omit<T, 'ref'> : never;

const plain = { localDisk: false, template: null, throttle: UNTHROTTLED };

export function smallZone(change: Partial<ZoneConfig> = {}): ZoneConfig {
  const node = { cpuMillis: 4000, memoryBytes: 8 * GIB };
  return {
    zone: 'z1',
    pods: [{ name: 'z1/p1' }, { name: 'z1/p2' }],
    hosts: [0, 0, 1, 1].map((pod, at) => ({
      name: `z1/p${pod + 1}/h${at}`,
      pod,
      role: 'both' as const,
      inService: true,
      agent: at,
      nodes: at % 2 === 0 ? [node, node] : [node],
    })),
    agents: [0, 1, 2, 3].map((at) => ({ name: `agent ${at}` })),
    servers: [0, 1].map((pod) => ({ name: `z1/p${pod + 1}/s1`, pod, host: null, capacityBytes: 200 * GIB })),
    offerings: [
      { name: 'small', cpuMillis: 1000, memoryBytes: GIB, diskBytes: 10 * GIB, ...plain },
      { name: 'large', cpuMillis: 6000, memoryBytes: 6 * GIB, diskBytes: 40 * GIB, ...plain },
      { name: 'router', cpuMillis: 500, memoryBytes: GIB / 2, diskBytes: 2 * GIB, ...plain },
    ],
    functions: [{ name: 'web-server', offering: 0 }],
    templates: [],
    routerOffering: 2,
    vlanScope: 'zone',
    vlans: [600, 601, 602],
    vlanAssigned: 'at-first-use',
    guestRange: { first: 0x0a010100, prefixLength: 24 },
    guestGateway: 0x0a010101,
    publicRanges: [{ first: 0xcb007101, last: 0xcb007106 }],
    managementRanges: [{ first: 0xc0a80001, last: 0xc0a80ffe }],
    collectAfterMicros: 10 * MINUTE,
    holdStoppedMicros: 0,
    bridgeMemoryBytes: 1024 ** 2,
    throttle: UNTHROTTLED,
    switches: null,
    commands: { timeoutMicros: MINUTE, attempts: 3, retryMicros: 5 * MINUTE },
    migration: {
      ...{ perHost: 2, perPodUplink: 4, perZone: null },
      limits: {
        ...{ bitsPerSecond: null, downtimeMicros: 300_000, timeoutMicros: 10 * MINUTE },
        ...{ ifNotConverging: 'abort', disks: 'mirror', diskTimeoutMicros: 60 * MINUTE },
      },
    },
    defrag: null,
    ...change,
  };
}

/** A zone of everything: hosts' own disks, a template, and capacity that stopped VMs keep. */
export function fullZone(change: Partial<ZoneConfig> = {}): ZoneConfig {
  const zone = smallZone();
  const local = [1, 2].map((host) => ({
    name: `${zone.hosts[host]!.name}/disk`,
    pod: zone.hosts[host]!.pod,
    host,
    capacityBytes: 60 * GIB,
  }));
  return {
    ...zone,
    servers: [...zone.servers, ...local],
    offerings: [
      ...zone.offerings,
      { name: 'imaged', cpuMillis: 1000, memoryBytes: GIB, diskBytes: 10 * GIB, ...plain, template: 0 },
      { name: 'near', cpuMillis: 1000, memoryBytes: GIB, diskBytes: 20 * GIB, ...plain, localDisk: true, template: 0 },
    ],
    templates: [{ name: 'debian', bytes: 2 * GIB }],
    holdStoppedMicros: 5 * MINUTE,
    ...change,
  };
}

export class Harness {
  readonly history: Transaction[] = [];
  /** Commands sent and not yet answered, in order. */
  readonly outstanding: Command[] = [];
  readonly answered: Command[] = [];
  now = 0;
  wakeAt: number | null = null;
  /** What inquiries find: a migrated VM has arrived. */
  readonly stateAt: Partial<Record<Command['kind'], InquiredState>> = {
    ...{ 'inquire-source': 'departed', 'inquire-destination': 'running' },
  };
  private ref = 0;
  plan: (question: PlanQuestion) => DefragPlan = () => ({ moves: [], left: [] });
  decide: (question: PlaceQuestion) => Decision = ({ vm, account, demand }) =>
    firstFit.place({ vm, account, demand }, this.plane.view);

  constructor(
    readonly config: ZoneConfig = smallZone(),
    readonly plane: Pick<ZonePlane, 'turn' | 'state' | 'view'> = new ZonePlane(config),
  ) {}

  feed(...inputs: Input[]): Transaction[] {
    const from = this.history.length;
    const questions: Question[] = [];
    const take = (more: readonly Input[]): void => {
      const turn = this.plane.turn(this.now, more);
      this.history.push(...turn.transactions);
      this.outstanding.push(...turn.commands);
      questions.push(...turn.questions);
      this.wakeAt = turn.wakeAt;
    };
    take(inputs);
    for (let question = questions.shift(); question; question = questions.shift())
      take([{ kind: 'answer', answer: this.answerTo(question) }]);
    return this.history.slice(from);
  }

  private answerTo(question: Question): Answer {
    const { number } = question;
    if (question.kind === 'plan') return { question: number, plan: this.plan(question) };
    return { question: number, decision: this.decide(question) };
  }

  request(request: WithoutRef<Request>): Transaction[] {
    return this.feed({ kind: 'request', request: { ...request, ref: this.ref++ } as Request });
  }

  register(...names: string[]): void {
    for (const name of names) this.request({ kind: 'register-account', name, zone: 'z1' });
  }

  start(account: string, vm: string, offering = 'small'): Transaction[] {
    return this.startAs(account, vm, { offering });
  }

  startAs(account: string, vm: string, want: Want): Transaction[] {
    return this.request({ kind: 'start-new', account, vm, want });
  }

  report(command: number, failed: AgentReason | null = null, vmState?: InquiredState): Transaction[] {
    const said = vmState === undefined ? {} : { vmState };
    return this.feed({ kind: 'report', report: { kind: 'outcome', command, failed, ...said } });
  }

  /** Answers the oldest outstanding command. */
  answer(failed: AgentReason | null = null): Transaction[] {
    const command = this.outstanding.shift()!;
    this.answered.push(command);
    return this.report(command.number, failed, this.stateAt[command.kind]);
  }

  /** Every command is done, those that follow too. */
  settle(): void {
    while (this.outstanding.length > 0) this.answer();
  }

  advanceTo(now: number): Transaction[] {
    this.now = now;
    return this.feed();
  }

  stateOf(account: string, vm: string): string {
    const record = this.plane.state.accounts[this.plane.state.accountByName.get(account)!]!;
    const id = record.vms.get(vm);
    return id === undefined ? 'destroyed' : this.plane.state.vm(id).state;
  }

  /** How the latest request ended; "open" while it has not. */
  lastOutcome(): string {
    const begun = this.history.filter((tx) => tx.kind === 'request').at(-1)!;
    const ended = this.history.find((tx) => tx.kind === 'request-ended' && tx.request === begun.request);
    return ended?.kind === 'request-ended' ? (ended.reason ?? ended.outcome) : 'open';
  }
}
