/** Figures with what they are and what they show; several that belong together stand side by side. */
import { html, trusted, type Html } from '../html.js';

export interface Panel {
  title: string;
  caption: string;
  /** One, or one a zone. */
  figures: { zone: string | null; drawn: Html }[];
}

/** Four are two by two: three and one would look like an oversight. */
export const columnsOf = (figures: number): 2 | 3 => (figures === 3 || figures > 4 ? 3 : 2);

/** `level`: of its heading; those of its zones are one below. */
export function panel({ title, caption, figures }: Panel, level: 3 | 4 = 3): Html {
  const heading = (text: string, at: number): Html => html`${trusted(`<h${at}>`)}${text}${trusted(`</h${at}>`)}`;
  const parts = figures.map(({ zone, drawn }) =>
    zone === null ? drawn : html`<div>${heading(zone, level + 1)} ${drawn}</div>`,
  );
  const columns = figures.length === 1 ? '' : ` class="wide by-${columnsOf(figures.length)}"`;
  return html`<figure${trusted(columns)}>
<figcaption>${heading(title, level)}<p>${caption}</p></figcaption>
<div class="drawn">${parts}</div>
</figure>
`;
}
