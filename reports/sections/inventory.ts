/** What the cloud of the run consists of. Neighbouring pods that are alike share a row, so that a thousand pods stay readable. */
import { humanQuantity } from '../../sim/base/units.js';
import type { RunHeader } from '../../sim/store/types.js';
import { html, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { overprovisions } from '../cpu-rows.js';
import { countOf, countText, figureText, listText, rangeText } from '../numbers.js';
import type { ReportData } from '../report-data.js';

type Zone = RunHeader['zones'][number];
type Pod = Zone['pods'][number];

const COLUMNS = [
  { head: 'Pods' },
  { head: 'Count', number: true },
  { head: 'Hosts in each' },
  { head: 'Storage in each' },
];

export function inventory({ header, summary }: ReportData): Html {
  return html`<section id="inventory">
    <h2>Inventory</h2>
    ${htmlTable('Inventory', COLUMNS, header.zones.map(zoneRows))}
    <p>${offeringsText(header.offerings)}${promiseText(summary)}</p>
  </section>`;
}

function zoneRows(zone: Zone): Html {
  const rows = groupsOf(zone.pods).map(({ pods, hosts, storage }) =>
    htmlRow(rangeText(pods.map(({ name }) => name)), COLUMNS, [countText(pods.length), lines(hosts), lines(storage)]),
  );
  return html`<tbody>
    <tr>
      <th scope="rowgroup" colspan="4" class="group">Zone ${zone.name}: ${zoneText(zone)}</th>
    </tr>
    ${rows}
  </tbody> `;
}

function zoneText({ pods, vlanCapacity }: Zone): string {
  const hosts = pods.flatMap((pod) => pod.hosts);
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const storage = sum(pods.flatMap((pod) => pod.storage.map(({ capacityBytes }) => capacityBytes)));
  return listText([
    countOf(pods.length, 'pod'),
    countOf(hosts.length, 'host'),
    humanQuantity('cpu', sum(hosts.map(({ cpuMillis }) => cpuMillis))),
    `${humanQuantity('memory', sum(hosts.map(({ memoryBytes }) => memoryBytes)))} of memory`,
    `${humanQuantity('memory', storage)} of disk`,
    countOf(vlanCapacity, 'VLAN ID'),
  ]);
}

interface Group {
  pods: Pod[];
  hosts: string[];
  storage: string[];
}

function groupsOf(pods: readonly Pod[]): Group[] {
  const groups: Group[] = [];
  let former = '';
  for (const pod of pods) {
    const hosts = counted(pod.hosts.map(hostText));
    const storage = counted(pod.storage.map(storageText));
    const alike = JSON.stringify([hosts, storage]);
    if (alike === former) groups.at(-1)!.pods.push(pod);
    else groups.push({ pods: [pod], hosts, storage });
    former = alike;
  }
  return groups;
}

/** "8 × …" for things alike, in the order in which they first come. */
function counted(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => `${countText(count)} × ${text}`);
}

function hostText({ type, role, cpuMillis, memoryBytes, nodes, inService }: Pod['hosts'][number]): string {
  const size = `${humanQuantity('cpu', cpuMillis)}, ${humanQuantity('memory', memoryBytes)}, ${countOf(nodes, 'NUMA node')}`;
  const roles = role === 'both' ? 'computing and routing' : role;
  return `${type}: ${size}, ${roles}${inService ? '' : ', not in service'}`;
}

function storageText({ type, capacityBytes, iops }: Pod['storage'][number]): string {
  return `${type}: ${humanQuantity('memory', capacityBytes)}, ${countText(iops)} IOPS`;
}

function lines(texts: readonly string[]): Html {
  return texts.length === 0 ? html`none` : html`${texts.map((text) => html`<div>${text}</div>`)}`;
}

/** The table shows what hosts have. */
function promiseText(summary: ReportData['summary']): string {
  if (!overprovisions(summary)) return '';
  const { cpu, memory } = summary.overprovision;
  return ` VMs may be promised ${figureText(cpu.factor)} times the CPU and ${figureText(memory.factor)} times the memory that hosts have.`;
}

function offeringsText(offerings: readonly string[]): string {
  if (offerings.length === 0) return 'There is nothing that customers could start.';
  return `${offerings.length === 1 ? 'Offering' : 'Offerings'}: ${listText(offerings)}.`;
}
