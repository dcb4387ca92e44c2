/** Requests refused, a bar a reason, most frequent first. At least one reason. */
import * as Plot from '@observablehq/plot';
import { countText, listText } from '../numbers.js';
import { byFrequency, reasonText } from '../reason-text.js';
import { FIGURE, houseFigure, INK } from './house-figure.js';

const BAR_HEIGHT = 44;

/** Words above each bar rather than beside it: they are too long for a phone. */
export function refusalsByReason(counts: Readonly<Record<string, number>>): string {
  const bars = byFrequency(counts).map(({ reason, count }) => {
    const words = reasonText(reason);
    return { reason, count, label: words === reason ? reason : `${words} (${reason})` };
  });
  const most = bars[0]!.count;
  const sentences = bars.map(({ label, count }) => `${countText(count)}: ${label}`);
  return houseFigure(
    {
      height: bars.length * BAR_HEIGHT + 4,
      marginTop: 0,
      marginBottom: 4,
      marginLeft: 2,
      // Room for the count behind the longest bar.
      marginRight: 12 + countText(most).length * 8,
      width: FIGURE.width,
      x: { domain: [0, most], axis: null },
      y: { domain: bars.map(({ reason }) => reason), axis: null, padding: 0 },
      marks: [
        Plot.barX(bars, { x: 'count', y: 'reason', fill: INK.first, insetTop: 22, insetBottom: 6 }),
        Plot.text(bars, { x: 0, y: 'reason', text: 'label', dy: -9, textAnchor: 'start', fill: 'currentColor' }),
        Plot.text(bars, {
          x: 'count',
          y: 'reason',
          text: ({ count }: { count: number }) => countText(count),
          dx: 6,
          dy: 8,
          textAnchor: 'start',
          fill: 'currentColor',
          fontWeight: 'bold',
        }),
      ],
    },
    `Requests refused by reason. ${listText(sentences)}.`,
  );
}
