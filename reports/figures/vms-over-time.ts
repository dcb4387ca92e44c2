/** Running VMs of customers, and the routing appliances that serve them, over time. */
import type { Sample } from '../../sim/store/types.js';
import { countText } from '../numbers.js';
import { describeCurve } from './describe-curve.js';
import { lineFigure } from './line-figure.js';

export interface VmData {
  durationMicros: number;
  samples: readonly Pick<Sample, 'atMicros' | 'runningVms' | 'runningAppliances'>[];
}

export function vmsOverTime({ durationMicros, samples }: VmData): string {
  const curves = [
    { name: 'VMs', points: samples.map(({ atMicros, runningVms: value }) => ({ atMicros, value })) },
    {
      name: 'routing appliances',
      points: samples.map(({ atMicros, runningAppliances: value }) => ({ atMicros, value })),
    },
  ];
  const peak = Math.max(
    1,
    ...curves.flatMap(({ points }) => points.reduce((most, { value }) => Math.max(most, value), 0)),
  );
  const sentences = curves.map(({ name, points }) => describeCurve(`Running ${name}`, points, countText));
  return lineFigure({
    curves,
    durationMicros,
    top: peak * 1.05,
    whole: true,
    tickText: countText,
    alternative: `Over time. ${sentences.join('. ')}.`,
  });
}
