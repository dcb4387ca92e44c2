/** The figures of the run, each with what it means in the words of the glossary; and zone by zone where there are several. */
import { humanQuantity } from '../../sim/base/units.js';
import { html, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { CPU_ROWS, overprovisions, PROMISED_ROWS } from '../cpu-rows.js';
import {
  CUSTOMERS,
  FAILED,
  FRAGMENTATION_ROWS,
  fragmentRateRow,
  PACKING_ROWS,
  REFUSED,
  VM_ROWS,
} from '../measure-rows.js';
import { countText, figureText } from '../numbers.js';
import type { ReportData } from '../report-data.js';
import { peakOf, UTILISATION, type Resource } from '../utilisation.js';
import { tileList, tilesOf, type Tile } from './tiles.js';

export function headline(data: ReportData): Html {
  const { summary } = data;
  const rates = Object.keys(summary.fragmentRate).map(fragmentRateRow);
  const groups: { title: string; tiles: Tile[] }[] = [
    {
      title: 'Virtual machines',
      tiles: [...tilesOf([CUSTOMERS, ...VM_ROWS], summary), ...mostTile(data), ...tilesOf([REFUSED, FAILED], summary)],
    },
    { title: 'Togetherness', tiles: tilesOf([...FRAGMENTATION_ROWS, ...rates], summary) },
    {
      title: 'Use of what there is',
      tiles: [
        ...tilesOf(PACKING_ROWS, summary),
        ...vlanTiles(data),
        ...UTILISATION.map((one) => peakTile(data, one)),
        ...(overprovisions(summary) ? tilesOf(PROMISED_ROWS, summary) : []),
      ],
    },
    ...(summary.cpu === null ? [] : [{ title: 'CPU asked for and had', tiles: tilesOf(CPU_ROWS, summary) }]),
  ];
  return html`<section id="headline">
    <h2>Headline figures</h2>
    ${groups.map(
      ({ title, tiles }) =>
        html`<h3>${title}</h3>
          ${tileList(tiles)} `,
    )}${data.zones.length > 1 ? zoneTable(data) : null}
  </section>`;
}

function mostTile({ cloud }: ReportData): Tile[] {
  if (cloud.length === 0) return [];
  const most = cloud.reduce((a, b) => (b.runningVms > a.runningVms ? b : a));
  const meaning = `Customers' VMs running at a time, as sampled; at ${humanQuantity('duration', most.atMicros)}.`;
  return [{ label: 'VMs running at most', value: countText(most.runningVms), meaning }];
}

function vlanTiles({ summary }: ReportData): Tile[] {
  const pools = Object.entries(summary.vlans);
  const share = ([, { peakInUse, capacity }]: (typeof pools)[number]): number => peakInUse / Math.max(capacity, 1);
  const fullest = pools.reduce<(typeof pools)[number] | undefined>(
    (most, pool) => (most === undefined || share(pool) > share(most) ? pool : most),
    undefined,
  );
  if (fullest === undefined) return [];
  const [zone, { peakInUse, capacity }] = fullest;
  return [
    {
      label: 'VLAN IDs at most in use',
      value: `${countText(peakInUse)} of ${countText(capacity)}`,
      meaning:
        pools.length === 1
          ? `Each guest network takes one of the pool of zone ${zone}; without one left, its customer's VMs are refused.`
          : `In zone ${zone}, whose pool got fullest. Each guest network takes one; without one left, its customer's VMs are refused.`,
    },
  ];
}

function peakTile({ cloud, zones, summary }: ReportData, resource: Resource): Tile {
  const peak = peakOf(cloud, resource);
  const label = `${resource} at most in use`;
  if (peak === null) return { label, value: 'none', meaning: `No sample shows any ${resource} to give to VMs.` };
  const { sample, share } = peak;
  const amounts = {
    CPU: ['cpu', sample.cpuMillisUsed, sample.cpuMillisCapacity],
    memory: ['memory', sample.memoryBytesUsed, sample.memoryBytesCapacity],
    disk: ['memory', sample.diskBytesUsed, sample.diskBytesCapacity],
  } as const;
  const [kind, used, capacity] = amounts[resource];
  return {
    label,
    value: humanQuantity('ratio', share),
    meaning: `${humanQuantity(kind, used)} of ${humanQuantity(kind, capacity)}${resource !== 'disk' && overprovisions(summary) ? ' that may be promised' : ''}, at ${humanQuantity('duration', sample.atMicros)}${zones.length > 1 ? ', of all zones together' : ''}, as sampled.`,
  };
}

const ZONE_COLUMNS = [
  { head: 'Zone' },
  { head: 'VMs in the last sample', number: true },
  { head: 'VLAN IDs at most in use', number: true },
  { head: 'VLAN IDs on average', number: true },
  { head: 'Refused for want of one', number: true },
  ...UTILISATION.map((resource) => ({ head: `${resource} at most`, number: true })),
];

function zoneTable({ zones, summary }: ReportData): Html {
  const rows = zones.map(({ name, samples }) => {
    const pool = summary.vlans[name];
    const peak = (resource: Resource): string => {
      const found = peakOf(samples, resource);
      return found === null ? 'none' : humanQuantity('ratio', found.share);
    };
    const cells = [
      samples.length === 0 ? '–' : countText(samples.at(-1)!.runningVms),
      pool === undefined ? '–' : `${countText(pool.peakInUse)} of ${countText(pool.capacity)}`,
      pool === undefined ? '–' : figureText(pool.meanInUse),
      pool === undefined ? '–' : countText(pool.refused),
      ...UTILISATION.map(peak),
    ];
    return htmlRow(name, ZONE_COLUMNS, cells);
  });
  return html`<h3>Zone by zone</h3>
    <div id="zones">
      ${htmlTable('Zone by zone', ZONE_COLUMNS, [
        html`<tbody>
          ${rows}
        </tbody>`,
      ])}
    </div>`;
}
