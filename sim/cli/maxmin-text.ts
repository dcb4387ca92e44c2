/** What `models check maxmin` prints: a line for all, and the flows that are farthest off. */
import { countText } from '../../reports/numbers.js';
import type { MaxMinCheck } from '../studies/check-maxmin.js';
import { textTable } from './text-table.js';

const SHOWN = 10;

export function maxMinText({ cases, summary }: MaxMinCheck): string {
  const { within, maxRelativeError, meanCompletionSeconds } = summary;
  const farthest = [...cases].sort((a, b) => b.relativeError - a.relativeError || a.id - b.id).slice(0, SHOWN);
  const rows = farthest.map((one) => [
    String(one.id),
    one.referenceSeconds.toFixed(9),
    one.seconds.toFixed(9),
    one.relativeError.toExponential(1),
    one.within ? 'yes' : 'no',
  ]);
  return [
    `${countText(within)} of ${countText(summary.cases)} flows within 1e-6 and 5 us of the reference`,
    `largest relative error ${maxRelativeError.toExponential(1)}, mean completion ${meanCompletionSeconds.toFixed(9)} s`,
    '',
    ...(cases.length > SHOWN ? [`The ${SHOWN} that are farthest off:`] : []),
    ...textTable([['flow', 'reference s', 'ours s', 'relative error', 'within'], ...rows], [0, 1, 2, 3]),
  ].join('\n');
}
