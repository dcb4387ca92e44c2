/**
 * A zone whose agents obey at once: requests go into the plane's turn, questions are answered by a policy over the view,
 * commands come back as done. Guarantees that every VM went the whole way (guest network, routing appliance, disk, virtual
 * NIC, mount, start) and runs at the end; the history is produced and dropped.
 */
import { assert } from '../base/assert.js';
import { GIB, MICROS_PER_SECOND, MIB, TIB } from '../base/units.js';
import type { OfferingConfig, ZoneConfig } from '../control/config.js';
import type { Context, PlacementPolicy } from '../control/policy.js';
import type { Input, Question, Request, Answer } from '../control/ports.js';
import { UNTHROTTLED } from '../control/throttle.js';
import { ZonePlane } from '../control/zone-plane.js';
import { Streams, type Stream } from '../engine/streams.js';

export interface CloudSize {
  hosts: number;
  vms: number;
}

const HOSTS_PER_POD = 32;
/** Two to a host. */
const NODE = { cpuMillis: 24_000, memoryBytes: 128 * GIB };
const VMS_PER_ACCOUNT = 200;
const LEAST_ACCOUNTS = 200;
/** As many as there are VLAN IDs, with some to spare. */
const MOST_ACCOUNTS = 4_000;
/** Ten requests a second. */
const PAUSE_MICROS = MICROS_PER_SECOND / 10;

const PLAIN = { localDisk: false, template: null, throttle: UNTHROTTLED };

/** Share of the VMs beside each: 2.8 cores and 7.4 GiB on average. Ten to a host leave room for what spreading policies break up. */
const OFFERINGS: readonly (OfferingConfig & { share: number })[] = [
  { name: 'tiny', cpuMillis: 1_000, memoryBytes: 2 * GIB, diskBytes: 20 * GIB, ...PLAIN, share: 0.4 },
  { name: 'small', cpuMillis: 2_000, memoryBytes: 4 * GIB, diskBytes: 40 * GIB, ...PLAIN, share: 0.3 },
  { name: 'medium', cpuMillis: 4_000, memoryBytes: 8 * GIB, diskBytes: 40 * GIB, ...PLAIN, share: 0.2 },
  { name: 'large', cpuMillis: 8_000, memoryBytes: 32 * GIB, diskBytes: 80 * GIB, ...PLAIN, share: 0.08 },
  { name: 'huge', cpuMillis: 16_000, memoryBytes: 64 * GIB, diskBytes: 160 * GIB, ...PLAIN, share: 0.02 },
  { name: 'router', cpuMillis: 500, memoryBytes: GIB / 2, diskBytes: 2 * GIB, ...PLAIN, share: 0 },
];
const ROUTER = OFFERINGS.length - 1;

export class InstantCloud {
  readonly plane: ZonePlane;
  private readonly context: Context;
  private readonly sizes: Stream;
  private readonly customers: Stream;
  private readonly accounts: string[];
  private now = 0;
  private refs = 0;

  constructor(
    private readonly size: CloudSize,
    private readonly policy: PlacementPolicy,
    seed: number,
  ) {
    this.plane = new ZonePlane(zoneOf(size));
    const streams = new Streams(seed);
    const chance = streams.stream(`policies/placement/z1/${policy.name}`);
    this.context = { draw: () => chance.next(), keepGoing: () => true };
    this.sizes = streams.stream('sizes');
    this.customers = streams.stream('customers');
    const count = Math.min(MOST_ACCOUNTS, Math.max(LEAST_ACCOUNTS, Math.ceil(size.vms / VMS_PER_ACCOUNT)));
    this.accounts = Array.from({ length: count }, (_, at) => `c${at}`);
  }

  /** Registers the customers and starts all VMs, one after the other; returns how many transactions that took. */
  fill(): number {
    let transactions = 0;
    for (const name of this.accounts)
      transactions += this.take({ kind: 'register-account', ref: this.refs++, name, zone: 'z1' });
    for (let at = 0; at < this.size.vms; at++) {
      const account = this.accounts[Math.floor(this.customers.next() * this.accounts.length)]!;
      const offering = offeringAt(this.sizes.next());
      transactions += this.take({ kind: 'start-new', ref: this.refs++, account, vm: `vm${at}`, want: { offering } });
    }
    this.checkAllRun();
    return transactions;
  }

