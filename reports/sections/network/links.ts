/** Links: which fills first, how full each kind of them gets, and the fullest of all. */
import { byPeak, fillingText } from '../../filling-link.js';
import { linksByKind } from '../../figures/links-by-kind.js';
import { html, trusted, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { kindText, rateText, timeText, useText } from '../../network-text.js';
import { countOf } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';

const MOST_LINKS = 15;

const COLUMNS = [
  { head: 'Link' },
  { head: 'Kind' },
  { head: 'Speed', number: true },
  { head: 'Mean', number: true },
  { head: '95 %', number: true },
  { head: 'Peak', number: true },
  { head: 'Peak at', number: true },
  { head: 'Above 70 %', number: true },
  { head: 'Carries' },
];

type Link = ReportData['network']['links'][number];

export function linksPart({ network }: ReportData): Html | null {
  const links = byPeak(network.links);
  const text = fillingText(links);
  if (text === null)
    return links.length === 0
      ? null
      : html`<h3>Links</h3>
          <p>No link carried anything.</p>`;
  const used = links.filter(({ peak }) => peak > 0);
  const rows = used
    .slice(0, MOST_LINKS)
    .map((link) =>
      htmlRow(fabricName(link), COLUMNS, [
        kindText(link.kind),
        rateText(link.capacityBitsPerSecond),
        useText(link.mean),
        useText(link.p95),
        link.peak > 1 ? html`<strong class="missed">${useText(link.peak)}</strong>` : useText(link.peak),
        timeText(link.peakMicros),
        `${useText(link.highRatio)} of time`,
        classesText(link),
      ]),
    );
  const title = used.length > MOST_LINKS ? `The ${MOST_LINKS} fullest of ${countOf(links.length, 'link')}` : 'Links';
  return html`<h3>Which link fills first</h3>
    <p id="fills-first">${text}</p>
    <div class="panels strips">
      <figure>
        <figcaption>
          <h4>All links by kind</h4>
          <p>
            Each at its peak; a dot is a link, or several that are about as full. Past the line, more was asked for than
            there is.
          </p>
        </figcaption>
        <div class="drawn">${trusted(linksByKind(links))}</div>
      </figure>
    </div>
    <h3>${title}</h3>
    ${htmlTable('Links', COLUMNS, [
      html`<tbody>
        ${rows}
      </tbody>`,
    ])}
    <p class="note">Uses are after the warm-up, as sampled. 95 %: not exceeded in 95 % of the time.</p>`;
}

function fabricName({ link, fabric }: Link): string {
  return fabric === 'data' || link.includes(` ${fabric} `) ? link : `${link} (${fabric})`;
}

/** Smaller parts would only take room. */
const LEAST_PART = 0.005;

/** "guest 96 %, transfers 4 %": of what it carries on average. */
function classesText({ guest, storage, management, transfers }: Link): string {
  const parts = Object.entries({ guest, storage, management, transfers });
  const all = parts.reduce((sum, [, bits]) => sum + bits, 0);
  if (all === 0) return 'nothing';
  return parts
    .filter(([, bits]) => bits / all >= LEAST_PART)
    .sort(([, a], [, b]) => b - a)
    .map(([name, bits]) => `${name} ${Math.round((bits / all) * 100)} %`)
    .join(', ');
}
