/** What the run does not tell, and how to have it again: the command, and the digests that say whether it was the same. */
import { humanQuantity, microsOf } from '../../sim/base/units.js';
import { html, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { notModelled } from '../measure-rows.js';
import { countOf, listText } from '../numbers.js';
import type { ReportData } from '../report-data.js';

/** A scenario with a large inventory would bury the report; it stands beside it. */
const LONGEST_SCENARIO = 50_000;

export function notModelledHere({ summary }: ReportData): Html {
  const absent = notModelled([summary]);
  return html`<section id="not-modelled">
    <h2>What this run does not tell</h2>
    <p>
      ${
        absent.length === 0
          ? 'Everything that a summary can hold was modelled.'
          : `Not modelled in this run, and so neither 0 nor known: ${listText(absent)}.`
      }
    </p>
  </section>`;
}

const LANE_COLUMNS = [{ head: 'Lane' }, { head: 'Digest' }];

export function repeating({ header, summary, machine, command }: ReportData): Html {
  const { scenarioText } = header;
  const rows = Object.entries(summary.laneDigests).map(([lane, digest]) =>
    htmlRow(lane, LANE_COLUMNS, [html`<code>${digest}</code>`]),
  );
  return html`<section id="repeat">
    <h2>How to repeat it</h2>
    <pre><code>${command}</code></pre>
    <p>
      With podtwin ${header.version} this gives the digest <code>${summary.digest}</code> on every machine, over
      ${countOf(summary.events, 'event')} and ${countOf(summary.transactions, 'transaction')}. Where another digest
      comes, the lanes tell where the runs part:
    </p>
    ${htmlTable('Digests of lanes', LANE_COLUMNS, [
      html`<tbody>
        ${rows}
      </tbody>`,
    ])}
    ${
      scenarioText.length > LONGEST_SCENARIO
        ? html`<p>The scenario as it ran stands in <code>scenario.yaml</code> beside this report.</p>`
        : html`<details>
            <summary>The scenario as it ran</summary>
            <pre><code>${scenarioText}</code></pre>
          </details>`
    }
    ${machine === null ? null : machineLine(machine)}
  </section>`;
}

function machineLine({ wallSeconds, cpuSeconds, peakRssBytes, node }: NonNullable<ReportData['machine']>): Html {
  const wall = humanQuantity('duration', microsOf(wallSeconds));
  const cpu = humanQuantity('duration', microsOf(cpuSeconds));
  return html`<p class="machine" id="machine">
    Of the machine, and not the same elsewhere: ${wall}, ${cpu} of CPU, ${humanQuantity('memory', peakRssBytes)} of
    memory at most, Node ${node}.
  </p>`;
}
