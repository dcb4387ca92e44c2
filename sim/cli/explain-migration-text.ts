/** What `podtwin explain RUN migration` says to people: the end, each round, and what the plane did. */
import { countText } from '../../reports/numbers.js';
import { reasonText } from '../../reports/reason-text.js';
import { timeText } from '../../reports/network-text.js';
import { humanQuantity, microsOf } from '../base/units.js';
import type { MigrationExplanation } from '../run/explain-migration.js';
import type { Output } from './output.js';
import { textTable } from './text-table.js';

const HEADING = ['', 'round', 'took', 'sent', 'rate', 'pages', 'zero pages', 'left', 'guest at'];

export function printMigration({ migration, rounds, history }: MigrationExplanation, output: Output): void {
  const { paint } = output;
  const { vm, source, destination, outcome, reason, copy, totalSeconds, downtimeSeconds, bytes } = migration;
  const why = reason === null ? '' : `: ${reasonText(reason)}`;
  output.print(
    `${paint.bold(`migration ${migration.migration}`)}  ${vm}${source === null ? '' : ` from ${source}`} to ${destination ?? 'nowhere yet'}${migration.how === 'cold' ? ', cold' : ''}: ${outcome}${why}`,
  );
  output.print(`  asked for at ${timeText(migration.askedMicros)}${begun(migration)}`);
  if (totalSeconds !== null && downtimeSeconds !== null && bytes !== null)
    output.print(
      `  copying: ${copy}, in ${seconds(totalSeconds)}, ${humanQuantity('memory', bytes)} on the wire, the guest down for ${seconds(downtimeSeconds)}`,
    );
  else output.print('  nothing was copied');
  if (rounds.length > 0) {
    output.print('');
    const rows = rounds.map((row) => [
      ...[row.stream, String(row.round), seconds(row.seconds), humanQuantity('memory', row.bytes)],
      row.seconds > 0 ? humanQuantity('bitRate', (8 * row.bytes) / row.seconds) : '-',
      ...[countText(row.fullPages), countText(row.zeroPages), countText(row.pendingPages)],
      row.speedRatio === 0 || (row === rounds.at(-1) && copy !== 'post-copy')
        ? 'stopped'
        : humanQuantity('ratio', row.speedRatio),
    ]);
    for (const line of textTable([HEADING, ...rows], [1, 2, 3, 4, 5, 6, 7, 8])) output.print(`  ${line}`);
  }
  if (history.length === 0) return;
  output.print('');
  output.print(paint.bold('history, since it was asked for'));
  const rows = history.map(({ atMicros, text, why: because }) => [
    `+${humanQuantity('duration', atMicros - migration.askedMicros)}`,
    text,
    because === null ? '' : reasonText(because),
  ]);
  for (const line of textTable(rows, [0])) output.print(`  ${line}`);
}

function begun({ askedMicros, beginMicros, endMicros }: MigrationExplanation['migration']): string {
  if (beginMicros === null) return ', never begun';
  const waited = beginMicros > askedMicros ? `, begun ${timeText(beginMicros - askedMicros)} later` : ', begun at once';
  return endMicros === null
    ? `${waited}, under way at the end of the run`
    : `${waited}, over at ${timeText(endMicros)}`;
}

function seconds(value: number): string {
  return humanQuantity('duration', microsOf(value));
}
