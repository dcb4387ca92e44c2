/**
 * A scenario put together: engine, the world of what zones share, a world a zone. Guarantees that where it is stopped to
 * look at it changes nothing: `advance` in one step or in a thousand gives the same digests.
 */
import { assert } from '../base/assert.js';
import type { DefragPolicy } from '../control/defrag/policy.js';
import { defragPolicy } from '../control/defrag/policies/registry.js';
import type { PlacementPolicy } from '../control/policy.js';
import { placementPolicy } from '../control/scheduler/registry.js';
import { Engine } from '../engine/engine.js';
import { Streams } from '../engine/streams.js';
import type { LoadedScenario } from '../scenario/loader.js';
import type { Recorder, Sample } from '../store/types.js';
import { SHARED_NAME } from '../scenario/names.js';
import { SharedWorld } from './shared-world.js';
import { ZoneFlows, type SentFlows } from './zone-flows.js';
import { networkPaths } from './zone-plan.js';
import { ZoneWorld } from './zone-world.js';

export interface SimulationOptions {
  recorder?: Pick<Recorder, 'transaction'> | undefined;
  placement?: PlacementPolicy | undefined;
  defrag?: DefragPolicy | undefined;
}

export class Simulation {
  readonly engine = new Engine();
  readonly shared: SharedWorld;
  readonly zones: ZoneWorld[];
  readonly placement: PlacementPolicy;

  constructor(
    readonly scenario: LoadedScenario,
    { recorder, placement = policyNamed(scenario), defrag = defragNamed(scenario) }: SimulationOptions = {},
  ) {
    const { engine } = this;
    this.placement = placement;
    const streams = new Streams(scenario.seed);
    // A message takes its time, even where the scenario says that it takes none.
    const latencyMicros = Math.max(1, scenario.management.latencyMicros);
    const sharedLane = engine.addLane(SHARED_NAME);
    const zoneLanes = scenario.zones.map(({ name }) => engine.addLane(name));
    const observeIn = (lane: number) => (tx: Parameters<Recorder['transaction']>[2], number: number) =>
      recorder?.transaction(lane, number, tx);
    const paths = networkPaths(scenario);
    const numbers = new Map(scenario.zones.map(({ name }, at) => [name, at]));
    const peers: ZoneFlows[] = [];
    const sent: SentFlows = new Map();
    const handsOver = scenario.events.some((event) => event.kind === 'migrate' && event.zone !== undefined);
    const worldNamed = (name: string): ZoneWorld => this.zones[numbers.get(name)!]!;
    this.zones = scenario.zones.map((zone, at) => {
      const lane = zoneLanes[at]!;
      return new ZoneWorld(lane, scenario, zone, {
        streams,
        ...{ paths, number: at },
        flowsOf: (network) => {
          const flows = new ZoneFlows(network, scenario.flows, { lane, paths, peers, numbers, sent, handsOver });
          peers.push(flows);
          return flows;
        },
        peerOf: handsOver ? (name) => worldNamed(name).peers! : null,
        diskEndOf: (name, server) => worldNamed(name).network.links.diskFlowEnd(name, server),
        ...{ placement, defrag },
        observe: observeIn(lane.index),
        answer: (command, refused) => this.shared.post(lane, lane.now + latencyMicros, command, refused),
      });
    });
    this.shared = new SharedWorld(sharedLane, scenario, {
      streams,
      observe: observeIn(sharedLane.index),
      tell: (zone, command, name) => worldNamed(zone).post(sharedLane, sharedLane.now + latencyMicros, command, name),
    });
  }

  /** Up to and with this time; false where `atMost` events were not enough, so that it is to be called again. */
  advance(untilMicros: number, atMost = Infinity): boolean {
    return this.engine.run(untilMicros, atMost);
  }

  /** How far it is. */
  get now(): number {
    return Math.max(...this.engine.lanes.map((lane) => lane.now));
  }

  /** What rests on samples: at every sample time, recorded or not. */
  measure(): void {
    for (const { measures } of this.zones) measures.sampleNetwork();
  }

  /** The zones' figures as they stand. */
  samples(): Sample[] {
    return this.zones.map(({ measures }) => measures.sample());
  }
}

function defragNamed({ defrag }: LoadedScenario): DefragPolicy {
  const policy = defragPolicy(defrag?.policy ?? 'none');
  assert(policy, () => `the loader lets no unknown policy through: ${defrag?.policy}`);
  return policy;
}

function policyNamed({ policies: { placement } }: LoadedScenario): PlacementPolicy {
  const policy = placementPolicy(placement.name, placement.options);
  assert(policy, () => `the loader lets no unknown policy through: ${placement.name}`);
  return policy;
}
