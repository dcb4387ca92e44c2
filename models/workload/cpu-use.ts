/**
 * CPU use of a VM over time, as a share of its own CPU.
 *
 *   u = r                  constant
 *   u = min(1, m s(t))     curve: mean m along a named shape s (cpu-curve.ts)
 *   u = r_k                trace: in its k-th piece, the last of which lasts
 *
 *   u  share of the VM's own CPU that it asks for, 0 to 1        t  time of the run [s]; a trace's pieces follow one
 *   another from the moment at which the VM first ran, and go on while it is stopped
 *
 * What clipping does: a VM cannot ask for more than it has. Where m times the highest of s is above 1, its peaks are cut
 * off and its mean over a period falls below m (`meanRatioOf` says to what); below that m is kept exactly.
 * Source: definition. Which m VMs have is the scenario's, or azure-cpu-use.ts.
 * Valid range: r and m in 0 to 1; pieces of a whole number of microseconds above 0.
 * Ignored: what VMs wait for (a VM that got too little does not catch up later), memory, what the guest's own idleness costs
 * the host, and routing appliances: what they use is not modelled.
 */
import { assert } from '../../sim/base/assert.js';
import { lastNotAbove } from '../../sim/base/search.js';
import { heightAt, type CpuCurve } from './cpu-curve.js';

export type CpuUse = ConstantUse | CurveUse | TraceUse;

export interface ConstantUse {
  readonly kind: 'constant';
  readonly ratio: number;
}

export interface CurveUse {
  readonly kind: 'curve';
  readonly curve: CpuCurve;
  readonly mean: number;
}

export interface TraceUse {
  readonly kind: 'trace';
  /** When each piece begins, from the VM's first running on; the first at 0. */
  readonly startMicros: readonly number[];
  readonly ratios: readonly number[];
}

/** Consecutive pieces, each with its length; how long the last one is does not matter. */
export interface TracePieces {
  readonly micros: readonly number[];
  readonly ratios: readonly number[];
}

const isRatio = (ratio: number): boolean => ratio >= 0 && ratio <= 1;

export function constantUse(ratio: number): ConstantUse {
  assert(isRatio(ratio), () => `CPU use of ${ratio} is no share of a VM's CPU`);
  return { kind: 'constant', ratio };
}

export function curveUse(curve: CpuCurve, mean: number): CurveUse {
  assert(isRatio(mean), () => `CPU use of ${mean} is no share of a VM's CPU`);
  return { kind: 'curve', curve, mean };
}

/** Equal neighbours are one piece: nothing happens between them. */
export function traceUse({ micros, ratios }: TracePieces): TraceUse {
  assert(ratios.length > 0 && ratios.length === micros.length, 'a trace has pieces, each with a length and a ratio');
  const startMicros: number[] = [];
  const merged: number[] = [];
  let at = 0;
  ratios.forEach((ratio, piece) => {
    const length = micros[piece]!;
    assert(isRatio(ratio), () => `CPU use of ${ratio} is no share of a VM's CPU`);
    assert(Number.isSafeInteger(length) && length > 0, () => `a piece of ${length} microseconds`);
    if (ratio !== merged.at(-1)) {
      startMicros.push(at);
      merged.push(ratio);
    }
    at += length;
  });
  return { kind: 'trace', startMicros, ratios: merged };
}

/** The piece of a trace that holds at an age of the VM. */
export function pieceAt({ startMicros }: TraceUse, ageMicros: number): number {
  return lastNotAbove(startMicros, ageMicros);
}

/** Whether a curve is cut off somewhere. */
export function isClipped({ curve, mean }: CurveUse): boolean {
  return mean * curve.highest > 1;
}

/** What the VM asks for; `firstRanMicros` matters to traces only. */
export function useAt(use: CpuUse, atMicros: number, firstRanMicros: number): number {
  switch (use.kind) {
    case 'constant':
      return use.ratio;
    case 'curve':
      return Math.min(1, use.mean * heightAt(use.curve, atMicros));
    case 'trace':
      return use.ratios[pieceAt(use, atMicros - firstRanMicros)]!;
  }
}

/** Mean over a period of a use along a curve, clipping counted. */
export function meanRatioOf({ curve, mean }: CurveUse): number {
  const { micros, heights, periodMicros } = curve;
  let lost = 0;
  for (let at = 1; at < micros.length; at++) {
    const before = mean * heights[at - 1]! - 1;
    const after = mean * heights[at]! - 1;
    const length = micros[at]! - micros[at - 1]!;
    const above = Math.max(before, after);
    if (above <= 0) continue;
    const below = Math.min(before, after);
    lost += below >= 0 ? ((above + below) / 2) * length : ((above / (above - below)) * above * length) / 2;
  }
  return mean - lost / periodMicros;
}
