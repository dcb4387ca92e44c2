/**
 * A zone put together on its lane: plane, driver, agents (behind a faulty link, where the scenario has faults), plant,
 * measures and customers. Guarantees that nothing but messages leads out of it, and that numbers which stand in its
 * history are its own, so that its digest stands whatever happens in other zones.
 */
import { assert } from '../base/assert.js';
import { microsOf } from '../base/units.js';
import { FaultyLink } from '../agents/faulty/faulty-link.js';
import { SimulatedAgents } from '../agents/simulated/simulated-agents.js';
import type { DefragPolicy, MoveEstimate } from '../control/defrag/policy.js';
import type { PlacementPolicy } from '../control/policy.js';
import type { Copies } from '../agents/simulated/simulated-agents.js';
import type { AgentPort, CommandId, OutcomeReport, Request } from '../control/ports.js';
import { diskMoves } from '../control/migration-room.js';
import { ManagementCluster } from '../control/management-cluster.js';
import { Durations } from '../datacenter/durations.js';
import { Plant } from '../datacenter/plant.js';
import { distribution } from '../engine/distributions.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Streams } from '../engine/streams.js';
import type { NetworkPaths } from '../../models/network/path.js';
import type { FlowEnd } from '../scenario/flow-spec.js';
import type { InitialSpec, ResolvedScenario, ZoneSpec } from '../scenario/resolved.js';
import { BillingMeter } from './billing-meter.js';
import { meterRules } from './price-list.js';
import { Customers } from './customers.js';
import { defragDecider } from './defrag-decider.js';
import { placementDecider } from './placement-decider.js';
import { PlaneDriver, type ObserveTransaction } from './plane-driver.js';
import { capabilityReports } from './capability-reports.js';
import { RequestCounts } from './request-counts.js';
import { found, inventoryInputs } from './take-over.js';
import { VmNames } from './vm-names.js';
import { plantConfig, zoneConfig } from './zone-config.js';
import { ZoneCpu } from './zone-cpu.js';
import { MigrationMeter } from './migration-meter.js';
import { NetworkMeter } from './network-meter.js';
import { RoundMeter } from './round-meter.js';
import { ZoneMeasures } from './zone-measures.js';
import type { ZoneFlows } from './zone-flows.js';
import { ZoneMigrations } from './zone-migrations.js';
import { ZoneNetwork } from './zone-network.js';
import { ZonePeers } from './zone-peers.js';
import { scheduleAdministration } from './zone-administration.js';
import { scheduleOutages } from './zone-outages.js';

export interface ZoneWorldPorts {
  streams: Streams;
  /** Of all zones; this one is `number` among them. */
  paths: NetworkPaths;
  number: number;
  /** The scenario's flows on this zone's lane. */
  flowsOf(network: ZoneNetwork): ZoneFlows;
  /** Other zones' doors; null: VMs are not handed over between zones. */
  peerOf: ((zone: string) => ZonePeers) | null;
  /** Where a disk of another zone is. */
  diskEndOf(zone: string, server: number): { end: FlowEnd; name: string };
  placement: PlacementPolicy;
  defrag: DefragPolicy;
  observe: ObserveTransaction;
  /** The zone's answer to a registration; `refused`: it said no. */
  answer(command: CommandId, refused: boolean): void;
}

interface Registration {
  command: CommandId;
  name: string;
}

export class ZoneWorld {
  readonly plane: ManagementCluster;
  readonly plant: Plant;
  readonly measures: ZoneMeasures;
  /** null: CPU use is not modelled. */
  readonly cpu: ZoneCpu | null;
  readonly network: ZoneNetwork;
  readonly migrations: ZoneMigrations;
  readonly migrationMeter: MigrationMeter;
  readonly roundMeter: RoundMeter;
  readonly counts = new RequestCounts();
  /** null: nothing has a price. */
  readonly billing: BillingMeter | null;
  readonly driver: PlaneDriver;
  /** null: VMs are not handed over between zones. */
  readonly peers: ZonePeers | null;
  private readonly flows: ZoneFlows;
  private readonly agents: SimulatedAgents;
  private readonly customers: Customers;
  private readonly link: FaultyLink | null;
  private readonly registrationKind: EventKind;
  /** Messages from the plane of what zones share, in order of sending. */
  private readonly registrations: Registration[] = [];
  /** Commands that are answered when the request of this number ends. */
  private readonly answers = new Map<number, Registration>();
  private nextRef = 0;

