/** Measures of the network as rows: traffic by where it goes, links, operations on disks, transfers, broadcast. */
import { humanQuantity, microsOf } from '../sim/base/units.js';
import type { BroadcastSummary } from '../sim/measures/broadcast-result.js';
import type { TrafficSummary } from '../sim/measures/traffic-result.js';
import type { MigrationsSummary, StorageSummary, TransfersSummary, VlanSummary } from '../sim/store/types.js';
import { NOT_DEFINED, shareText, type MeasureRow } from './measure-rows.js';
import { framesText, rateText, useText } from './network-text.js';
import { countText, totalText } from './numbers.js';

type Text<Part> = (part: Part) => string | null;

const traffic = (label: string, meaning: string, of: Text<TrafficSummary>): MeasureRow => ({
  ...{ label, meaning },
  valueOf: (summary) => summary.traffic && of(summary.traffic),
});
const storage = (label: string, meaning: string, of: Text<StorageSummary>): MeasureRow => ({
  ...{ label, meaning },
  valueOf: (summary) => summary.storage && of(summary.storage),
});
const transfers = (label: string, meaning: string, of: Text<TransfersSummary>): MeasureRow => ({
  ...{ label, meaning },
  valueOf: (summary) => summary.transfers && of(summary.transfers),
});
const migrations = (label: string, meaning: string, of: Text<MigrationsSummary>): MeasureRow => ({
  ...{ label, meaning },
  valueOf: (summary) => summary.migrations && of(summary.migrations),
});
const broadcast = (label: string, meaning: string, of: Text<BroadcastSummary>): MeasureRow => ({
  ...{ label, meaning },
  valueOf: (summary) => of(summary.broadcast),
});

/** null: not modelled. */
const rateOrNull = (bitsPerSecond: number | null): string | null =>
  bitsPerSecond === null ? null : rateText(bitsPerSecond);

export const LOCALITY_ROWS: readonly MeasureRow[] = [
  traffic('traffic within hosts', 'Between VMs of a customer on one host; on average.', (of) =>
    rateOrNull(of.sameHost),
  ),
  traffic('traffic within pods', 'Between hosts of a pod.', (of) => rateOrNull(of.samePod)),
  traffic('traffic across pods', 'Through the zone switch.', (of) => rateOrNull(of.crossPod)),
  traffic('traffic across zones', 'Of flows between zones.', (of) => rateOrNull(of.crossZone)),
  traffic('public traffic', 'To and from the public network.', (of) => rateOrNull(of.public)),
  traffic('cross-pod share', 'Of the traffic between VMs, what leaves its pod.', (of) =>
    of.crossPod === null ? null : shareText(of.crossPodShare),
  ),
  traffic('traffic cost', 'Traffic between VMs times the switches on its way.', (of) => rateOrNull(of.trafficCost)),
  traffic('latency between VMs', 'Mean over what they exchange, of paths alone.', (of) =>
    of.crossPod === null
      ? null
      : of.trafficLatencySeconds === null
        ? NOT_DEFINED
        : humanQuantity('duration', of.trafficLatencySeconds * 1e6),
  ),
];

export const OTHER_TRAFFIC_ROWS: readonly MeasureRow[] = [
  traffic('storage traffic', "Of VMs' operations on their disks.", (of) => rateOrNull(of.storage)),
  traffic('management traffic', 'Of commands, reports and consoles.', (of) => rateText(of.management)),
  traffic('transfer traffic', 'Of copies and flows.', (of) => rateText(of.transfers)),
];

export const LINK_ROWS: readonly MeasureRow[] = [
  traffic('zone switch at most in use', 'Traffic across pods over what it can take in from its pods.', (of) =>
    of.zoneSwitchPeakUtilization === null ? null : useText(of.zoneSwitchPeakUtilization),
  ),
  traffic('hottest link at most in use', 'Of any link, in any sample.', (of) => useText(of.hottestLinkPeakUtilization)),
  traffic('links overloaded', 'Asked for more than they have, in any sample.', (of) => countText(of.linksOverloaded)),
];

export const STORAGE_ROWS: readonly MeasureRow[] = [
  storage(
    'operations asked for',
    'Of storage servers, a second; on average.',
    (of) => `${totalText(of.meanIops)} IOPS`,
  ),
  storage('operations short', 'Of those asked for, what servers could not do.', (of) => useText(of.shortRatio)),
  storage('storage servers short', 'Ever asked for more than they can do.', (of) => countText(of.serversShort)),
];

const seconds = (value: number): string => humanQuantity('duration', microsOf(value));

