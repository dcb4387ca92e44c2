/** CPU that VMs ask for and have, over what hosts have; and what they are short of. Over time, all zones together. */
import { humanQuantity } from '../../sim/base/units.js';
import type { CloudSample } from '../cloud-samples.js';
import type { Point } from '../thin-points.js';
import { describeCurve } from './describe-curve.js';
import { levelTop, lineFigure } from './line-figure.js';

export interface CpuData {
  durationMicros: number;
  samples: readonly Pick<
    CloudSample,
    'atMicros' | 'runningVms' | 'cpuMillisPhysical' | 'cpuMillisDemand' | 'cpuMillisShort' | 'vmsShort'
  >[];
}

type One = CpuData['samples'][number];

const percent = (share: number): string => humanQuantity('ratio', share);

/** null where it is not modelled, or where there is nothing to take a share of. */
const share = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole <= 0 ? null : part / whole;

export function cpuAskedForOverTime(data: CpuData): string {
  const had = ({ cpuMillisDemand: demand, cpuMillisShort: short }: One): number | null =>
    demand === null || short === null ? null : demand - short;
  return sharesOverTime(
    data,
    [
      { name: 'asked for', of: (one) => share(one.cpuMillisDemand, one.cpuMillisPhysical) },
      { name: 'had', of: (one) => share(had(one), one.cpuMillisPhysical) },
    ],
    'CPU',
  );
}

export function cpuShortOverTime(data: CpuData): string {
  return sharesOverTime(
    data,
    [
      { name: 'of the CPU asked for', of: (one) => share(one.cpuMillisShort, one.cpuMillisDemand) },
      { name: 'of the VMs', of: (one) => share(one.vmsShort, one.runningVms) },
    ],
    'Short',
  );
}

function sharesOverTime(
  { samples, durationMicros }: CpuData,
  shares: readonly { name: string; of: (one: One) => number | null }[],
  what: string,
): string {
  const curves = shares.map(({ name, of }) => ({
    name,
    points: samples.map((one): Point => ({ atMicros: one.atMicros, value: of(one) })),
  }));
  let highest = 0;
  for (const { points } of curves) for (const { value } of points) highest = Math.max(highest, value ?? 0);
  return lineFigure({
    curves,
    durationMicros,
    top: levelTop(highest),
    tickText: percent,
    alternative: `Over time. ${curves.map(({ name, points }) => describeCurve(`${what} ${name}`, points, percent)).join('. ')}.`,
  });
}
