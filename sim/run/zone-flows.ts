/**
 * Flows of a scenario on the lanes of their zones. One within a zone is a transfer there. One across zones is a transfer in each of
 * them, over the zone's own part of the way: each tells the other what its part offers, a message's time later, and neither
 * sends more than the other's offer, so that both settle at what is max-min fair on the whole way. The zone that it begins in has its
 * record and its end. Guarantees that zones exchange nothing but such messages, and that kinds of events are registered only
 * where flows need them.
 */
import { microsOf } from '../base/units.js';
import type { TransferSpec } from '../datacenter/transfer.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { NetworkPaths } from '../../models/network/path.js';
import type { TrafficClass } from '../../models/network/zone-plan.js';
import type { FlowSpec } from '../scenario/flow-spec.js';
import type { ZoneNetwork } from './zone-network.js';

/** Stands for a limit that the other side does not set. */
const NO_LIMIT = -1;

interface Kinds {
  readonly partBegins: EventKind;
  readonly partEnds: EventKind;
  readonly limit: EventKind;
}

/** The disk of a VM that is handed over. */
export interface SentFlow extends FlowSpec {
  readonly isMigration: true;
}

/** Flows that begin in the course of the run, by their numbers; of all zones. */
export type SentFlows = Map<number, SentFlow>;

export interface ZoneFlowsPorts {
  readonly lane: Lane;
  readonly paths: NetworkPaths;
  /** Of all zones, by their numbers; complete before the run begins. */
  readonly peers: readonly ZoneFlows[];
  /** Numbers of the zones, by their names. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly sent: SentFlows;
  /** VMs may be handed over between zones, with their disks. */
  readonly handsOver: boolean;
}

export class ZoneFlows {
  private kinds: Kinds | null = null;
  /** Transfers here, by the flow's number in the scenario. */
  private readonly transfers = new Map<number, number>();
  private sentCount = 0;

  constructor(
    private readonly network: ZoneNetwork,
    private readonly flows: readonly FlowSpec[],
    private readonly ports: ZoneFlowsPorts,
  ) {
    const { lane } = ports;
    const zone = network.zone.name;
    const own = flows.flatMap((flow, at) => (flow.source.zone === zone ? [at] : []));
    network.hasFlows = flows.some(({ source, destination }) => source.zone === zone || destination.zone === zone);
    if (own.length > 0) {
      const begin = lane.register('flow-begins', (at) => this.begin(own[at]!), PHASES.message);
      own.forEach((flow, at) => lane.at(flows[flow]!.atMicros, begin, at));
    }
    const crossing =
      ports.handsOver ||
      flows.some(
        ({ source, destination }) =>
          source.zone !== destination.zone && (source.zone === zone || destination.zone === zone),
      );
    network.hasCrossing = crossing;
    if (!crossing) return;
    this.kinds = {
      partBegins: lane.register('flow-part-begins', (flow) => this.beginPart(flow), PHASES.message),
      partEnds: lane.register('flow-part-ends', (flow) => this.endPart(flow), PHASES.message),
      limit: lane.register('flow-limit', (flow, limit) => this.limited(flow, limit), PHASES.message),
    };
  }

  /** From this zone to another, now; its number, to cancel it by. */
  send(flow: SentFlow, done: () => void): number {
    const { sent, peers } = this.ports;
    const at = this.flows.length + this.network.links.zone + peers.length * this.sentCount++;
    sent.set(at, flow);
    this.begin(at, done);
    return at;
  }

  cancel(at: number): void {
    const id = this.transfers.get(at);
    if (id === undefined) return;
    this.transfers.delete(at);
    this.network.transfers.cancel(id);
    this.post(at, 'partEnds');
  }

  private flowOf(at: number): FlowSpec | SentFlow {
    return this.flows[at] ?? this.ports.sent.get(at)!;
  }

  private begin(at: number, done?: () => void): void {
    const flow = this.flowOf(at);
    const crossesZones = flow.source.zone !== flow.destination.zone;
    const { spec } = this.partOf(flow);
    const id = this.network.transfers.start({ ...spec, crossesZones }, () => {
      this.transfers.delete(at);
      if (crossesZones) this.post(at, 'partEnds');
      done?.();
    });
    if (!crossesZones || !this.network.transfers.isUnderWay(id)) return;
    this.transfers.set(at, id);
    this.post(at, 'partBegins');
    this.network.transfers.watch(id, (limit) => this.post(at, 'limit', limit));
  }

  /** The other zone's flow comes in here. */
  private beginPart(at: number): void {
    const { spec } = this.partOf(this.flowOf(at));
    const id = this.network.transfers.startPart(spec, () => this.transfers.delete(at));
    if (!this.network.transfers.isUnderWay(id)) return;
    this.transfers.set(at, id);
    this.network.transfers.watch(id, (limit) => this.post(at, 'limit', limit));
  }

  private endPart(at: number): void {
    const id = this.transfers.get(at);
    if (id === undefined) return;
    this.transfers.delete(at);
    this.network.transfers.cancel(id);
  }

  /** What the other zone's part offers. */
  private limited(at: number, limit: number): void {
    const id = this.transfers.get(at);
    if (id === undefined) return;
    const { capBitsPerSecond } = this.partOf(this.flowOf(at)).spec;
    this.network.transfers.setCap(id, limit === NO_LIMIT ? capBitsPerSecond : Math.min(limit, capBitsPerSecond));
  }

  /** To the zone at the flow's other end. */
  private post(at: number, kind: keyof Kinds, limit = Infinity): void {
    const { source, destination } = this.flowOf(at);
    const { lane, peers, numbers } = this.ports;
    const other = source.zone === this.network.zone.name ? destination.zone : source.zone;
    const peer = peers[numbers.get(other)!]!;
    const micros = Math.max(1, microsOf(this.partOf(this.flowOf(at)).latencySeconds));
    lane.post(peer.ports.lane, lane.now + micros, peer.kinds![kind], at, limit === Infinity ? NO_LIMIT : limit);
  }

  /** The flow as this zone carries it. */
  private partOf(flow: FlowSpec | SentFlow): { readonly spec: TransferSpec; readonly latencySeconds: number } {
    const { paths, peers, numbers } = this.ports;
    const zone = this.network.links.zone;
    const from = peers[numbers.get(flow.source.zone)!]!.network.links.endOf(flow.source);
    const to = peers[numbers.get(flow.destination.zone)!]!.network.links.endOf(flow.destination);
    const isStorage = [from, to].some(({ kind }) => kind === 'storage' || kind === 'template-store');
    const traffic: TrafficClass = isStorage
      ? 'storage'
      : [from, to].some(({ kind }) => kind === 'public')
        ? 'public'
        : 'guest';
    const { links, memberBitsPerSecond, latencySeconds } = paths.between(from, to, traffic);
    return {
      latencySeconds,
      spec: {
        ...{ kind: flow.kind, source: flow.sourceName, destination: flow.destinationName, bytes: flow.bytes },
        ...{ weight: flow.weight, guaranteedBitsPerSecond: flow.guaranteedBitsPerSecond, isStorage },
        isMigration: 'isMigration' in flow,
        links: links.filter((link) => link.zone === zone).map(({ link }) => link),
        // A flow is on one port of a bond.
        capBitsPerSecond: Math.min(flow.capBitsPerSecond ?? Infinity, memberBitsPerSecond),
      },
    };
  }
}
