/** What is to happen can happen: shares that sum to something, events with one action, times in order, real measures. */
import type { Cursor } from '../cursor.js';
import { humanQuantity, MICROS_PER_SECOND, parseQuantity } from '../../base/units.js';
import { suggestion } from '../nearest.js';
import { OFFERING_PART, ZONE_PART, type MeasureTree } from '../measures.js';
import type { CheckContext } from './context.js';
import { checkEvents } from './events.js';

const MAX_SAMPLES = 10_000_000;

export function checkCourse(root: Cursor, context: CheckContext): void {
  checkTimes(root);
  checkCommands(root);
  const workload = root.get('workload');
  checkShares(workload.get('accounts', 'offerings'));
  checkShares(workload.get('accounts', 'zones'));
  if (root.get('offerings').isMap && root.get('offerings').keys().length === 0)
    root
      .get('offerings')
      .report('missing-key', "no offering is declared; add e.g. 'small: {cpu: 1 core, memory: 2 GiB}'");
  checkEvents(root, context);
  root
    .get('expect')
    .items()
    .forEach((entry) => checkExpectation(root, entry, context));
}

function checkTimes(root: Cursor): void {
  const duration = root.get('duration').quantity('duration');
  const warmUp = root.get('warmUp');
  const samples = root.get('samples').quantity('duration', '5m');
  if (duration === undefined) return;
  const warm = warmUp.quantity('duration');
  if (warm !== undefined && warm >= duration)
    warmUp.report('out-of-range', 'the warm-up leaves nothing of the run; write less than its duration');
  if (samples !== undefined && samples > 0 && duration / samples > MAX_SAMPLES)
    root
      .get('samples')
      .report('out-of-range', `that makes more than ${MAX_SAMPLES} samples of this run; write a longer time`);
}

/** A command's time-out that runs out before an answer can be there would never be met. */
function checkCommands(root: Cursor): void {
  const management = root.get('management');
  const latency = management.get('latency').quantity('duration', '1 ms');
  for (const key of ['timeout', 'retry']) {
    const written = management.get('commands', key);
    const micros = written.quantity('duration', key === 'timeout' ? '10m' : '5m');
    if (micros === undefined || micros === 0) continue;
    const place = written.exists ? written : management.get('latency');
    if (micros < MICROS_PER_SECOND)
      place.report('out-of-range', 'agents answer after their messages and their work; write 1 s or more');
    else if (latency !== undefined && micros <= 2 * latency)
      place.report(
        'out-of-range',
        `a message takes ${humanQuantity('duration', latency)} each way, commands.${key} is ${humanQuantity('duration', micros)}: write more than twice the latency`,
      );
  }
}

function checkShares(shares: Cursor): void {
  const values = shares.keys().map((key) => shareOf(shares.get(key)));
  if (shares.isMap && values.every((value) => value === 0))
    shares.report('shares', 'the shares sum to 0; give at least one a share above 0');
}

function shareOf(cursor: Cursor): number | undefined {
  const read = parseQuantity('ratio', cursor.text() ?? String(cursor.number()));
  return 'value' in read ? read.value : undefined;
}

function checkExpectation(root: Cursor, entry: Cursor, { measures, reasons }: CheckContext): void {
  if (entry.isMap && !['atLeast', 'atMost', 'equals'].some((key) => entry.get(key).exists))
    entry.report('missing-key', 'nothing is expected of it; add atLeast, atMost or equals');
  const measure = entry.get('measure');
  const path = measure.text();
  if (path) checkMeasure(root, measure, path.split('.'), { measures, reasons });
}

/** A part that does not exist would read as 0, or fail only when the run is over. */
function checkMeasure(
  root: Cursor,
  measure: Cursor,
  parts: readonly string[],
  { measures, reasons }: Pick<CheckContext, 'measures' | 'reasons'>,
): void {
  const zones = root.names('zones');
  const offerings = offeringNames(root);
  const no = (what: string, part: string, known: readonly string[]): void =>
    measure.report('unknown-name', `${what} '${part}'${suggestion(part, known)}`);
  let tree = measures;
  for (const [at, part] of parts.entries()) {
    const above = parts.slice(0, at).join('.');
    if (tree === 'any') return;
    if (tree === 'reasons') {
      if (reasons !== null && !reasons.includes(part)) return no('there is no reason', part, reasons);
      tree = 'number';
    } else if (tree === 'number')
      return measure.report('unknown-name', `${above} is a number: nothing stands inside it; write '${above}'`);
    else if (Object.hasOwn(tree, ZONE_PART)) {
      if (zones.length > 0 && !zones.includes(part)) return no('there is no zone', part, zones);
      tree = tree[ZONE_PART]!;
    } else if (Object.hasOwn(tree, OFFERING_PART)) {
      if (!offerings.includes(part)) return no('there is no offering', part, offerings);
      tree = tree[OFFERING_PART]!;
    } else {
      if (!Object.hasOwn(tree, part))
        return no('there is no measure', [...parts.slice(0, at), part].join('.'), pathsOf(tree, above));
      tree = tree[part]!;
    }
  }
  // All reasons together are a number.
  if (typeof tree === 'string') return;
  const names: Record<string, string | undefined> = { [ZONE_PART]: zones[0], [OFFERING_PART]: offerings[0] };
  const inside = Object.keys(tree).map((key) => names[key] ?? key);
  measure.report(
    'wrong-value',
    `${parts.join('.')} is no number; write what is meant in it, e.g. ${parts.join('.')}.${inside[0]}`,
  );
}

/** With that of routing appliances, which may be built in. */
function offeringNames(root: Cursor): string[] {
  const router = root.get('management', 'routerOffering');
  return [...new Set([...root.get('offerings').keys(), router.exists ? (router.text() ?? '') : 'router'])];
}

function pathsOf(tree: MeasureTree, above: string): string[] {
  return Object.keys(tree).map((part) => (above === '' ? part : `${above}.${part}`));
}
