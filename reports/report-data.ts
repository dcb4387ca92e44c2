/** What the sections of a report are made of, read from the run once. */
import type { NetworkTables, TransferRow } from '../sim/store/network-types.js';
import type { Bill, RecordedRun, RefusalCount } from '../sim/store/open-run.js';
import type { RecordedSummary, RunHeader, Sample, Summary } from '../sim/store/types.js';
import { cloudSamples, type CloudSample } from './cloud-samples.js';

/** Bills that a report shows. */
export const LARGEST_BILLS = 10;

/** Transfers that a report shows. */
export const SLOWEST_TRANSFERS = 8;

export interface ReportData {
  header: RunHeader;
  summary: RecordedSummary;
  machine: Summary['machine'] | null;
  /** In the order of the zones. */
  zones: { name: string; vlanCapacity: number; samples: Sample[] }[];
  cloud: CloudSample[];
  refusals: RefusalCount[];
  /** Largest first. */
  largestBills: Bill[];
  /** All but transfers and migrations' rounds, of which there may be many. */
  network: Omit<NetworkTables, 'transfers' | 'migrationRounds'>;
  /** Slowest first. */
  slowestTransfers: TransferRow[];
  command: string;
}

export function readReportData(run: RecordedRun, command: string): ReportData {
  const { header, summary, machine } = run;
  const zones = header.zones.map(({ name, vlanCapacity }) => ({ name, vlanCapacity, samples: run.samplesOf(name) }));
  const cloud = cloudSamples(zones.map(({ samples }) => samples));
  const tables = {
    refusals: run.refusals(),
    largestBills: run.largestBills(LARGEST_BILLS),
    slowestTransfers: run.slowestTransfers(SLOWEST_TRANSFERS),
    network: readNetwork(run),
  };
  return { header, summary, machine, zones, cloud, ...tables, command };
}

function readNetwork(run: RecordedRun): ReportData['network'] {
  return {
    links: run.network('links'),
    switches: run.network('switches'),
    vlanAlternatives: run.network('vlanAlternatives'),
    customers: run.network('customers'),
    pods: run.network('pods'),
    overloads: run.network('overloads'),
    storage: run.network('storage'),
    podSizes: run.network('podSizes'),
    migrations: run.network('migrations'),
    rounds: run.network('rounds'),
    scattered: run.network('scattered'),
    runOuts: run.network('runOuts'),
    parameters: run.network('parameters'),
  };
}
