/** How far a zone's customers are scattered over its pods, over time. Instants without a customer's VM are gaps. */
import type { Sample } from '../../sim/store/types.js';
import { figureText, levelText } from '../numbers.js';
import { describeCurve } from './describe-curve.js';
import { levelTop, lineFigure } from './line-figure.js';

export interface FragmentationData {
  zone: string;
  durationMicros: number;
  samples: readonly Pick<Sample, 'atMicros' | 'customers' | 'fragmentation'>[];
  /** Top of the scale: the same for zones that stand side by side. */
  top: number;
  small?: boolean;
}

export function fragmentationOverTime({
  zone,
  durationMicros,
  samples,
  top,
  small = false,
}: FragmentationData): string {
  const points = samples.map(({ atMicros, customers, fragmentation }) => ({
    atMicros,
    value: customers > 0 ? fragmentation : null,
  }));
  return lineFigure({
    curves: [{ name: 'fragmentation', points }],
    durationMicros,
    top,
    small,
    tickText: figureText,
    shaded: true,
    alternative: `Zone ${zone} over time. ${describeCurve('Fragmentation', points, levelText)}.`,
  });
}

/** One scale for all zones, up to the highest of them. */
export function fragmentationTop(zones: readonly FragmentationData['samples'][]): number {
  let highest = 0;
  for (const samples of zones)
    for (const { customers, fragmentation } of samples) if (customers > 0) highest = Math.max(highest, fragmentation);
  return levelTop(highest);
}
