/** A lane, a plant and the simulated agents on it, with or without a link before them; and as the contract's harness. */
import { Durations, type DurationsConfig } from '../../sim/datacenter/durations.js';
import { Plant, type PlantConfig } from '../../sim/datacenter/plant.js';
import { FaultyLink, type FaultyLinkOptions } from '../../sim/agents/faulty/faulty-link.js';
import { SimulatedAgents } from '../../sim/agents/simulated/simulated-agents.js';
import type { AgentPort, OutcomeReport } from '../../sim/control/ports.js';
import { Lane } from '../../sim/engine/lane.js';
import { Streams } from '../../sim/engine/streams.js';
import { CONTRACT_DATACENTER, type AgentHarness } from './agent-contract.js';
import { SECOND } from './commands.js';

export const LATENCY = 1000;

export const FIXED: DurationsConfig = {
  bootSeconds: { kind: 'constant', value: 34 },
  shutdownSeconds: { kind: 'constant', value: 5 },
  diskCreateSeconds: { kind: 'constant', value: 3 },
  templateCopyBytesPerSecond: null,
  storageCopyBytesPerSecond: 125e6,
};

export interface WorldOptions {
  datacenter?: PlantConfig;
  durations?: DurationsConfig;
  latencyMicros?: number;
  seed?: number;
  /** A link between the plane's side and the agents. */
  link?: Partial<FaultyLinkOptions>;
}

export class SimulatedWorld {
  readonly lane = new Lane('z1');
  readonly streams: Streams;
  readonly plant: Plant;
  readonly agents: SimulatedAgents;
  readonly link: FaultyLink | null = null;
  readonly port: AgentPort;
  /** Reports that came, with their time. */
  readonly reports: (OutcomeReport & { at: number })[] = [];
  boots = 0;

  constructor({ datacenter = CONTRACT_DATACENTER, durations = FIXED, ...options }: WorldOptions = {}) {
    const { lane } = this;
    this.streams = new Streams(options.seed ?? 1);
    this.plant = new Plant(datacenter);
    this.plant.observe({ vmRunning: () => this.boots++ });
    const deliver = (report: OutcomeReport): void => void this.reports.push({ ...report, at: lane.now });
    this.agents = new SimulatedAgents({
      lane,
      plant: this.plant,
      durations: new Durations(durations, this.streams, 'z1'),
      latencyMicros: options.latencyMicros ?? LATENCY,
      deliver: (report) => (this.link ? this.link.report(report) : deliver(report)),
    });
    if (options.link)
      this.link = new FaultyLink({
        clock: lane,
        streams: this.streams,
        name: 'z1',
        agent: this.agents,
        deliver,
        ...options.link,
      });
    this.port = this.link ?? this.agents;
  }

  /** Everything that was set going ends. */
  settle(): void {
    this.lane.runUntil(Infinity);
  }

  advance(micros: number): void {
    const until = this.lane.now + micros;
    this.lane.runUntil(until);
    this.lane.passTo(until);
  }
}

export function contractHarness(options: WorldOptions = {}): AgentHarness {
  const world = new SimulatedWorld(options);
  const { plant } = world;
  return {
    send: (command) => world.port.send(command),
    settle() {
      world.settle();
      return world.reports.splice(0).map(({ at, ...report }) => report);
    },
    begin: () => world.advance(SECOND),
    runs: (host, vm) => plant.domainOn(host, vm)?.state === 'running',
    mounted(disk) {
      const found = plant.storage.disk(disk);
      return found && found.vm >= 0 ? { vm: found.vm, host: found.host } : null;
    },
    hasNic: (host, network) => plant.bridges.on(host, network) !== undefined,
    diskBytes: (disk) => plant.storage.disk(disk)?.bytes ?? null,
    boots: () => world.boots,
    sizeOf(host, vm) {
      const domain = plant.domainOn(host, vm);
      return domain ? { cpuMillis: domain.cpuMillis, memoryBytes: domain.memoryBytes } : null;
    },
    throttleOf: (host, vm) => plant.domainOn(host, vm)?.throttle ?? null,
    hasRule: (appliance, rule) => {
      const rules = appliance === null ? plant.rules.firewall : plant.rules.appliances.get(appliance);
      return rules?.has(rule) ?? false;
    },
    hasTemplate: (copy) => plant.storage.copies.get(copy)?.ready ?? false,
    hasSnapshot: (snapshot) => plant.storage.snapshots.get(snapshot)?.ready ?? false,
  };
}