  /** One request, and all that follows from it. */
  private take(request: Request): number {
    this.now += PAUSE_MICROS;
    let transactions = 0;
    let inputs: Input[] = [{ kind: 'request', request }];
    const questions: Question[] = [];
    while (inputs.length > 0) {
      const turn = this.plane.turn(this.now, inputs);
      transactions += turn.transactions.length;
      inputs = turn.commands.map(({ number: command }) => ({
        kind: 'report',
        report: { kind: 'outcome', command, failed: null },
      }));
      questions.push(...turn.questions);
      // One answer a turn: each changes what the next policy sees.
      const question = questions.shift();
      if (question) inputs.push({ kind: 'answer', answer: this.answer(question) });
    }
    return transactions;
  }

  private answer(asked: Question): Answer {
    assert(asked.kind === 'place', 'nothing is defragmented');
    const { number: question, vm, account, demand } = asked;
    return { question, decision: this.policy.place({ vm, account, demand }, this.plane.view, this.context) };
  }

  private checkAllRun(): void {
    let running = 0;
    for (const { role, state } of this.plane.state.vms.values()) if (role === 'user' && state === 'running') running++;
    assert(running === this.size.vms, () => `${running} of ${this.size.vms} VMs run under ${this.policy.name}`);
  }
}

function offeringAt(u: number): string {
  let below = 0;
  for (const { name, share } of OFFERINGS) {
    below += share;
    if (u < below) return name;
  }
  return OFFERINGS[0]!.name;
}

function zoneOf({ hosts }: CloudSize): ZoneConfig {
  const pods = Math.ceil(hosts / HOSTS_PER_POD);
  const podNames = Array.from({ length: pods }, (_, at) => `z1/p${at}`);
  return {
    zone: 'z1',
    pods: podNames.map((name) => ({ name })),
    hosts: Array.from({ length: hosts }, (_, at) => {
      const pod = Math.floor(at / HOSTS_PER_POD);
      return {
        name: `${podNames[pod]!}/h${at % HOSTS_PER_POD}`,
        pod,
        role: 'both',
        inService: true,
        agent: at,
        nodes: [NODE, NODE],
      };
    }),
    agents: Array.from({ length: hosts }, (_, at) => ({ name: `agent ${at}` })),
    servers: podNames.map((name, pod) => ({ name: `${name}/s1`, pod, host: null, capacityBytes: 64 * TIB })),
    offerings: OFFERINGS,
    functions: [],
    templates: [],
    routerOffering: ROUTER,
    vlanScope: 'zone',
    vlans: Array.from({ length: 4094 }, (_, at) => at + 1),
    vlanAssigned: 'at-first-use',
    guestRange: { first: 0x0a000000, prefixLength: 8 },
    guestGateway: 0x0a010101,
    publicRanges: [{ first: 0xcb007101, last: 0xcb0080fe }],
    managementRanges: [{ first: 0xc0a80001, last: 0xc0a8fffe }],
    collectAfterMicros: 600 * MICROS_PER_SECOND,
    holdStoppedMicros: 0,
    bridgeMemoryBytes: MIB,
    throttle: UNTHROTTLED,
    switches: null,
    defrag: null,
    migration: {
      ...{ perHost: null, perPodUplink: null, perZone: null },
      limits: {
        ...{ bitsPerSecond: null, downtimeMicros: 300_000, timeoutMicros: 800_000_000 },
        ...{ ifNotConverging: 'abort', disks: 'mirror', diskTimeoutMicros: 14_400_000_000 },
      },
    },
    commands: { timeoutMicros: 60 * MICROS_PER_SECOND, attempts: 3, retryMicros: 300 * MICROS_PER_SECOND },
  };
}
