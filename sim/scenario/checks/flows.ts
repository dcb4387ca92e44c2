/** Every flow has two ends that are there, in one zone, and is promised no more than it may send and its ends can carry. */
import { humanQuantity } from '../../base/units.js';
import type { Cursor } from '../cursor.js';
import type { FlowColumn, FlowTable } from '../flow-table.js';
import { PUBLIC_END } from '../names.js';
import { occurrences } from '../resolve-flows.js';
import type { CheckContext } from './context.js';
import { KnownEnds } from './flow-ends.js';
import { checkDataSource } from './workload.js';

/** More would only fill the memory. */
const MAX_FLOWS = 1_000_000;

/** Of a table that has more, people read no more. */
const TOLD_OF_A_TABLE = 50;

/** What of a flow depends on the rest of the document; undefined: absent, or refused by the schema. */
interface Flow {
  from: string | undefined;
  to: string | undefined;
  cap: number | undefined;
  guaranteed: number | undefined;
}

type Tell = (column: FlowColumn, code: string, message: string) => void;

export function checkFlows(root: Cursor, context: CheckContext): void {
  const flows = root.get('flows');
  if (!flows.exists) return;
  checkDataSource(flows, [], './flows.csv');
  if ((flows.get('file').exists || flows.get('data').exists) && !context.readsFlows)
    flows.report('unknown-name', 'there is no reader for tables of flows; write them as a list');
  const ends = new KnownEnds(root, context);
  const duration = root.get('duration').quantity('duration') ?? 0;
  let count = 0;
  for (const item of flows.items()) {
    checkItem(item, ends);
    const times = {
      at: item.get('at').quantity('duration') ?? 0,
      every: item.get('every').quantity('duration'),
      count: item.get('count').number(),
    };
    count += occurrences(times, duration);
  }
  if (context.flows) {
    count += context.flows.rows.length;
    checkTable(flows, context.flows, ends);
  }
  if (count > MAX_FLOWS)
    flows.report('out-of-range', `these are ${count} flows, more than the ${MAX_FLOWS} that a run may have`);
}

function checkItem(item: Cursor, ends: KnownEnds): void {
  if (item.get('count').exists && !item.get('every').exists)
    item.get('count').reportKey('wrong-value', "it goes with 'every'; add how long after the first the second is");
  const flow = {
    from: item.get('from').text(),
    to: item.get('to').text(),
    cap: item.get('cap').quantity('bitRate'),
    guaranteed: item.get('guaranteed').quantity('bitRate'),
  };
  checkFlow(flow, ends, (column, code, message) => item.get(column).report(code, message));
}

function checkTable(flows: Cursor, { rows, place }: FlowTable, ends: KnownEnds): void {
  let count = 0;
  rows.forEach((row, at) => {
    const flow: Flow = {
      from: row.sourceName,
      to: row.destinationName,
      cap: row.capBitsPerSecond ?? undefined,
      guaranteed: row.guaranteedBitsPerSecond,
    };
    checkFlow(flow, ends, (column, code, message) => {
      if (count++ < TOLD_OF_A_TABLE) flows.add({ code, message: `${column}: ${message}`, place: place(at, column) });
    });
  });
  if (count > TOLD_OF_A_TABLE)
    flows.report('wrong-value', `its table has ${count - TOLD_OF_A_TABLE} more problems of the kinds that are told`);
}

function checkFlow({ from, to, cap, guaranteed }: Flow, ends: KnownEnds, tell: Tell): void {
  if (cap !== undefined && guaranteed !== undefined && guaranteed > cap)
    tell('guaranteed', 'out-of-range', `it is more than its cap of ${rateText(cap)}; write that at most`);
  if (from !== undefined && from === to) {
    const message = `a flow goes from one to another; '${to}' stands here twice`;
    return tell(
      'to',
      'wrong-value',
      from === PUBLIC_END ? `${message}: name a host, a storage server, or a template store` : message,
    );
  }
  const [source, destination] = (
    [
      ['from', from],
      ['to', to],
    ] as const
  ).map(([column, name]) => {
    const end = name === undefined ? null : ends.find(name);
    if (typeof end !== 'string') return end;
    tell(column, 'unknown-name', end);
    return null;
  });
  if (!guaranteed) return;
  const link = ends.publicLink(source?.zone ?? destination?.zone ?? '');
  const ports = [source, destination].map((end) => (end?.zone === null ? link : end?.bitsPerSecond) ?? Infinity);
  const slowest = Math.min(...ports);
  if (guaranteed > slowest)
    tell(
      'guaranteed',
      'out-of-range',
      `it is more than the ${rateText(slowest)} of '${ports[0] === slowest ? from : to}'; write that at most`,
    );
}

function rateText(bitsPerSecond: number): string {
  return humanQuantity('bitRate', bitsPerSecond);
}
