/**
 * The network of a zone, put on its lane: customers' traffic, operations on disks, management messages, transfers, broadcast.
 * Guarantees that nothing of it schedules an event but transfers while they are under way, and that nothing of it draws
 * but what the scenario says of customers' VMs, so that a run without traffic has the digest that it had.
 */
import { MILLIS_PER_CORE } from '../base/units.js';
import type { Copies } from '../agents/simulated/simulated-agents.js';
import type { Transaction } from '../control/history.js';
import type { AgentCommand, Request } from '../control/ports.js';
import { BroadcastLoad } from '../datacenter/broadcast/broadcast-load.js';
import type { Domain } from '../datacenter/domain.js';
import type { Plant } from '../datacenter/plant.js';
import { GuestTraffic } from '../datacenter/traffic/guest-traffic.js';
import { ManagementTraffic } from '../datacenter/traffic/management-traffic.js';
import type { AddLoad } from '../datacenter/traffic/standing-loads.js';
import { StorageTraffic, type DiskUse } from '../datacenter/traffic/storage-traffic.js';
import { Transfers } from '../datacenter/transfers.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Streams } from '../engine/streams.js';
import { sumOfResources } from '../measures/resources.js';
import { DEFAULT_BROADCAST, type BroadcastParameters } from '../../models/broadcast/parameters.js';
import type { NetworkPaths } from '../../models/network/path.js';
import { VXLAN_OVERHEAD_BYTES } from '../../models/vlan.js';
import { hostBitsPerSecond } from '../../models/network/zone-plan.js';
import type { Overprovision, ResolvedScenario, ZoneSpec } from '../scenario/resolved.js';
import type { TrafficSpec } from '../scenario/traffic-spec.js';
import type { RuleRates } from '../datacenter/traffic/rule-flows.js';
import { curveOf, diskUses, modelsDiskUse, modelsTraffic, ruleRates, trafficOf, vmGroups } from './traffic-facts.js';
import type { VmFacts } from './vm-facts.js';
import { ZoneLinks, type DiskEnd } from './zone-links.js';

/** Whom a guest network belongs to, by names. */
export interface NetworkName {
  readonly account: string;
  readonly network: string;
}

export class ZoneNetwork {
  readonly links: ZoneLinks;
  /** null: traffic is not modelled. */
  readonly guest: GuestTraffic | null;
  /** null: disk use is not modelled. */
  readonly storage: StorageTraffic | null;
  readonly management: ManagementTraffic;
  readonly transfers: Transfers;
  readonly broadcast: BroadcastLoad;
  readonly broadcastParameters: BroadcastParameters;
  /** The plane's guest networks by their numbers. */
  readonly names = new Map<number, NetworkName>();
  readonly groups: VmFacts<number>;
  readonly overprovision: Overprovision;
  private readonly disks: VmFacts<DiskUse>;
  private readonly said: (account: string) => TrafficSpec | null;
  private readonly saidOfRule: ReturnType<typeof ruleRates>;
  /** By the plane's numbers of rules. */
  private readonly ruleRates = new Map<number, RuleRates>();
  /** Flows of the scenario begin or end here; and some of them across zones. */
  hasFlows = false;
  hasCrossing = false;
  private readonly hasTemplates: boolean;
  private readonly accountNames: string[] = [];

  constructor(
    lane: Lane,
    scenario: ResolvedScenario,
    readonly zone: ZoneSpec,
    plant: Plant,
    streams: Streams,
    { paths, number }: { readonly paths: NetworkPaths; readonly number: number },
  ) {
    const links = (this.links = new ZoneLinks(paths, number, plant.config.servers));
    const { topology } = links;
    const warmUp = scenario.warmUpMicros;
    const now = (): number => lane.now;
    this.overprovision = scenario.management.overprovision;
    this.hasTemplates = scenario.templates.length > 0;
    this.groups = vmGroups(scenario, streams);
    this.disks = diskUses(scenario, streams);
    this.said = trafficOf(scenario);
    this.saidOfRule = ruleRates(scenario);
    this.management = new ManagementTraffic(topology.linkCount, topology.plan.hosts.length, links);
    this.guest = modelsTraffic(scenario) ? this.followGuests(now, warmUp) : null;
    this.storage = modelsDiskUse(scenario) ? this.followDisks(zone, plant, now, warmUp) : null;
    this.broadcastParameters = { ...DEFAULT_BROADCAST, ...scenario.broadcast };
    this.broadcast = new BroadcastLoad({
      pods: topology.plan.hosts.map(({ pod }) => pod),
      machines: zone.pods
        .flatMap(({ hosts }) => hosts)
        .map(({ nodes }, at) => ({
          cores: sumOfResources(nodes).cpuMillis / MILLIS_PER_CORE,
          uplinkBitsPerSecond: hostBitsPerSecond(topology.plan.hosts[at]!),
        })),
      macTables: zone.pods.map(({ podSwitches }) =>
        Math.min(...podSwitches.map(({ macTableEntries }) => macTableEntries)),
      ),
      trunks: zone.trunks,
      parameters: this.broadcastParameters,
      ...(this.guest ? { delivered: (network, pod) => this.guest!.delivered(network, pod) } : {}),
    });
    for (const follower of [this.guest, this.storage, this.broadcast]) if (follower) plant.observe(follower);
    this.transfers = this.transfersOn(lane, scenario.transferShareRatio, zone.network.storageShareRatio);
  }

