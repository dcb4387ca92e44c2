/**
 * The report of a run: one HTML file that holds all it needs, inline SVG and no script, nothing fetched. The same run gives
 * the same bytes, but for the line that says what the run took on its machine. Warnings stand before all results.
 */
import type { RecordedRun } from '../sim/store/open-run.js';
import { html, trusted } from './html.js';
import { readReportData } from './report-data.js';
import { bills } from './sections/bills.js';
import { notModelledHere, repeating } from './sections/closing.js';
import { curves } from './sections/curves.js';
import { defragmentation } from './sections/defragmentation.js';
import { headline } from './sections/headline.js';
import { inventory } from './sections/inventory.js';
import { network } from './sections/network.js';
import { expectations, heading, titleOf, warnings } from './sections/opening.js';
import { refusals } from './sections/refusals.js';
import { STYLE_SHEET } from './style-sheet.js';

/** Stands in every report, and tells one from any other file. */
export const REPORT_MARK = '<p class="kind">Report of a run of podtwin</p>';

/** `command`: what gives the same run again, as it is typed. */
export function htmlReport(run: RecordedRun, options: { command: string }): string {
  const data = readReportData(run, options.command);
  const title = `${titleOf(data)}, seed ${data.header.seed}`;
  const sections = [
    warnings,
    expectations,
    headline,
    curves,
    defragmentation,
    network,
    refusals,
    bills,
    inventory,
    notModelledHere,
    repeating,
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – podtwin</title>
        <style>
          ${trusted(STYLE_SHEET)}
        </style>
      </head>
      <body>
        <main>${heading(data)} ${sections.map((section) => html`${section(data)} `)}</main>
      </body>
    </html> `.text;
}
