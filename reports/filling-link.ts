/** Which link fills first: the one that was used most at its peak, for it is the first that has nothing left when all grows alike. */
import type { LinkRow } from '../sim/store/network-types.js';
import { figureText, listText } from './numbers.js';
import { kindText, linkText, rateText, timeText, useText } from './network-text.js';

/** Fullest first: by peak, then by what is not exceeded in 95 % of the time, then by name. */
export function byPeak(links: readonly LinkRow[]): LinkRow[] {
  return [...links].sort((a, b) => b.peak - a.peak || b.p95 - a.p95 || b.mean - a.mean || (a.link < b.link ? -1 : 1));
}

/** The fullest of each kind, fullest first. `links` as `byPeak` gives them. */
function fullestOfKinds(links: readonly LinkRow[]): LinkRow[] {
  const kinds = new Map<string, LinkRow>();
  for (const link of links) if (!kinds.has(link.kind)) kinds.set(link.kind, link);
  return [...kinds.values()];
}

/** Sentences; null: there are no links, or nothing was on them. `links` as `byPeak` gives them. */
export function fillingText(links: readonly LinkRow[]): string | null {
  const [first, ...others] = fullestOfKinds(links);
  if (first === undefined || first.peak === 0) return null;
  const { peak, peakMicros, capacityBitsPerSecond } = first;
  const speed = rateText(capacityBitsPerSecond);
  const when = timeText(peakMicros);
  const text =
    peak > 1
      ? `First to fill is the ${linkText(first)}: at ${when} it was asked for ${useText(peak)} of its ${speed}.`
      : `First to fill is the ${linkText(first)}: at ${when} it carried ${useText(peak)} of its ${speed}, so ${figureText(1 / peak)} times the traffic fills it.`;
  const rest = others
    .filter((link) => link.peak > 0)
    .map((link) => `${kindText(link.kind)} ${useText(link.peak)} (${link.link})`);
  return rest.length === 0 ? text : `${text} The fullest of other kinds, at their peaks: ${listText(rest)}.`;
}