export const TRANSFER_ROWS: readonly MeasureRow[] = [
  transfers('transfers completed', 'Copies and flows that came to their end.', (of) => {
    return `${countText(of.completed)} of ${countText(of.started)}`;
  }),
  transfers('transfer time, median', 'From beginning to end, of completed ones.', (of) =>
    of.totalSeconds === null ? NOT_DEFINED : seconds(of.totalSeconds.p50),
  ),
  transfers('transfer time, 99th percentile', 'The same, of the slow ones.', (of) =>
    of.totalSeconds === null ? NOT_DEFINED : seconds(of.totalSeconds.p99),
  ),
];

export const MIGRATION_ROWS: readonly MeasureRow[] = [
  migrations('migrations completed', 'Live migrations that came to a good end.', (of) => {
    return `${countText(of.completed)} of ${countText(of.started)}`;
  }),
  migrations('migrations rolled back', 'Whose VM runs on where it was.', (of) => countText(of.rolledBack)),
  migrations('migration time, median', 'Of copying, of completed ones.', (of) =>
    of.totalSeconds === null ? NOT_DEFINED : seconds(of.totalSeconds.p50),
  ),
  migrations('migration time, 99th percentile', 'The same, of the slow ones.', (of) =>
    of.totalSeconds === null ? NOT_DEFINED : seconds(of.totalSeconds.p99),
  ),
  migrations('downtime, median', 'Without a guest that runs.', (of) =>
    of.downtimeSeconds === null ? NOT_DEFINED : seconds(of.downtimeSeconds.p50),
  ),
  migrations('downtime, 99th percentile', 'The same, of the long ones.', (of) =>
    of.downtimeSeconds === null ? NOT_DEFINED : seconds(of.downtimeSeconds.p99),
  ),
  migrations('guest time lost', 'Down, or slowed, of all completed ones together.', (of) =>
    seconds(of.lostGuestSeconds),
  ),
  migrations('transfers held up', 'Others, by more than a millisecond; and by how long together.', (of) =>
    of.othersDelayed === 0 ? countText(0) : `${countText(of.othersDelayed)}, by ${seconds(of.othersDelaySeconds)}`,
  ),
  migrations('migrated', 'On the wire, of all migrations.', (of) => humanQuantity('memory', of.bytes)),
];

export const BROADCAST_ROWS: readonly MeasureRow[] = [
  broadcast('broadcast a host', 'Broadcast and flooded frames that a host receives; on average.', (of) =>
    framesText(of.framesPerSecondPerHost.mean),
  ),
  broadcast('broadcast a host, if flat', 'The same hosts and VMs in one layer-2 network.', (of) =>
    framesText(of.flatFramesPerSecondPerHost),
  ),
  broadcast('CPU for broadcast', "Of a host's CPU.", (of) => useText(of.cpuShare)),
  broadcast('CPU for broadcast, if flat', 'The same in one layer-2 network.', (of) => useText(of.flatCpuShare)),
];

/** All that stand side by side where variants are compared. */
export const NETWORK_ROWS: readonly MeasureRow[] = [
  ...LOCALITY_ROWS,
  ...LINK_ROWS,
  ...OTHER_TRAFFIC_ROWS,
  ...STORAGE_ROWS,
  ...TRANSFER_ROWS,
  ...MIGRATION_ROWS,
];

type PeakOfLimit = { peak: number; limit: number };

/** What switches hold of each zone's guest networks: "34 of 1,024". A limit of 0: of no meaning there. */
export const SWITCH_FIGURES: readonly { label: string; meaning: string; of(pool: VlanSummary): PeakOfLimit }[] = [
  {
    label: 'VLANs of a pod switch',
    meaning: 'Most that any pod switch carried at once, of what the smallest can.',
    of: (pool) => pool.podSwitchVlans,
  },
  {
    label: 'virtual ports of a pod switch',
    meaning: 'Guest VLANs summed over its ports.',
    of: (pool) => pool.podSwitchVirtualPorts,
  },
  {
    label: 'VLANs of the zone switch',
    meaning: 'Most that it carried at once.',
    of: (pool) => pool.zoneSwitchVlans,
  },
  {
    label: 'virtual ports of the zone switch',
    meaning: 'Guest VLANs summed over its ports.',
    of: (pool) => pool.zoneSwitchVirtualPorts,
  },
  {
    label: 'MAC entries of a pod switch',
    meaning: 'Addresses that it must remember; past its table it floods.',
    of: (pool) => pool.podSwitchMacEntries,
  },
];

export const peakText = ({ peak, limit }: PeakOfLimit): string => `${countText(peak)} of ${countText(limit)}`;
