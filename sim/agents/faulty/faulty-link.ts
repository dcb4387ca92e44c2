/**
 * An agent port behind a link that loses, doubles and holds up messages, commands on the way there and reports on the
 * way back. It wraps any port, and is one itself. With no faults, or healed, it is as if it were not there: no event, no draw.
 */
import { assert } from '../../base/assert.js';
import type { AgentCommand, AgentPort, CommandKind, OutcomeReport } from '../../control/ports.js';
import type { Streams } from '../../engine/streams.js';
import { NO_FAULTS, type FaultRatios, type ScriptedFault } from './fault-config.js';
import { FaultyChannel } from './faulty-channel.js';

/** Whoever has messages come later: a lane of simulated time, for one. */
export interface LinkClock {
  register(name: string, handler: (slot: number) => void, phase?: number): number;
  after(delayMicros: number, kind: number, slot: number): unknown;
}

export interface FaultyLinkOptions {
  clock: LinkClock;
  streams: Streams;
  /** Stands in the names of the streams. */
  name: string;
  ratios?: FaultRatios;
  /** How long a message is held up, for a uniform in [0, 1); needed where any is. */
  delayMicros?: (u: number) => number;
  scripted?: readonly ScriptedFault[];
  /** Place within an instant of messages that were held up; absent: the clock's own. */
  phases?: { command: number; report: number };
  agent: AgentPort;
  deliver(report: OutcomeReport): void;
}

export class FaultyLink implements AgentPort {
  private readonly commands: FaultyChannel<AgentCommand>;
  private readonly reports: FaultyChannel<OutcomeReport>;
  private readonly script: Script;
  private healed = false;

  constructor(options: FaultyLinkOptions) {
    const { agent, deliver, scripted = [] } = options;
    this.commands = channel(options, 'command', (command) => agent.send(command));
    this.reports = channel(options, 'report', (report) => deliver(report));
    this.script = new Script(scripted);
  }

  /** From the plane. */
  send(command: AgentCommand): void {
    this.commands.send(command, this.healed ? undefined : this.script.ofCommand(command));
  }

  /** From the agent: what its port is told to call with each report. */
  report(report: OutcomeReport): void {
    this.reports.send(report, this.healed ? undefined : this.script.ofReport(report));
  }

  /** From now on nothing goes wrong, by chance or script; what is held up still comes. */
  heal(): void {
    this.healed = true;
    this.commands.heal();
    this.reports.heal();
  }

  /** Messages held up. */
  get pending(): number {
    return this.commands.pending + this.reports.pending;
  }
}

function channel<Message>(
  { clock, streams, name, ratios = NO_FAULTS, delayMicros, scripted = [], phases }: FaultyLinkOptions,
  direction: 'command' | 'report',
  pass: (message: Message) => void,
): FaultyChannel<Message> {
  const mayDelay = ratios.delayRatio > 0 || scripted.some(({ fault }) => typeof fault === 'object');
  assert(ratios.delayRatio === 0 || delayMicros, () => `${name}: messages are held up, but for how long?`);
  const kind = mayDelay ? clock.register(`${direction}-held-up`, (slot) => made.arrive(slot), phases?.[direction]) : -1;
  const made: FaultyChannel<Message> = new FaultyChannel(ratios, streams, `${name}/${direction}s`, {
    pass,
    later: (delay, slot) => void clock.after(delay, kind, slot),
    delayMicros: delayMicros ?? (() => 0),
  });
  return made;
}

/** Counts the messages that a script speaks of, and finds the fault of each. */
class Script {
  private readonly faults = new Map<string, ScriptedFault['fault']>();
  private readonly counts = new Map<string, number>();
  /** Kinds whose reports the script speaks of, and the commands of these kinds that came by. */
  private readonly reportKinds = new Set<CommandKind>();
  private readonly kindOf = new Map<number, CommandKind>();

  constructor(scripted: readonly ScriptedFault[]) {
    for (const { message, kind, nth, fault } of scripted) {
      this.faults.set(`${message} ${kind} ${nth}`, fault);
      if (message === 'report') this.reportKinds.add(kind);
    }
  }

  ofCommand({ number, kind }: AgentCommand): ScriptedFault['fault'] | undefined {
    if (this.faults.size === 0) return undefined;
    if (this.reportKinds.has(kind)) this.kindOf.set(number, kind);
    return this.next('command', kind);
  }

  ofReport({ command }: OutcomeReport): ScriptedFault['fault'] | undefined {
    const kind = this.kindOf.get(command);
    return kind === undefined ? undefined : this.next('report', kind);
  }

  private next(message: ScriptedFault['message'], kind: CommandKind): ScriptedFault['fault'] | undefined {
    const counted = `${message} ${kind}`;
    const nth = (this.counts.get(counted) ?? 0) + 1;
    this.counts.set(counted, nth);
    return this.faults.get(`${counted} ${nth}`);
  }
}