  constructor(
    readonly lane: Lane,
    private readonly scenario: ResolvedScenario,
    private readonly zone: ZoneSpec,
    private readonly ports: ZoneWorldPorts,
  ) {
    const { streams } = ports;
    const config = zoneConfig(scenario, zone);
    this.plane = new ManagementCluster(config, scenario.management.servers);
    this.plant = new Plant(plantConfig(scenario, zone, config));
    this.cpu = ZoneCpu.of(scenario, zone, lane, this.plant, streams);
    const network = (this.network = new ZoneNetwork(lane, scenario, zone, this.plant, streams, ports));
    this.measures = new ZoneMeasures(
      zone,
      this.plant,
      this.cpu?.contention ?? null,
      new NetworkMeter(network, this.plant, scenario.warmUpMicros),
      () => lane.now,
      scenario.warmUpMicros,
    );
    const rules = meterRules(scenario);
    this.billing = rules && new BillingMeter(rules);
    this.migrations = new ZoneMigrations(lane, this.plant, network, scenario);
    this.migrationMeter = new MigrationMeter(this.migrations.live, network.transfers, {
      zone: zone.name,
      hosts: config.hosts.map(({ name }) => name),
    });
    this.roundMeter = new RoundMeter(zone.name, this.measures);
    const names = new VmNames();
    const drawn = Object.values(scenario.durations).some(
      (spec) => typeof spec === 'object' && spec?.kind !== 'constant',
    );
    this.agents = new SimulatedAgents({
      lane,
      plant: this.plant,
      durations: new Durations(scenario.durations, streams, zone.name, names),
      latencyMicros: scenario.management.latencyMicros,
      atOnce: scenario.management.agents.atOnce,
      copies: this.copies(network.copies(scenario)),
      migrations: this.migrations.port,
      deliver: (report) => (this.link ? this.link.report(report) : this.report(report)),
    });
    this.link = this.faultyLink();
    const agents: AgentPort = this.link ?? this.agents;
    const customers = (this.customers = new Customers(lane, streams, scenario, zone.name, {
      submit: (request) => this.submit(request),
      ref: () => this.nextRef++,
      tier: (account, vm, tier) => network.tier(account, vm, tier),
    }));
    const place = placementDecider(ports.placement, this.plane.view, streams);
    const planRound = defragDecider(ports.defrag, {
      ...{ state: this.plane.state, streams },
      estimate: (vm, to) => this.estimate(vm, to),
      trafficBetween: (a, b) => network.guest?.between(a, b) ?? null,
    });
    this.driver = new PlaneDriver(lane, this.plane, {
      observe: (tx, number) => {
        // Names are asked for in durations that are drawn, and nowhere else.
        if (drawn) names.observe(tx);
        this.measures.observe(tx);
        this.counts.observe(tx);
        this.billing?.observe(tx);
        this.cpu?.observe(tx);
        network.observe(tx);
        this.migrationMeter.observe(tx);
        this.roundMeter.observe(tx);
        customers.observe(tx);
        if (tx.kind === 'request-ended') this.ended(tx.ref, tx.outcome);
        this.peers?.observe(tx);
        ports.observe(tx, number);
      },
      send: (command) => {
        if (command.target === 'plane') {
          assert(command.kind !== 'register-account' && this.peers !== null, 'a zone commands agents, and its peers');
          return this.peers.tell(command);
        }
        network.commanded(command);
        agents.send(command);
      },
      answer: (question) =>
        question.kind === 'plan'
          ? { question: question.number, plan: planRound(question) }
          : { question: question.number, decision: place(question) },
    });
    this.flows = ports.flowsOf(network);
    this.registrationKind = lane.register('registration-arrives', (at) => this.register(at), PHASES.message);
    const { initial } = scenario;
    if (initial?.zone === zone.name) {
      const begin = lane.register('inventory-found', () => this.takeOver(initial), PHASES.message);
      lane.at(0, begin);
    }
    this.agentsConnect();
    this.peers = ports.peerOf && this.peersFrom(ports.peerOf);
    scheduleAdministration(scenario, zone, {
      lane,
      hosts: config.hosts.map(({ name }) => name),
      submit: (request) => this.submit({ ...request, ref: this.nextRef++ } as Request),
    });
    scheduleOutages(scenario.outages, {
      ...{ lane, plant: this.plant, agents: this.agents, migrations: this.migrations.live },
      hosts: new Map(config.hosts.map(({ name }, host) => [name, host])),
    });
  }

  /** Of bringing a VM to another host; its disk comes along where it cannot stay. */
  private estimate(id: number, to: number): MoveEstimate {
    const { state } = this.plane;
    const vm = state.vm(id);
    const diskBytes = vm.disk !== null && diskMoves(state, vm, to) ? state.disk(vm.disk).bytes : 0;
    return this.migrations.estimate(vm, to, diskBytes);
  }

