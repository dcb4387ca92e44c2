/** Bounds on what samples may show, with the level at which they err. */
import { Streams } from '../../../sim/engine/streams.js';

/** Of samples that follow the distribution, one in a thousand sets is further off than the bounds below. */
export const LEVEL = 0.001;

export function samples<T>(name: string, count: number, of: (u: number) => T): T[] {
  const stream = new Streams(20).stream(name);
  return Array.from({ length: count }, () => of(stream.next()));
}

/** Kolmogorov-Smirnov: how far an empirical distribution of `count` samples may be off anywhere (Dvoretzky, Kiefer, Wolfowitz, Massart). */
export function ksBound(count: number, level = LEVEL): number {
  return Math.sqrt(Math.log(2 / level) / (2 * count));
}

/** Pearson's statistic of counts against what is expected. */
export function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, at) => sum + (count - expected[at]!) ** 2 / expected[at]!, 0);
}

/** Its quantile at 1 - LEVEL, by Wilson and Hilferty: within 1 % from 3 degrees of freedom on. */
export function chiSquareBound(degrees: number): number {
  const z = 3.0902;
  const a = 2 / (9 * degrees);
  return degrees * (1 - a + z * Math.sqrt(a)) ** 3;
}
