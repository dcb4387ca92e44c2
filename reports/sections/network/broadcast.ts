/** What broadcast costs a host in its pod, and what it would cost in one flat network; and the constants that this rests on. */
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { framesText, useText } from '../../network-text.js';
import { countOf, countText, figureText } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';

type Row = ReportData['network']['pods'][number];

const FLAT = 'flat';
const MOST_PODS = 12;

const COLUMNS = [
  { head: 'Pod' },
  { head: 'Hosts', number: true },
  { head: 'Frames/s, mean', number: true },
  { head: 'Frames/s, most', number: true },
  { head: 'Flooded/s', number: true },
  { head: 'Of CPU', number: true },
  { head: 'Of uplink', number: true },
];

export function broadcastPart(data: ReportData): Html {
  const { broadcast } = data.summary;
  const { mean } = broadcast.framesPerSecondPerHost;
  const flat = broadcast.flatFramesPerSecondPerHost;
  const times = mean > 0 ? `, ${figureText(flat / mean)} times as many` : '';
  return html`<h3>What broadcast costs</h3>
    <p id="broadcast">
      A host receives ${framesText(mean)} of broadcast in its pod and spends ${useText(broadcast.cpuShare)} of its CPU
      on it. With all hosts of a zone in one flat layer-2 network it would be ${framesText(flat)}${times}, and
      ${useText(broadcast.flatCpuShare)} of its CPU.
    </p>
    ${data.network.pods.length === 0 ? null : podTable(data.network.pods)} ${parameters(data)}`;
}

/** Zone by zone: the flat network first, then its pods, those with most frames first. */
function podTable(pods: readonly Row[]): Html {
  const zones = [...new Set(pods.map(({ zone }) => zone))];
  const bodies = zones.map((zone) => {
    const own = pods.filter((row) => row.zone === zone && row.pod !== FLAT);
    const most = [...own].sort((a, b) => b.meanFramesPerSecond - a.meanFramesPerSecond).slice(0, MOST_PODS);
    const flat = pods.filter((row) => row.zone === zone && row.pod === FLAT);
    const rest = own.length - most.length;
    return html`<tbody>
      ${flat.map((row) => podRow(row, `zone ${zone} as one flat network`))} ${most.map((row) => podRow(row, row.pod))}
      ${rest === 0 ? null : htmlRow(`${countOf(rest, 'pod')} with less`, COLUMNS, [])}
    </tbody>`;
  });
  return htmlTable('Broadcast by pod', COLUMNS, bodies);
}

function podRow(row: Row, name: string): Html {
  return htmlRow(name, COLUMNS, [
    countText(row.hosts),
    ...[row.meanFramesPerSecond, row.maxFramesPerSecond, row.floodedFramesPerSecond].map(figureText),
    useText(row.cpuShare),
    useText(row.linkShare),
  ]);
}

const PARAMETER_COLUMNS = [
  { head: 'Constant' },
  { head: 'Value', number: true },
  { head: 'Unit' },
  { head: 'Rests on' },
  { head: 'Source' },
];

function parameters({ network }: ReportData): Html | null {
  const all = network.parameters;
  if (all.length === 0) return null;
  const open = all.filter(({ calibrate }) => calibrate === 1).length;
  // What is to be calibrated comes first: it is what a reader must know.
  const sorted = [...all].sort((a, b) => b.calibrate - a.calibrate);
  const rows = sorted.map(({ name, value, unit, source, calibrate }) =>
    htmlRow(html`<code>${name}</code>`, PARAMETER_COLUMNS, [
      figureText(value),
      unit,
      calibrate === 1 ? html`<span class="missed">to calibrate</span>` : html`<span class="held">sourced</span>`,
      source,
    ]),
  );
  return html`<p>
      These figures rest on ${countOf(all.length, 'constant')}; ${countText(open)} of them nobody measured for this
      cloud, and ${open === 1 ? 'it is' : 'they are'} to be calibrated.
    </p>
    <details id="broadcast-parameters">
      <summary>The constants, and where each comes from</summary>
      ${htmlTable('Constants of broadcast', PARAMETER_COLUMNS, [
        html`<tbody>
          ${rows}
        </tbody>`,
      ])}
    </details>`;
}
