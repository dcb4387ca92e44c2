/** Transfers on a lane of their own, with what other traffic leaves in the hands of a test. */
import type { TransferSpec } from '../../sim/datacenter/transfer.js';
import { Transfers } from '../../sim/datacenter/transfers.js';
import { PHASES, Lane, type EventKind } from '../../sim/engine/lane.js';

export const SECOND = 1_000_000;
export const M = 1e6;

export interface Bench {
  readonly lane: Lane;
  readonly transfers: Transfers;
  /** What the other traffic leaves of each link; `storage` is added where a transfer of disks is on it. */
  readonly left: number[];
  readonly storage: number[];
  /** Follows a curve: asked at each step. */
  curve: ((nowMicros: number) => void) | null;
  at(seconds: number, work: () => void): void;
  start(spec: Partial<TransferSpec>): number;
  /** Names in the order of their ends, with the microsecond in which the end was told. */
  readonly ended: [name: string, micros: number][];
}

export function bench(left: number[]): Bench {
  const lane = new Lane('z1');
  let due: EventKind | null = null;
  const works: (() => void)[] = [];
  const work = lane.register('work', (at) => works[at]!(), PHASES.report);
  const transfers: Transfers = new Transfers(Float64Array.from(left), {
    now: () => lane.now,
    at: (micros) => lane.at(micros, (due ??= lane.register('due', () => transfers.due(), PHASES.message))),
    cancel: (handle) => lane.cancel(handle),
    leftOver: () => {
      one.curve?.(lane.now);
      return (link, hasDisks) => one.left[link]! + (hasDisks ? one.storage[link]! : 0);
    },
    follows: () => one.curve !== null,
  });
  const one: Bench = {
    ...{ lane, transfers, left, storage: left.map(() => 0), curve: null, ended: [] },
    at(seconds, what) {
      works.push(what);
      lane.at(Math.round(seconds * SECOND), work, works.length - 1);
    },
    start(spec) {
      const name = spec.destination ?? 'there';
      return transfers.start(
        {
          ...{ kind: 'flow', source: 'here', destination: name, links: [0], bytes: 1.25e6, weight: 1 },
          ...{ capBitsPerSecond: Infinity, guaranteedBitsPerSecond: 0, isStorage: false, ...spec },
        },
        () => one.ended.push([name, lane.now]),
      );
    },
  };
  return one;
}
