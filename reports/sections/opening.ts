/** What a reader meets first: which run this is, what to read before trusting it, and whether it was as expected. */
import { humanQuantity } from '../../sim/base/units.js';
import { actualText, boundsText } from '../expectation-text.js';
import { html, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { countOf } from '../numbers.js';
import type { ReportData } from '../report-data.js';

export function titleOf({ header }: ReportData): string {
  return header.variant === null ? header.scenario : `${header.scenario}, variant ${header.variant}`;
}

export function heading(data: ReportData): Html {
  const { header, summary } = data;
  const facts = [
    ['variant', header.variant ?? 'base'],
    ['seed', String(header.seed)],
    ['simulated time', humanQuantity('duration', header.durationMicros)],
    ['placement', summary.policies.placement],
    ['digest', summary.digest],
    ['podtwin', header.version],
  ] as const;
  return html`<header>
    <p class="kind">Report of a run of podtwin</p>
    <h1>${header.scenario}</h1>
    ${header.about === '' ? null : html`<p class="about">${header.about}</p> `}
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

export function warnings({ summary }: ReportData): Html {
  const count = summary.warnings.length;
  if (count === 0) return html`<p class="calm" id="warnings">0 warnings.</p>`;
  return html`<section class="warnings" id="warnings" aria-labelledby="warnings-heading">
    <h2 id="warnings-heading">${countOf(count, 'warning')}: read before trusting the result</h2>
    <ul>
      ${summary.warnings.map(({ code, message }) => html`<li>${message} <code>${code}</code></li>`)}
    </ul>
  </section>`;
}

const COLUMNS = [{ head: 'Measure' }, { head: 'Expected' }, { head: 'Came', number: true }, { head: 'Held' }];

export function expectations({ summary }: ReportData): Html {
  const all = summary.expect;
  const missed = all.filter(({ held }) => !held).length;
  const verdict =
    all.length === 0
      ? 'The run was held against no expectation.'
      : missed === 0
        ? `${all.length === 1 ? 'The one expectation' : `All ${all.length} expectations`} held.`
        : `${missed} of ${countOf(all.length, 'expectation')} did not hold.`;
  const rows = all.map((one) => {
    const held = one.held ? html`<span class="held">✓ yes</span>` : html`<span class="missed">✗ no</span>`;
    return htmlRow(html`<code>${one.measure}</code>`, COLUMNS, [boundsText(one), actualText(one), held]);
  });
  const table = htmlTable('Expectations', COLUMNS, [
    html`<tbody>
      ${rows}
    </tbody>`,
  ]);
  return html`<section id="expectations">
    <h2>What was expected</h2>
    <p>${verdict}</p>
    ${all.length === 0 ? null : table}
  </section>`;
}
