/** What is to happen can happen: shares that sum to something, events with one action, times in order, real measures. */
import { EVENT_ACTIONS } from '../schema/workload.js';
import type { Cursor } from '../cursor.js';
import { parseQuantity } from '../../base/units.js';
import { suggestion } from '../nearest.js';
import type { CheckContext } from './context.js';
import { customerOfferings } from './references.js';

const MAX_SAMPLES = 10_000_000;

export function checkCourse(root: Cursor, context: CheckContext): void {
  checkTimes(root);
  const workload = root.get('workload');
  checkShares(workload.get('accounts', 'offerings'));
  checkShares(workload.get('accounts', 'zones'));
  for (const part of ['accounts', 'vms']) {
    const arrivals = workload.get(part, 'arrivals');
    if (arrivals.isMap && arrivals.keys().length === 0)
      arrivals.report('missing-key', "how they arrive is missing; add e.g. 'poisson: 2 per h'");
  }
  if (root.get('offerings').isMap && root.get('offerings').keys().length === 0)
    root
      .get('offerings')
      .report('missing-key', "no offering is declared; add e.g. 'small: {cpu: 1 core, memory: 2 GiB}'");
  else if (workload.exists && root.get('offerings').isMap && customerOfferings(root).length === 0)
    root.get('offerings').report('wrong-value', 'customers have nothing to choose: every offering has system: true');
  root.get('events').items().forEach(checkEvent);
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

function checkShares(shares: Cursor): void {
  const values = shares.keys().map((key) => shareOf(shares.get(key)));
  if (shares.isMap && values.every((value) => value === 0))
    shares.report('shares', 'the shares sum to 0; give at least one a share above 0');
}

function shareOf(cursor: Cursor): number | undefined {
  const read = parseQuantity('ratio', cursor.text() ?? String(cursor.number()));
  return 'value' in read ? read.value : undefined;
}

function checkEvent(event: Cursor): void {
  if (!event.isMap) return;
  const actions = EVENT_ACTIONS.filter((action) => event.get(action).exists);
  if (actions.length !== 1) {
    const found = actions.length === 0 ? 'none' : actions.join(' and ');
    event.report('wrong-value', `one action is due here, of start, stop, reboot, destroy; found ${found}`);
  }
  for (const [key, owner] of [
    ['for', 'fail'],
    ['until', 'drain'],
  ] as const)
    if (event.get(key).exists && !event.get(owner).exists)
      event.get(key).reportKey('unknown-key', `it belongs to '${owner}' only; remove it`);
  for (const action of actions) {
    const request = event.get(action);
    if (!request.get('vm').exists) continue;
    for (const key of ['offering', 'count'])
      if (request.get(key).exists)
        request.get(key).reportKey('wrong-value', `one VM is named with 'vm'; remove '${key}', or 'vm'`);
  }
}

function checkExpectation(root: Cursor, entry: Cursor, { measures, reasons }: CheckContext): void {
  if (entry.isMap && !['atLeast', 'atMost', 'equals'].some((key) => entry.get(key).exists))
    entry.report('missing-key', 'nothing is expected of it; add atLeast, atMost or equals');
  const measure = entry.get('measure');
  const [first, second, third] = (measure.text() ?? '').split('.');
  if (!first) return;
  if (!measures.includes(first))
    measure.report('unknown-name', `there is no measure '${first}'${suggestion(first, measures)}`);
  // A reason that never occurs counts as 0, so that a misspelt one would hold for ever.
  if (first === 'vms' && second === 'refused' && reasons !== null && !reasons.includes(third ?? ''))
    measure.report(
      'unknown-name',
      `there is no reason '${third ?? ''}' for refusals${suggestion(third ?? '', reasons)}`,
    );
  const zones = root.names('zones');
  if (first === 'vlans' && second !== undefined && zones.length > 0 && !zones.includes(second))
    measure.report('unknown-name', `no zone '${second}' is declared${suggestion(second, zones)}`);
}
