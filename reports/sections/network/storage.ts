/** Operations on disks: what servers were asked for and could not do, and how many VMs a pod's storage carries. */
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { useText } from '../../network-text.js';
import { countOf, countText, rangeText, totalText } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';

type Use = ReportData['network']['storage'][number];
type Size = ReportData['network']['podSizes'][number];

const MOST_SERVERS = 12;
const MOST_SIZES = 16;

const COLUMNS = [
  { head: 'Storage server' },
  { head: 'Can do', number: true },
  { head: 'Asked for, mean', number: true },
  { head: 'Asked for, peak', number: true },
  { head: 'Peak of what it can', number: true },
  { head: 'Short', number: true },
  { head: 'Short of the time', number: true },
];

export function storagePart({ network: { storage, podSizes } }: ReportData): Html | null {
  if (storage.length === 0 && podSizes.length === 0) return null;
  return html`<h3>Storage</h3>
    ${storage.length === 0 ? null : servers(storage)} ${podSizes.length === 0 ? null : sizes(podSizes)}`;
}

function servers(storage: readonly Use[]): Html {
  const most = (use: Use): number => use.peakIops / Math.max(use.capacityIops, 1);
  const fullest = [...storage].sort((a, b) => b.shortRatio - a.shortRatio || most(b) - most(a)).slice(0, MOST_SERVERS);
  const rows = fullest.map((use) =>
    htmlRow(use.server, COLUMNS, [
      `${countText(use.capacityIops)} IOPS`,
      ...[use.meanIops, use.peakIops].map((iops) => `${totalText(iops)} IOPS`),
      useText(most(use)),
      useText(use.shortRatio),
      useText(use.timeShortRatio),
    ]),
  );
  const rest = storage.length - rows.length;
  return html`${htmlTable('Storage servers', COLUMNS, [
    html`<tbody>
      ${rows}
    </tbody>`,
  ])}
  ${rest > 0 ? html`<p class="note">${countOf(rest, 'server')} less asked for ${rest === 1 ? 'is' : 'are'} left out.</p>` : null}`;
}

/** A sentence an offering and run of pods that are alike. */
function sizes(podSizes: readonly Size[]): Html {
  const groups: { size: Size; pods: string[] }[] = [];
  const open = new Map<string, (typeof groups)[number] & { key: string }>();
  for (const size of podSizes) {
    const key = [size.iopsPerVm, size.vmsByStorage, size.vmsByHosts].join();
    const former = open.get(`${size.zone} ${size.offering}`);
    if (former?.key === key) former.pods.push(size.pod);
    else {
      const group = { size, pods: [size.pod], key };
      open.set(`${size.zone} ${size.offering}`, group);
      groups.push(group);
    }
  }
  const rest = groups.length - MOST_SIZES;
  return html`<p>
      How many VMs of an offering an empty pod carries, if each asks for all that its throttle lets through:
    </p>
    <ul id="pod-sizes">
      ${groups.slice(0, MOST_SIZES).map((group) => html`<li>${sizeText(group)}</li>`)}
      ${rest > 0 ? html`<li>${countText(rest)} more are in the table pod_sizes.</li>` : null}
    </ul>`;
}

function sizeText({ size, pods }: { size: Size; pods: readonly string[] }): string {
  const { offering, iopsPerVm, vmsByStorage, vmsByHosts } = size;
  const each = pods.length === 1 ? '' : ' each';
  const binds =
    vmsByStorage < vmsByHosts
      ? 'storage is full first'
      : vmsByStorage > vmsByHosts
        ? 'hosts are full first'
        : 'both are full at once';
  return `The storage of ${rangeText(pods)} carries ${countOf(vmsByStorage, 'VM')} of ${offering}${each} (${countText(iopsPerVm)} IOPS a VM); ${pods.length === 1 ? 'its' : 'their'} hosts carry ${countText(vmsByHosts)}: ${binds}.`;
}
