/** A made-up run of one or more zones, told to a recorder as `simulate` would tell it. */
import { weightedQuantile } from '../../sim/measures/statistics.js';
import type { BillLine, Recorder, RunHeader, Sample, Summary } from '../../sim/store/types.js';
import { BROADCAST_SUMMARY, NETWORK_SUMMARY, SWITCH_PEAKS, syntheticNetwork } from './synthetic-network.js';
import { SYNTHETIC_OFFERINGS, SyntheticZone, type SyntheticZoneOptions } from './synthetic-zone.js';

const MINUTE = 60_000_000;

export interface SyntheticRunOptions {
  zones?: number;
  days?: number;
  sampleMinutes?: number;
  seed?: number;
  record?: 'full' | 'summary';
  zone?: Partial<SyntheticZoneOptions>;
  header?: Partial<RunHeader>;
  summary?: Partial<Summary>;
  bills?: readonly BillLine[];
  /** VMs exchange traffic and use their disks, and the tables of the network are told. */
  network?: boolean;
}

/** Two calls with the same options tell the same, but for `machine`. */
export function tellSyntheticRun(recorder: Recorder, options: SyntheticRunOptions = {}): Summary {
  const { zones: count = 1, days = 7, sampleMinutes = 5, seed = 42, record = 'full', network = false } = options;
  const zones = Array.from({ length: count }, (_, at) => {
    const chosen = { pods: 4, hostsPerPod: 8, vlans: 40, arrivalsPerDay: 3, initial: 32, network, ...options.zone };
    const tell = (number: number, tx: Parameters<Recorder['transaction']>[2]): void =>
      recorder.transaction(at + 1, number, tx);
    return new SyntheticZone({ name: `z${at + 1}`, ...chosen }, seed + 7919 * at, tell);
  });
  const header: RunHeader = {
    scenario: 'synthetic',
    about: 'Customers come and go in zones that nobody built.',
    variant: null,
    seed,
    version: '0.0.0-test',
    durationMicros: days * 1440 * MINUTE,
    scenarioText: 'podtwin: 1\nname: synthetic\n',
    lanes: ['shared', ...zones.map(({ options: { name } }) => name)],
    record,
    zones: zones.map((zone) => zone.header),
    offerings: SYNTHETIC_OFFERINGS,
    templates: ['debian'],
    ...options.header,
  };
  recorder.begin(header);
  const samples: Sample[] = [];
  for (let at = 0; at <= header.durationMicros; at += sampleMinutes * MINUTE) {
    for (const zone of zones) {
      zone.step(at, sampleMinutes);
      const sample = zone.sample(at);
      samples.push(sample);
      recorder.sample(sample);
    }
  }
  const summary = { ...summaryOf(header, zones, samples), ...(network && NETWORK_SUMMARY), ...options.summary };
  recorder.finish(summary, { bills: options.bills, network: network ? syntheticNetwork(header.zones) : undefined });
  return summary;
}

function summaryOf(header: RunHeader, zones: readonly SyntheticZone[], samples: readonly Sample[]): Summary {
  const last = samples.slice(-zones.length);
  const refused: Record<string, number> = {};
  for (const zone of zones)
    for (const [reason, count] of Object.entries(zone.refused)) refused[reason] = (refused[reason] ?? 0) + count;
  const total = (field: 'requested' | 'started' | 'stopped'): number =>
    zones.reduce((sum, { totals }) => sum + totals[field], 0);
  return {
    scenario: header.scenario,
    variant: header.variant,
    seed: header.seed,
    version: header.version,
    digest: '00112233445566ff',
    laneDigests: Object.fromEntries(header.lanes.map((name, at) => [name, `${at}`.repeat(16)])),
    policies: { placement: 'first-fit' },
    simulatedSeconds: header.durationMicros / 1e6,
    events: 123_456,
    transactions: 23_456,
    warnings: [],
    machine: { wallSeconds: 1.25, cpuSeconds: 1.5, peakRssBytes: 150 * 1024 ** 2, node: 'v20.0.0' },
    vms: {
      requested: total('requested'),
      started: total('started'),
      stopped: total('stopped'),
      lost: null,
      refused,
      failed: {},
      runningAtEnd: last.reduce((sum, { runningVms }) => sum + runningVms, 0),
    },
    accounts: 99,
    fragmentation: fragmentationOf(samples, last),
    fragmentRate: { '16': last[0]!.fragmentRate16 },
    packing: { hostsInService: 32, hostsInUse: 12.5, cpuDensity: 0.625 },
    overprovision: {
      cpu: { factor: 1, meanRatio: 0.4, peakRatio: 0.6 },
      memory: { factor: 1, meanRatio: 0.2, peakRatio: 0.3 },
    },
    cpu: null,
    traffic: null,
    storage: null,
    transfers: null,
    broadcast: BROADCAST_SUMMARY,
    vlans: Object.fromEntries(
      zones.map(({ options, totals, refused: why }) => [
        options.name,
        {
          capacity: options.vlans,
          peakInUse: totals.vlanPeak,
          meanInUse: totals.vlanSum / totals.samples,
          refused: why['vlan-exhausted'] ?? 0,
          ...SWITCH_PEAKS,
        },
      ]),
    ),
    migrations: null,
    failures: null,
    availability: null,
    energy: null,
    billing: null,
    expect: [],
  };
}

function fragmentationOf(samples: readonly Sample[], last: readonly Sample[]): Summary['fragmentation'] {
  const mean = (of: readonly Sample[], field: Figure): number =>
    of.reduce((sum, sample) => sum + sample[field], 0) / of.length;
  const values = samples.map(({ fragmentation, runningVms }) => ({ value: fragmentation, weight: runningVms }));
  return {
    mean: mean(samples, 'fragmentation'),
    end: mean(last, 'fragmentation'),
    p50: weightedQuantile(values, 50)!,
    p95: weightedQuantile(values, 95)!,
    max: weightedQuantile(values, 100)!,
    hostFragmentation: { mean: mean(samples, 'hostFragmentation'), end: mean(last, 'hostFragmentation') },
    podsPerCustomer: mean(samples, 'podsPerCustomer'),
    hostsPerCustomer: mean(samples, 'hostsPerCustomer'),
    phantomDomains: mean(samples, 'phantomDomains'),
  };
}

type Figure = 'fragmentation' | 'hostFragmentation' | 'podsPerCustomer' | 'hostsPerCustomer' | 'phantomDomains';

/** What a run with overcommitted hosts comes to. */
export const OVERCOMMITTED: Pick<Summary, 'cpu' | 'overprovision'> = {
  overprovision: {
    cpu: { factor: 4, meanRatio: 2.5, peakRatio: 3.123 },
    memory: { factor: 1.2, meanRatio: 0.7, peakRatio: 0.88 },
  },
  cpu: {
    demandCoreSeconds: 1e6,
    shortCoreSeconds: 21_000,
    shortRatio: 0.021,
    hostTimeShortRatio: 0.04,
    vmTimeShortRatio: 0.052,
    meanDemandRatio: 0.38,
    meanUseRatio: 0.372,
    peakDemandRatio: 0.71,
    peakHostDemandRatio: 2.1,
  },
};
