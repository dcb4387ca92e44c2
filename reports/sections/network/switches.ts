/** VLAN IDs, and what switches must hold of guest networks, against what they can: which table is full first. */
import { humanQuantity } from '../../../sim/base/units.js';
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { peakText } from '../../network-rows.js';
import { rateText, useText } from '../../network-text.js';
import { countOf, countText, figureText } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';

type Row = ReportData['network']['switches'][number];

const MOST = 12;

const COLUMNS = [
  { head: 'Switch' },
  { head: 'Level' },
  { head: 'VLANs', number: true },
  { head: 'Virtual ports', number: true },
  { head: 'MAC entries', number: true },
  { head: 'Fullest', number: true },
  { head: 'Traffic, mean', number: true },
  { head: 'Traffic, peak', number: true },
];

export function switchesPart({ summary, network: { switches, vlanAlternatives } }: ReportData): Html {
  const pools = Object.entries(summary.vlans);
  const sentences = pools.map(([zone, { capacity, peakInUse, meanInUse, refused, refusedBySwitch }]) => {
    const inUse = `${countText(peakInUse)} of ${countOf(capacity, 'VLAN ID')} at most in use, ${figureText(meanInUse)} on average`;
    const why = `${countOf(refused, 'request')} refused for want of one, ${countText(refusedBySwitch)} because a switch could carry no more`;
    return html`<li>Zone ${zone}: ${inUse}; ${why}.</li>`;
  });
  return html`<h3>VLAN IDs and switch tables</h3>
    <ul>
      ${sentences}
    </ul>
    ${alternatives(vlanAlternatives)} ${switches.length === 0 ? null : table(switches)}`;
}

const SCOPES = {
  zone: 'IDs unique in the zone',
  pod: 'IDs used again in every pod',
  overlay: 'a 24-bit overlay',
} as const;

const ALTERNATIVE_COLUMNS = [
  { head: 'Numbered by' },
  { head: 'Zone' },
  { head: 'Guest networks', number: true },
  { head: 'A customer may span' },
  { head: 'Bytes a frame', number: true },
  { head: 'Payload left', number: true },
];

/** What the operator could choose instead; the way of the run first. */
function alternatives(rows: ReportData['network']['vlanAlternatives']): Html | null {
  if (rows.length === 0) return null;
  const ordered = [...rows].sort((a, b) => (a.zone < b.zone ? -1 : a.zone > b.zone ? 1 : b.inForce - a.inForce));
  return html`${htmlTable('Ways to number guest networks', ALTERNATIVE_COLUMNS, [
    html`<tbody>
      ${ordered.map(({ zone, scope, inForce, networks, spansPods, overheadBytes, payloadRatio }) =>
        htmlRow(`${SCOPES[scope]}${inForce === 1 ? ', as here' : ''}`, ALTERNATIVE_COLUMNS, [
          zone,
          countText(networks),
          spansPods === 1 ? 'all pods of the zone' : 'one pod',
          overheadBytes === 0 ? '–' : `+${countText(overheadBytes)}`,
          humanQuantity('ratio', payloadRatio),
        ]),
      )}
    </tbody>`,
  ])}`;
}

function table(switches: readonly Row[]): Html {
  const fullest = switches
    .map((row) => ({ row, full: fullnessOf(row) }))
    .sort((a, b) => b.full.share - a.full.share || (a.row.switch < b.row.switch ? -1 : 1));
  const rows = fullest
    .slice(0, MOST)
    .map(({ row, full }) =>
      htmlRow(row.switch, COLUMNS, [
        row.level,
        row.peakVlans === null ? '–' : peakText({ peak: row.peakVlans, limit: row.vlanLimit }),
        row.peakVirtualPorts === null ? '–' : peakText({ peak: row.peakVirtualPorts, limit: row.virtualPortLimit }),
        peakText({ peak: row.peakMacEntries, limit: row.macTable }),
        full.share >= 1 ? html`<strong class="missed">${useText(full.share)}</strong>` : useText(full.share),
        rateText(row.meanBitsPerSecond),
        rateText(row.peakBitsPerSecond),
      ]),
    );
  const first = fullest[0]!;
  const rest = switches.length - rows.length;
  return html`<p>
      The table that is full first: ${first.full.of} of ${first.row.level} switch ${first.row.switch},
      ${useText(first.full.share)}.
      ${rest > 0 ? `${countOf(rest, 'switch', 'switches')} less full ${rest === 1 ? 'is' : 'are'} left out below.` : ''}
    </p>
    ${htmlTable('Switches', COLUMNS, [
      html`<tbody>
        ${rows}
      </tbody>`,
    ])}`;
}

/** Which of its tables is fullest. */
function fullnessOf(row: Row): { of: string; share: number } {
  const tables = [
    { of: 'VLANs', peak: row.peakVlans, limit: row.vlanLimit },
    { of: 'virtual ports', peak: row.peakVirtualPorts, limit: row.virtualPortLimit },
    { of: 'MAC entries', peak: row.peakMacEntries, limit: row.macTable },
  ];
  return tables
    .map(({ of, peak, limit }) => ({ of, share: (peak ?? 0) / Math.max(limit, 1) }))
    .reduce((a, b) => (b.share > a.share ? b : a));
}
