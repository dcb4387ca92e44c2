/** What the sections of a report are made of, read from the run once. */
import type { RecordedRun, RefusalCount } from '../sim/store/open-run.js';
import type { RecordedSummary, RunHeader, Sample, Summary } from '../sim/store/types.js';
import { cloudSamples, type CloudSample } from './cloud-samples.js';

export interface ReportData {
  header: RunHeader;
  summary: RecordedSummary;
  machine: Summary['machine'] | null;
  /** In the order of the zones. */
  zones: { name: string; vlanCapacity: number; samples: Sample[] }[];
  cloud: CloudSample[];
  refusals: RefusalCount[];
  command: string;
}

export function readReportData(run: RecordedRun, command: string): ReportData {
  const { header, summary, machine } = run;
  const zones = header.zones.map(({ name, vlanCapacity }) => ({ name, vlanCapacity, samples: run.samplesOf(name) }));
  const cloud = cloudSamples(zones.map(({ samples }) => samples));
  return { header, summary, machine, zones, cloud, refusals: run.refusals(), command };
}
