/** What a run came to: summary.json. What is not modelled is null, never 0. */
import { secondsOf } from '../base/units.js';
import { mergePacking } from '../measures/packing-tracker.js';
import { mergeCpu } from '../measures/cpu-result.js';
import { mergeFragmentation } from '../measures/fragmentation-result.js';
import { weightedMean } from '../measures/statistics.js';
import type { PromisedSummary, Summary } from '../store/types.js';
import { billingOf, type Billing } from './billing.js';
import { broadcastSummary, storageSummary, trafficSummary, transfersSummary, vlanSummary } from './network-summary.js';
import { mergeMigrations } from './migration-meter.js';
import { RequestCounts } from './request-counts.js';
import type { Simulation } from './simulation.js';
import { VERSION } from './version.js';
import { warningsOf } from './warnings.js';
import { FRAGMENT_RATE_CORES, type ZoneMeasures } from './zone-measures.js';

/** When the run has reached its end. */
export function summarise(
  simulation: Simulation,
  machine: Summary['machine'],
  billing: Billing | null = billingOf(simulation),
): Summary {
  const { scenario, engine, zones, shared } = simulation;
  const { name, variant, seed, durationMicros } = scenario;
  const runningAtEnd = zones.reduce((sum, { plant }) => sum + plant.runningVms, 0);
  const drivers = [shared.driver, ...zones.map(({ driver }) => driver)];
  return {
    scenario: name,
    variant,
    seed,
    version: VERSION,
    digest: engine.digest(),
    laneDigests: Object.fromEntries(engine.lanes.map((lane) => [lane.name, lane.digest()])),
    policies: { placement: simulation.placement.name },
    simulatedSeconds: secondsOf(durationMicros),
    events: engine.events,
    transactions: drivers.reduce((sum, { transactionCount }) => sum + transactionCount, 0),
    warnings: [...warningsOf(simulation), ...(billing?.warnings ?? [])],
    machine,
    vms: RequestCounts.sum(
      zones.map(({ counts }) => counts),
      runningAtEnd,
    ),
    accounts: new Set(zones.flatMap(({ counts }) => [...counts.accounts])).size,
    fragmentation: mergeFragmentation(zones.map(({ measures }) => measures.fragmentationResult(durationMicros))),
    fragmentRate: { [FRAGMENT_RATE_CORES]: meanFragmentRate(simulation) },
    packing: packingOf(simulation),
    overprovision: {
      cpu: promisedOf(simulation, 'cpuMillis', 'cpuMillisPhysical', scenario.management.overprovision.cpu),
      memory: promisedOf(simulation, 'memoryBytes', 'memoryBytesPhysical', scenario.management.overprovision.memory),
    },
    cpu: cpuOf(simulation),
    traffic: trafficSummary(simulation),
    storage: storageSummary(simulation),
    transfers: transfersSummary(simulation),
    broadcast: broadcastSummary(simulation),
    vlans: Object.fromEntries(zones.map((zone) => [zone.lane.name, vlanSummary(simulation, zone)])),
    migrations: mergeMigrations(zones.map(({ migrationMeter }) => migrationMeter)),
    failures: null,
    availability: null,
    energy: null,
    billing: billing && billing.summary,
    expect: [],
  };
}

function packingOf({ zones, scenario: { durationMicros } }: Simulation): Summary['packing'] {
  const { weight, ...packing } = mergePacking(zones.map(({ measures }) => measures.packing.result(durationMicros)));
  return packing;
}

function cpuOf({ zones, scenario: { durationMicros } }: Simulation): Summary['cpu'] {
  const results = zones.flatMap(({ cpu }) => (cpu ? [cpu.contention.result(durationMicros)] : []));
  return results.length === 0 ? null : mergeCpu(results);
}

function promisedOf(
  { zones, scenario: { durationMicros } }: Simulation,
  resource: keyof ZoneMeasures['promised'],
  physical: 'cpuMillisPhysical' | 'memoryBytesPhysical',
  factor: number,
): PromisedSummary {
  const able = zones.map(({ measures }) => measures).filter(({ capacity }) => capacity[physical] > 0);
  const ratios = able.map(({ promised, capacity }) => ({
    mean: promised[resource].mean(durationMicros)! / capacity[physical],
    peak: promised[resource].peak(durationMicros)! / capacity[physical],
    weight: capacity[physical],
  }));
  return {
    factor,
    meanRatio: weightedMean(ratios.map(({ mean: value, weight }) => ({ value, weight }))),
    peakRatio: ratios.reduce<number | null>((most, { peak }) => Math.max(most ?? 0, peak), null),
  };
}

/** Over zones, weighted by the CPU that they have. */
function meanFragmentRate({ zones, scenario: { durationMicros } }: Simulation): number | null {
  return weightedMean(
    zones.flatMap(({ measures, plant }) => {
      const value = measures.fragmentRate.mean(durationMicros);
      const weight = plant.ledger.cpuMillis.reduce((sum, cpuMillis) => sum + cpuMillis, 0);
      return value === null ? [] : [{ value, weight }];
    }),
  );
}
