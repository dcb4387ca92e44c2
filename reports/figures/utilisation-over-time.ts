/** Shares of CPU, memory and disk that VMs hold, over time. What a cloud has none of is a gap. */
import { humanQuantity } from '../../sim/base/units.js';
import type { CloudSample } from '../cloud-samples.js';
import { UTILISATION, utilisationOf } from '../utilisation.js';
import { describeCurve } from './describe-curve.js';
import { levelTop, lineFigure } from './line-figure.js';

export interface UtilisationData {
  durationMicros: number;
  samples: readonly CloudSample[];
}

const percent = (share: number): string => humanQuantity('ratio', share);

export function utilisationOverTime({ durationMicros, samples }: UtilisationData): string {
  const curves = UTILISATION.map((resource) => ({
    name: resource,
    points: samples.map((sample) => ({ atMicros: sample.atMicros, value: utilisationOf(sample, resource) })),
  }));
  let highest = 0;
  for (const { points } of curves) for (const { value } of points) highest = Math.max(highest, value ?? 0);
  return lineFigure({
    curves,
    durationMicros,
    top: levelTop(highest),
    tickText: percent,
    alternative: `Over time. ${curves.map(({ name, points }) => describeCurve(`${name} held`, points, percent)).join('. ')}.`,
  });
}
