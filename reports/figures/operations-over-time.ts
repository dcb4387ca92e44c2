/** Operations that VMs ask of storage servers, and those that these do, over time; all zones together. */
import type { NetworkSample } from '../network-samples.js';
import { totalText } from '../numbers.js';
import { describeCurve } from './describe-curve.js';
import { lineFigure } from './line-figure.js';

export interface OperationsData {
  durationMicros: number;
  samples: readonly Pick<NetworkSample, 'atMicros' | 'iopsDemand' | 'iopsServed'>[];
}

export function operationsOverTime({ durationMicros, samples }: OperationsData): string {
  const curves = [
    { name: 'asked for', points: samples.map(({ atMicros, iopsDemand: value }) => ({ atMicros, value })) },
    { name: 'done', points: samples.map(({ atMicros, iopsServed: value }) => ({ atMicros, value })) },
  ];
  let most = 0;
  for (const { points } of curves) for (const { value } of points) most = Math.max(most, value ?? 0);
  const sentences = curves.map(({ name, points }) => describeCurve(`Operations a second ${name}`, points, totalText));
  return lineFigure({
    ...{ curves, durationMicros, top: most * 1.05, tickText: totalText },
    alternative: `Over time. ${sentences.join('. ')}.`,
  });
}
