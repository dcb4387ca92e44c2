/**
 * Tables of a report: a head whose cells say what is below them, and a body whose rows begin with what they are about.
 * One wider than the screen scrolls on its own, by keyboard too.
 */
import { html, type Html } from './html.js';

export interface Column {
  head: string;
  /** Right-aligned, digits below digits. */
  number?: boolean;
}

/** `name` tells it from the page's other tables for who cannot see them. `body`: rows, or whole `tbody` elements. */
export function htmlTable(name: string, columns: readonly Column[], body: readonly Html[]): Html {
  const heads = columns.map(({ head, number }) =>
    number === true ? html`<th scope="col" class="number">${head}</th>` : html`<th scope="col">${head}</th>`,
  );
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      ${body}
    </table>
  </div>`;
}

/** A row: what it is about, then its cells in the columns' alignment. */
export function htmlRow(about: Html | string, columns: readonly Column[], cells: readonly (Html | string)[]): Html {
  const parts = cells.map((cell, at) =>
    columns[at + 1]?.number === true ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`,
  );
  return html`<tr>
    <th scope="row">${about}</th>
    ${parts}
  </tr> `;
}
