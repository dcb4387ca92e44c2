/** VLAN IDs in use in a zone over time, against what its pool holds. */
import type { Sample } from '../../sim/store/types.js';
import { countText } from '../numbers.js';
import { describeCurve } from './describe-curve.js';
import { lineFigure } from './line-figure.js';

export interface VlanData {
  zone: string;
  durationMicros: number;
  capacity: number;
  samples: readonly Pick<Sample, 'atMicros' | 'vlansInUse'>[];
  small?: boolean;
}

/** Below this share of its pool a curve on the pool's scale would lie on the axis. */
const VISIBLE_SHARE = 0.2;

export function vlansOverTime({ zone, durationMicros, capacity, samples, small = false }: VlanData): string {
  const points = samples.map(({ atMicros, vlansInUse }) => ({ atMicros, value: vlansInUse }));
  const peak = points.reduce((most, { value }) => Math.max(most, value), 0);
  const onScale = peak >= capacity * VISIBLE_SHARE || peak === 0;
  const pool = `the pool of ${countText(capacity)}`;
  return lineFigure({
    curves: [{ name: 'in use', points }],
    durationMicros,
    top: onScale ? Math.max(capacity, peak, 1) : peak * 1.15,
    small,
    whole: true,
    tickText: countText,
    limit: { name: onScale ? pool : `${pool} is far above`, value: capacity },
    shaded: true,
    alternative: `Zone ${zone} over time, of ${pool}. ${describeCurve('VLAN IDs in use', points, countText)}.`,
  });
}
