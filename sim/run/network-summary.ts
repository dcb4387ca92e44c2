/** What the networks of all zones came to: their parts of the summary, and the tables. */
import { mergeBroadcast, type BroadcastSummary } from '../measures/broadcast-result.js';
import { mergeTraffic, type TrafficSummary } from '../measures/traffic-result.js';
import { weightedQuantile } from '../measures/statistics.js';
import { BROADCAST_CONSTANTS, type BroadcastConstant } from '../../models/broadcast/parameters.js';
import type { BroadcastParameterRow, NetworkTables, SwitchRow } from '../store/network-types.js';
import type { StorageSummary, TransfersSummary, VlanSummary } from '../store/types.js';
import { NetworkResults, type ZoneNetworkTables } from './network-results.js';
import type { Simulation } from './simulation.js';
import type { ZoneWorld } from './zone-world.js';

function resultsOf({ scenario }: Simulation, { network, measures }: ZoneWorld): NetworkResults {
  return new NetworkResults(network, measures.network, scenario.durationMicros, scenario.warmUpMicros);
}

export function trafficSummary(simulation: Simulation): TrafficSummary | null {
  const zones = simulation.zones.flatMap((zone) => resultsOf(simulation, zone).traffic() ?? []);
  return zones.length === 0 ? null : mergeTraffic(zones);
}

export function broadcastSummary({ zones, scenario }: Simulation): BroadcastSummary {
  return mergeBroadcast(zones.map(({ measures }) => measures.network.broadcast.result(scenario.durationMicros)));
}

export function storageSummary(simulation: Simulation): StorageSummary | null {
  const { zones, scenario } = simulation;
  if (zones.every(({ network }) => network.storage === null)) return null;
  const servers = zones.flatMap(({ network }) =>
    network.zone.pods
      .flatMap((pod) => pod.storage)
      .flatMap((_, server) => network.storage?.use(server, scenario.durationMicros) ?? []),
  );
  const asked = servers.reduce((sum, { meanDemand }) => sum + meanDemand, 0);
  const short = servers.reduce((sum, { meanDemand, shortRatio }) => sum + meanDemand * shortRatio, 0);
  return {
    meanIops: asked,
    shortRatio: asked > 0 ? short / asked : 0,
    serversShort: servers.filter(({ capacity, peakDemand }) => peakDemand > capacity).length,
  };
}

export function transfersSummary({ zones }: Simulation): TransfersSummary | null {
  const records = zones.flatMap(({ network }) => network.transfers.records);
  if (records.length === 0) return null;
  const done = records.filter(({ endSeconds }) => endSeconds !== null);
  const seconds = done.map(({ endSeconds, beginMicros }) => ({ value: endSeconds! - beginMicros / 1e6, weight: 1 }));
  return {
    started: records.length,
    completed: done.length,
    cancelled: records.filter(({ cancelled }) => cancelled).length,
    bytes: done.reduce((sum, { bytes }) => sum + bytes, 0),
    totalSeconds:
      done.length === 0
        ? null
        : {
            p50: weightedQuantile(seconds, 50)!,
            p99: weightedQuantile(seconds, 99)!,
            max: weightedQuantile(seconds, 100)!,
          },
  };
}

export function vlanSummary({ scenario }: Simulation, zone: ZoneWorld): VlanSummary {
  const { plane, measures, counts } = zone;
  const { vlans } = measures;
  const endMicros = scenario.durationMicros;
  const rows = measures.network.switches.rows(endMicros);
  const pods = rows.filter(({ level }) => level === 'pod');
  const own = rows.filter(({ level }) => level === 'zone');
  const fullest = (of: readonly SwitchRow[], peak: (row: SwitchRow) => number, limit: (row: SwitchRow) => number) => ({
    peak: Math.max(0, ...of.map(peak)),
    limit: Math.min(...of.map(limit)),
  });
  return {
    capacity: plane.state.vlans.capacity,
    peakInUse: vlans.peak,
    meanInUse: vlans.over.mean(endMicros) ?? 0,
    refused: counts.refusedFor('vlan-exhausted'),
    refusedBySwitch: counts.refusedFor('switch-vlans-exhausted'),
    podSwitchVlans: fullest(
      pods,
      (row) => row.peakVlans ?? 0,
      (row) => row.vlanLimit,
    ),
    podSwitchVirtualPorts: fullest(
      pods,
      (row) => row.peakVirtualPorts ?? 0,
      (row) => row.virtualPortLimit,
    ),
    zoneSwitchVlans: fullest(
      own,
      (row) => row.peakVlans ?? 0,
      (row) => row.vlanLimit,
    ),
    zoneSwitchVirtualPorts: fullest(
      own,
      (row) => row.peakVirtualPorts ?? 0,
      (row) => row.virtualPortLimit,
    ),
    podSwitchMacEntries: fullest(
      pods,
      (row) => row.peakMacEntries,
      (row) => row.macTable,
    ),
  };
}

/** Zones one after another. */
export function networkTables(simulation: Simulation): NetworkTables {
  const { zones, scenario } = simulation;
  const all = zones.map((zone) =>
    resultsOf(simulation, zone).tables(scenario.offerings, zone.plane.state.vlans.capacity),
  );
  const together = <Key extends keyof ZoneNetworkTables>(key: Key): NetworkTables[Key] =>
    all.flatMap((tables) => tables[key] as NetworkTables[Key][number][]) as NetworkTables[Key];
  return {
    links: together('links'),
    switches: together('switches'),
    vlanAlternatives: together('vlanAlternatives'),
    customers: together('customers'),
    pods: together('pods'),
    overloads: together('overloads'),
    storage: together('storage'),
    podSizes: together('podSizes'),
    transfers: together('transfers'),
    migrations: zones.flatMap(({ migrationMeter }) => migrationMeter.rows()),
    migrationRounds: zones.flatMap(({ migrationMeter }) => migrationMeter.roundRows()),
    rounds: zones.flatMap(({ roundMeter, migrationMeter }) => {
      const rows = migrationMeter.rows();
      return roundMeter.rows((migration) => rows[migration]!);
    }),
    scattered: zones.flatMap(({ roundMeter }) => roundMeter.scattered()),
    runOuts: together('runOuts'),
    parameters: parameterRows(scenario.broadcast),
  };
}

/** What the scenario gives in place of a constant is its own to answer for. */
function parameterRows(given: Readonly<Record<string, number>>): BroadcastParameterRow[] {
  return Object.entries<BroadcastConstant>(BROADCAST_CONSTANTS).map(([name, { value, unit, source, calibrate }]) =>
    Object.hasOwn(given, name)
      ? { name, value: given[name]!, unit, source: 'the scenario', calibrate: 0 }
      : { name, value, unit, source, calibrate: calibrate ? 1 : 0 },
  );
}