  private peersFrom(peerOf: (zone: string) => ZonePeers): ZonePeers {
    return new ZonePeers({
      ...{ lane: this.lane, latencyMicros: Math.max(1, this.scenario.management.latencyMicros), peerOf },
      submit: (request) => this.submit(request),
      ref: () => this.nextRef++,
      report: (report) => this.report(report),
    });
  }

  /** Those to other zones are flows; their numbers are told from the others by their sign. */
  private copies(within: Omit<Copies, 'toZone'>): Copies {
    return {
      ...within,
      toZone: ({ server, bytes, zone, to }, done) => {
        const source = this.ports.diskEndOf(this.zone.name, server);
        const destination = this.ports.diskEndOf(zone, to.server);
        const flow = {
          ...{ atMicros: this.lane.now, name: null, kind: 'disk', bytes, weight: 1, guaranteedBitsPerSecond: 0 },
          isMigration: true as const,
          ...{ source: source.end, sourceName: source.name },
          ...{ destination: destination.end, destinationName: destination.name },
          capBitsPerSecond: this.scenario.durations.storageCopyBytesPerSecond * 8,
        };
        return -1 - this.flows.send(flow, done);
      },
      cancel: (id) => (id < 0 ? this.flows.cancel(-1 - id) : within.cancel(id)),
    };
  }

  /** From the plane of what zones share, on its lane: `name` is to be registered here. */
  post(from: Lane, atMicros: number, command: CommandId, name: string): void {
    this.registrations.push({ command, name });
    from.post(this.lane, atMicros, this.registrationKind, this.registrations.length - 1);
  }

  /** What customers' guest networks carried up to a time, in whole bytes; null: traffic is not modelled. */
  trafficBytes(charged: 'public' | 'all', atMicros: number): [account: string, bytes: number][] | null {
    return this.network.trafficBytes(charged, atMicros);
  }

  /** From now on no message is lost, doubled or held up; what is held up still comes. */
  heal(): void {
    this.link?.heal();
  }

  /** Nothing is under way: no command in the plane, with an agent, or on its way. */
  get atRest(): boolean {
    return this.plane.state.commands.size === 0 && this.agents.pending === 0 && (this.link?.pending ?? 0) === 0;
  }

  private faultyLink(): FaultyLink | null {
    const { faults } = this.scenario;
    if (!faults) return null;
    const { delaySeconds, ...ratios } = faults;
    const delay = distribution(delaySeconds);
    return new FaultyLink({
      clock: this.lane,
      streams: this.ports.streams,
      name: `agents/${this.zone.name}`,
      ratios,
      delayMicros: (u) => microsOf(delay.quantile(u)),
      phases: { command: PHASES.message, report: PHASES.report },
      agent: this.agents,
      deliver: (report) => this.report(report),
    });
  }

  private register(at: number): void {
    const registration = this.registrations[at]!;
    const ref = this.nextRef++;
    this.answers.set(ref, registration);
    this.submit({ kind: 'register-account', ref, name: registration.name, zone: this.zone.name });
  }

  private ended(ref: number, outcome: string): void {
    const registration = this.answers.get(ref);
    if (registration === undefined) return;
    this.answers.delete(ref);
    if (outcome !== 'done') this.customers.turnedAway(registration.name);
    this.ports.answer(registration.command, outcome !== 'done');
  }

  /** The operator's inventory: the plane learns of it, and what it found is what is so. */
  private takeOver(initial: InitialSpec): void {
    this.driver.feed(...inventoryInputs(initial, this.zone.name, this.plane.state.hosts, () => this.nextRef++));
    for (const { id, account, name, role } of this.plane.state.vms.values())
      if (role === 'user') this.found(id, this.plane.state.accounts[account]!.name, name);
    found(this.plane.state, this.plant);
  }

  private found(vm: number, account: string, name: string): void {
    this.cpu?.uses.found(vm, account, name);
    this.network.found(vm, account, name);
  }

  /** Each tells what its hosts can do, where that is not everything: silence would say the same. */
  private agentsConnect(): void {
    const reports = capabilityReports(this.plane.state.config, this.zone);
    if (reports.length === 0) return;
    const latencyMicros = this.scenario.management.latencyMicros;
    const connect = this.lane.register(
      'agent-connects',
      (at) => this.driver.feed({ kind: 'report', report: reports[at]! }),
      PHASES.report,
    );
    reports.forEach((_, at) => this.lane.at(latencyMicros, connect, at));
  }

  /** From an agent, or the link before it. */
  private report(report: OutcomeReport): void {
    this.driver.feed({ kind: 'report', report });
  }

  private submit(request: Request): void {
    this.cpu?.requested(request);
    this.network.requested(request);
    this.driver.feed({ kind: 'request', request });
  }
}