  /** Whether anything beside management messages loads links. */
  get modelled(): boolean {
    return this.guest !== null || this.storage !== null || this.hasTemplates || this.hasFlows;
  }

  /** What the zone switch can take in from its pods. */
  get zoneSwitchBitsPerSecond(): number {
    const { pods, podUplinkBitsPerSecond } = this.links.topology.plan;
    return pods.length * podUplinkBitsPerSecond;
  }

  /** On its way to the plane. */
  requested(request: Request): void {
    if (request.kind !== 'start-new') return;
    this.groups.ask(request.ref, request.account, request.vm);
    this.disks.ask(request.ref, request.account, request.vm);
  }

  /** A VM that was found running, under the number that the plane will give it. */
  found(vm: number, account: string, name: string): void {
    this.groups.found(vm, account, name);
    this.disks.found(vm, account, name);
  }

  observe(tx: Transaction): void {
    this.groups.observe(tx);
    this.disks.observe(tx);
    if (tx.kind === 'account') this.accountNames[tx.account] = tx.name;
    else if (tx.kind === 'network')
      this.names.set(tx.network, { account: this.accountNames[tx.account]!, network: tx.name });
    else if (tx.kind === 'rule' && tx.label !== null) {
      const { account, network } = this.names.get(tx.network)!;
      const rates = this.saidOfRule(account, network, tx.label);
      if (rates !== null) this.ruleRates.set(tx.rule, rates);
    }
  }

  /** A VM that is about to be asked for is in this tier of its customer's. */
  tier(account: string, vm: string, tier: string): void {
    const group = this.said(account)?.pattern.groups.indexOf(tier) ?? -1;
    if (group >= 0) this.groups.give(account, vm, group);
  }

  commanded(command: AgentCommand): void {
    if (command.target === 'computing')
      this.management.commanded('host', command.host, command.kind === 'open-console');
    else if (command.target === 'storage' && !this.links.isLocal(command.server))
      this.management.commanded('server', command.server);
  }

  /** By guest network, with the names of accounts: with the public network, both ways, or all. null: not modelled. */
  trafficBytes(charged: 'public' | 'all', atMicros: number): [account: string, bytes: number][] | null {
    const { guest } = this;
    if (guest === null) return null;
    return [...guest.allNetworks()].map((network) => {
      const { toPublic, fromPublic, ...inside } = guest.bitsOf(network, atMicros, true);
      const between = charged === 'all' ? Object.values(inside).reduce((sum, bits) => sum + bits, 0) : 0;
      return [this.names.get(network)!.account, Math.round((toPublic + fromPublic + between) / 8)];
    });
  }

  /** Templates come from the zone's store, disks from another server, at the rate that the scenario gives or at what links leave. */
  copies({ durations }: ResolvedScenario): Omit<Copies, 'toZone'> {
    const { links, transfers } = this;
    const copy = (kind: string, from: DiskEnd, to: DiskEnd, bytes: number, done: () => void): number => {
      const most = links.memberBitsPerSecond(from.at, to.at, 'storage');
      const spec = {
        ...{ kind, source: from.name, destination: to.name, bytes, weight: 1 },
        links: links.way(from.at, to.at, 'storage'),
        capBitsPerSecond: Math.min(durations.storageCopyBytesPerSecond * 8, most),
        ...{ guaranteedBitsPerSecond: 0, isStorage: true, isMigration: kind === 'disk' },
      };
      return transfers.start(spec, done);
    };
    const templates = { at: links.templateStore, name: `${this.zone.name}/templates` };
    return {
      ofTemplate: (server, bytes, done) => copy('template', templates, links.diskEnd(server), bytes, done),
      ofDisk: (from, server, bytes, done) => copy('disk', links.diskEnd(from), links.diskEnd(server), bytes, done),
      cancel: (id) => transfers.cancel(id),
    };
  }

