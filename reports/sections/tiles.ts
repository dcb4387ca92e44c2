/** Figures as tiles: each with its name and what it means. What is not modelled has none: it is said once, in its own section. */
import { html, type Html } from '../html.js';
import type { MeasureRow } from '../measure-rows.js';
import type { ReportData } from '../report-data.js';

export interface Tile {
  label: string;
  value: string;
  meaning: string;
}

export function tilesOf(rows: readonly MeasureRow[], summary: ReportData['summary']): Tile[] {
  return rows.flatMap(({ label, meaning, valueOf }) => {
    const value = valueOf(summary);
    return value === null ? [] : [{ label, value, meaning }];
  });
}

export function tileList(tiles: readonly Tile[]): Html {
  return html`<dl class="tiles">
    ${tiles.map(
      ({ label, value, meaning }) =>
        html`<div>
          <dt>${label}</dt>
          <dd class="value">${value}</dd>
          <dd class="meaning">${meaning}</dd>
        </div> `,
    )}
  </dl> `;
}
