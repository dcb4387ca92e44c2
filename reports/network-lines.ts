/** The network in a few lines of the terminal's summary: where traffic goes, what is full, what broadcast costs, what runs out. */
import { humanQuantity, microsOf } from '../sim/base/units.js';
import type { LinkRow, RunOutRow } from '../sim/store/network-types.js';
import type { Summary } from '../sim/store/types.js';
import { byPeak } from './filling-link.js';
import { shareText } from './measure-rows.js';
import { peakText } from './network-rows.js';
import { framesText, linkText, rateText, timeText, useText } from './network-text.js';
import { countOf, countText, totalText } from './numbers.js';
import { firstToRunOut, whatText } from './run-out-text.js';
import type { Line } from './summary-line.js';

/** What a summary does not hold: names of links, and when something runs out. */
export interface NetworkNames {
  links: readonly LinkRow[];
  runOuts: readonly RunOutRow[];
}

export function networkLines(summary: Summary, names: NetworkNames | null): Line[] {
  return [
    ...trafficLines(summary, names?.links ?? []),
    ...storageLines(summary),
    ...transferLines(summary),
    ...migrationLines(summary),
    broadcastLine(summary),
    ...runOutLines(names?.runOuts ?? []),
  ];
}

function trafficLines({ traffic }: Summary, links: readonly LinkRow[]): Line[] {
  if (traffic === null) return [];
  const { sameHost, samePod, crossPod, crossPodShare, linksOverloaded, zoneSwitchPeakUtilization } = traffic;
  const share = crossPodShare === null ? '' : ` (${shareText(crossPodShare)} of that between VMs)`;
  // Customers' traffic is modelled as a whole or not at all.
  const ways: Line[] =
    sameHost === null || samePod === null || crossPod === null || traffic.public === null
      ? []
      : [
          {
            label: 'traffic',
            text: `${rateText(sameHost)} in hosts, ${rateText(samePod)} in pods, ${rateText(crossPod)} across pods${share}, ${rateText(traffic.public)} public`,
          },
        ];
  const zoneSwitch =
    zoneSwitchPeakUtilization === null ? '' : `; zone switch ${useText(zoneSwitchPeakUtilization)} at most`;
  const [hottest] = byPeak(links);
  const peak =
    hottest === undefined || hottest.peak === 0
      ? useText(traffic.hottestLinkPeakUtilization)
      : `${linkText(hottest)}, ${useText(hottest.peak)} at ${timeText(hottest.peakMicros)}`;
  const overloaded: Line = {
    label: 'overloaded',
    text: `${countOf(linksOverloaded, 'link')} asked for more than there is`,
  };
  return [
    ...ways,
    { label: 'hottest link', text: `${peak}${zoneSwitch}` },
    linksOverloaded > 0 ? { ...overloaded, style: 'yellow' } : overloaded,
  ];
}

function storageLines({ storage }: Summary): Line[] {
  if (storage === null) return [];
  const { meanIops, shortRatio, serversShort } = storage;
  const text = `${totalText(meanIops)} IOPS asked for; ${useText(shortRatio)} short, on ${countOf(serversShort, 'server')}`;
  return [serversShort > 0 ? { label: 'disks', text, style: 'yellow' } : { label: 'disks', text }];
}

function transferLines({ transfers }: Summary): Line[] {
  if (transfers === null) return [];
  const { started, completed, totalSeconds } = transfers;
  const seconds = (value: number): string => humanQuantity('duration', microsOf(value));
  const times = totalSeconds === null ? '' : `, median ${seconds(totalSeconds.p50)}, p99 ${seconds(totalSeconds.p99)}`;
  return [{ label: 'transfers', text: `${countText(completed)} of ${countText(started)} done${times}` }];
}

function migrationLines({ migrations }: Summary): Line[] {
  if (migrations === null) return [];
  const { started, completed, rolledBack, dropped, lost, totalSeconds, downtimeSeconds } = migrations;
  const seconds = (value: number): string => humanQuantity('duration', microsOf(value));
  const ends = [
    ...(rolledBack > 0 ? [`${countText(rolledBack)} rolled back`] : []),
    ...(dropped > 0 ? [`${countText(dropped)} dropped`] : []),
    ...(lost > 0 ? [`${countOf(lost, 'VM')} lost`] : []),
  ].map((text) => `, ${text}`);
  const times =
    totalSeconds === null || downtimeSeconds === null
      ? ''
      : `; median ${seconds(totalSeconds.p50)}, down ${seconds(downtimeSeconds.p50)} (p99 ${seconds(totalSeconds.p99)}, ${seconds(downtimeSeconds.p99)})`;
  const line = {
    label: 'migrations',
    text: `${countText(completed)} of ${countText(started)} done${ends.join('')}${times}`,
  };
  return [lost > 0 ? { ...line, style: 'yellow' } : line];
}

function broadcastLine({ broadcast }: Summary): Line {
  const { framesPerSecondPerHost, flatFramesPerSecondPerHost, cpuShare, flatCpuShare } = broadcast;
  const own = `${framesText(framesPerSecondPerHost.mean)} a host, ${useText(cpuShare)} of its CPU`;
  const flat = `${framesText(flatFramesPerSecondPerHost)}, ${useText(flatCpuShare)} if flat`;
  return { label: 'broadcast', text: `${own}; ${flat}` };
}

/** A line a zone in which a switch had to refuse a guest network. */
export function switchLines({ vlans }: Summary, mostZones: number): Line[] {
  const short = Object.entries(vlans).filter(([, { refusedBySwitch }]) => refusedBySwitch > 0);
  const worst = [...short].sort(([, a], [, b]) => b.refusedBySwitch - a.refusedBySwitch).slice(0, mostZones);
  return worst.map(([zone, pool], at): Line => {
    const peaks = `VLANs ${peakText(pool.podSwitchVlans)}, virtual ports ${peakText(pool.podSwitchVirtualPorts)} of a pod switch`;
    const text = `${zone}  ${countText(pool.refusedBySwitch)} refused by full switches; ${peaks}`;
    return { label: at === 0 ? 'switches' : '', text, style: 'yellow' };
  });
}

function runOutLines(runOuts: readonly RunOutRow[]): Line[] {
  const first = firstToRunOut(runOuts);
  if (first === null) return [];
  const { what, zone, atMicros, inUse, capacity } = first;
  const when = atMicros === null || inUse >= capacity ? 'used up already' : `after ${timeText(atMicros)}`;
  return [{ label: 'runs out first', text: `${whatText(what)} of ${zone}, ${when}` }];
}