  /** What customers and disks put on all links now, in bits per second, in place of what `guest` and `storage` held. */
  loads(guest: Float64Array, storage: Float64Array): void {
    guest.fill(0);
    storage.fill(0);
    this.guest?.addLoads(guest);
    this.encapsulate(guest);
    this.storage?.addLoads(storage);
  }

  /** What one guest network puts on links now; a link may come up more than once. */
  addLoadsOf(network: number, add: AddLoad): void {
    this.guest?.addLoadsOf(network, (link, bitsPerSecond) => add(link, bitsPerSecond * this.encapsulation(link)));
  }

  private encapsulate(loads: Float64Array): void {
    if (this.zone.vlanScope !== 'overlay') return;
    for (let link = 0; link < loads.length; link++) loads[link]! *= this.encapsulation(link);
  }

  /** An overlay makes every frame longer, but for those on the public link. */
  private encapsulation(link: number): number {
    const { topology } = this.links;
    if (this.zone.vlanScope !== 'overlay' || link === topology.publicUp() || link === topology.publicDown()) return 1;
    return 1 + VXLAN_OVERHEAD_BYTES / this.broadcastParameters.unicastFrameBytes;
  }

  private followGuests(now: () => number, warmUp: number): GuestTraffic {
    return new GuestTraffic(
      {
        now,
        trafficOf: (network) => {
          const name = this.names.get(network);
          const spec = name === undefined ? null : this.said(name.account);
          if (spec !== null) return { pattern: spec.pattern, curve: curveOf(spec) };
          // Rules may bring traffic in all the same.
          return { pattern: SILENCE, curve: null };
        },
        groupOf: (vm) => this.groups.of(vm) ?? 0,
        placeOf: this.links.placeOf,
        throttleOf: networkThrottle,
        links: this.links,
        ruleRatesOf: (rule) => this.ruleRates.get(rule) ?? null,
        changed: () => this.transfers.changed(),
      },
      warmUp,
    );
  }

  private followDisks({ pods }: ZoneSpec, plant: Plant, now: () => number, warmUp: number): StorageTraffic {
    const iops = pods.flatMap(({ storage }) => storage.map((server) => server.iops));
    // Hosts' own disks come after the storage servers, and are not limited.
    const own = plant.config.servers.slice(iops.length).map(() => Infinity);
    return new StorageTraffic(
      [...iops, ...own],
      {
        now,
        useOf: (vm) => this.disks.of(vm),
        serverOf: (vm) => plant.storage.serverOf(vm),
        throttleOf: diskThrottle,
        reads: (server, host) => this.links.reads(server, host),
        writes: (server, host) => this.links.writes(server, host),
        changed: () => this.transfers.changed(),
      },
      warmUp,
    );
  }

  /** Kinds of events are numbered in the order of their registration: this one is last, and only where it is needed. */
  private transfersOn(lane: Lane, share: number, storageShare: number): Transfers {
    let kind: EventKind | null = null;
    const { capacityBitsPerSecond } = this.links.topology;
    return new Transfers(capacityBitsPerSecond, {
      now: () => lane.now,
      at: (timeMicros) =>
        lane.at(timeMicros, (kind ??= lane.register('transfers-due', () => this.transfers.due(), PHASES.message))),
      cancel: (handle) => lane.cancel(handle),
      leftOver: () => {
        const guestOn = this.guest?.standingLoads();
        const storageOn = this.storage?.standingLoads();
        return (link, hasDisks) => {
          const capacity = capacityBitsPerSecond[link]!;
          const guest = (guestOn?.(link) ?? 0) * this.encapsulation(link);
          const storage = storageOn?.(link) ?? 0;
          // Operations on disks have what storage is sure of first.
          const sure = hasDisks ? storageShare * capacity - storage : 0;
          return Math.max(capacity - guest - storage, share * capacity, sure);
        };
      },
      follows: () => this.guest?.followsCurve ?? false,
    });
  }
}

/** Of a customer who has no pattern. */
const SILENCE = { groups: ['vm'], rates: [0, 0, 0, 0], toPublic: [0], fromPublic: [0], pair: null };

function networkThrottle({ throttle }: Domain): number {
  return throttle.networkBitsPerSecond ?? Infinity;
}

function diskThrottle({ throttle }: Domain): number {
  return throttle.iops ?? Infinity;
}
