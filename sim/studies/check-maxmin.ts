/**
 * `models check maxmin`: finite transfers under max-min sharing, held against the times that others found. Guarantees exact
 * ends (no clock's tick in them), every flow of the file as a case, and that a case is within 1e-6 of the reference plus 5 us,
 * the rounding of a clock that ticks in microseconds.
 */
import { SharedNetwork } from '../../models/network/shared-network.js';
import { readMaxMinReference, type MaxMinReference } from '../traces/max-min-reference.js';

export interface MaxMinCase {
  id: number;
  referenceSeconds: number;
  /** Ours, from the flow's start to its end. */
  seconds: number;
  relativeError: number;
  within: boolean;
}

export interface MaxMinCheck {
  kind: 'maxmin';
  /** In the order of the file. */
  cases: MaxMinCase[];
  summary: {
    /** How many there are, and how many are within. */
    cases: number;
    within: number;
    maxRelativeError: number;
    meanCompletionSeconds: number;
  };
}

const WITHIN_RATIO = 1e-6;
const WITHIN_SECONDS = 5e-6;

/** Throws InputError where a file cannot be read, is damaged, or describes what is not understood. */
export function checkMaxMin(file: string): MaxMinCheck {
  const reference = readMaxMinReference(file);
  const seconds = completionSeconds(reference);
  const cases = reference.flows.map(({ id, referenceSeconds }, flow) => caseOf(id, referenceSeconds, seconds[flow]!));
  return {
    kind: 'maxmin',
    cases,
    summary: {
      cases: cases.length,
      within: cases.filter(({ within }) => within).length,
      maxRelativeError: cases.reduce((most, { relativeError }) => Math.max(most, relativeError), 0),
      meanCompletionSeconds: seconds.reduce((sum, one) => sum + one, 0) / seconds.length,
    },
  };
}

function caseOf(id: number, referenceSeconds: number, seconds: number): MaxMinCase {
  const error = Math.abs(seconds - referenceSeconds);
  const relativeError = error === 0 ? 0 : error / Math.max(referenceSeconds, WITHIN_SECONDS);
  return {
    id,
    referenceSeconds,
    seconds,
    relativeError,
    within: error <= WITHIN_RATIO * referenceSeconds + WITHIN_SECONDS,
  };
}

/** From start to end, in the order of the flows. */
function completionSeconds({ topology, flows }: MaxMinReference): number[] {
  const network = new SharedNetwork(topology.capacitiesBitsPerSecond);
  const order = flows.map((_, flow) => flow).sort((a, b) => flows[a]!.startSeconds - flows[b]!.startSeconds || a - b);
  const seconds = flows.map(() => NaN);
  const flowOf = new Map<number, number>();
  const advance = (to: number): void => {
    for (const { id, endSeconds } of network.advance(to)) {
      const flow = flowOf.get(id)!;
      flowOf.delete(id);
      seconds[flow] = endSeconds - flows[flow]!.startSeconds;
    }
  };
  for (const flow of order) {
    const { source, destination, startSeconds, bits } = flows[flow]!;
    const at = startSeconds + topology.latencySeconds;
    advance(at);
    flowOf.set(network.start(at, { links: topology.path(source, destination), bits }), flow);
  }
  for (let next = network.nextEndSeconds; next < Infinity; next = network.nextEndSeconds) advance(next);
  return seconds;
}
