/** What `models check` prints of migrations: a line for each part, and the cases that are farthest off. */
import { countText } from '../../reports/numbers.js';
import type { MigrationCheck } from '../studies/check-migrations.js';
import type { SimGridCheck } from '../studies/check-simgrid-migrations.js';
import { textTable } from './text-table.js';

const SHOWN = 10;

export function simGridText({ cases, summary }: SimGridCheck): string {
  const farthest = [...cases].sort((a, b) => b.relativeError - a.relativeError).slice(0, SHOWN);
  const rows = farthest.map((one) => [
    ...[one.id, one.referenceSeconds.toFixed(9), one.seconds.toFixed(9), one.relativeError.toExponential(1)],
    ...[`${one.rounds} of ${one.referenceRounds}`, one.within ? 'yes' : 'no'],
  ]);
  const of = countText(summary.cases);
  return [
    `${countText(summary.within)} of ${of} total times within 1e-6 and 20 us of the reference`,
    `${countText(summary.roundsEqual)} of ${of} with as many rounds; largest relative error ${summary.maxRelativeError.toExponential(1)}`,
    '',
    ...(cases.length > SHOWN ? [`The ${SHOWN} that are farthest off:`] : []),
    ...textTable([['migration', 'reference s', 'ours s', 'relative error', 'rounds', 'within'], ...rows], [1, 2, 3, 4]),
  ].join('\n');
}

export function migrationsText({ cases, summary }: MigrationCheck): string {
  const { identities, predictions } = summary;
  const { wireBytes, cappedTotals } = identities;
  const rows = cases.flatMap(({ id, prediction }) =>
    prediction === null
      ? []
      : [
          [
            ...[
              id,
              seconds(prediction.referenceSeconds),
              seconds(prediction.seconds),
              percent(prediction.relativeError),
            ],
            ...[millis(prediction.referenceDowntimeSeconds), millis(prediction.downtimeSeconds)],
            ...[prediction.outcome, prediction.counts],
          ],
        ],
  );
  const median = predictions.medianRelativeErrorTotal;
  return [
    'From measured counts of pages (identities):',
    `  bytes on the wire  ${wireBytes.exact} of ${wireBytes.cases} exact`,
    `  capped totals      ${cappedTotals.within5Percent} of ${cappedTotals.cases} within 5 %`,
    'From what is known before (predictions):',
    `  total time         ${predictions.totalWithin10Percent} of ${predictions.predicted} within 10 %` +
      (median === null ? '' : `, median error ${percent(median)}`),
    `  downtime           ${predictions.downtimeWithin} of ${predictions.predicted} within a factor of 2 or 60 ms`,
    `  not converging     ${predictions.nonConvergingRight} of ${predictions.nonConverging} predicted so`,
    `  marginal           ${predictions.marginal}, dirtied at 0.85 to 1.0 of the bandwidth: luck decides, not counted`,
    ...(rows.length === 0 ? [] : ['', ...textTable([HEADING, ...rows], [1, 2, 3, 4, 5])]),
  ].join('\n');
}

const HEADING = ['migration', 'measured s', 'ours s', 'error', 'downtime ms', 'ours ms', 'ours ends', 'counts as'];

function seconds(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function millis(value: number | null): string {
  return value === null ? '-' : (value * 1000).toFixed(0);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(value * 100).toFixed(1)} %`;
}
