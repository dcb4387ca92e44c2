/** Notes that every reader of a trace gives, in the same words. */
import { humanQuantity, MICROS_PER_SECOND } from '../base/units.js';
import type { SourceVm, TraceNote } from './trace-workload.js';

/** How many VMs, and when. */
export function lifeNotes(vms: readonly SourceVm[]): TraceNote[] {
  let last = 0;
  let first = Infinity;
  let later = 0;
  for (const { startMicros, endMicros } of vms) {
    first = Math.min(first, startMicros);
    last = Math.max(last, startMicros, endMicros ?? 0);
  }
  for (const { startMicros } of vms) if (startMicros > first) later++;
  return [
    { label: 'VMs read', value: String(vms.length) },
    { label: 'first start, last known time', value: `${timeText(first)}, ${timeText(last)}` },
    { label: 'start later than the first', value: String(later) },
  ];
}

/** "0 s", "3.5 d": from the trace's beginning. */
export function timeText(micros: number): string {
  return humanQuantity('duration', Number.isFinite(micros) ? micros : 0);
}

/** For sources whose times are of the calendar: "2013-08-12T13:35:46Z". */
export function calendarText(epochMicros: number): string {
  return new Date(Math.round(epochMicros / 1000)).toISOString().replace(/\.000Z$/, 'Z');
}

/** Exact seconds, for intervals. */
export function secondsText(micros: number): string {
  return `${micros / MICROS_PER_SECOND} s`;
}
