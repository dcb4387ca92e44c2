/**
 * Broadcast frames that a host of a zone receives, over time, and those that it would receive in one flat layer-2 network.
 * Where the two are more than ten times apart the scale goes in steps of ten times.
 */
import type { Sample } from '../../sim/store/types.js';
import { framesText } from '../network-text.js';
import { figureText } from '../numbers.js';
import { describeCurve } from './describe-curve.js';
import { lineFigure } from './line-figure.js';

type FrameSample = Pick<Sample, 'atMicros' | 'framesPerHost' | 'flatFramesPerHost'>;

/** The same for zones that stand side by side. */
export interface BroadcastScale {
  top: number;
  /** Where a scale in steps of ten times begins. */
  logBottom?: number;
}

export interface BroadcastData {
  zone: string;
  durationMicros: number;
  samples: readonly FrameSample[];
  scale: BroadcastScale;
  small?: boolean;
}

export function broadcastOverTime({ zone, durationMicros, samples, scale, small = false }: BroadcastData): string {
  const curves = [
    { name: 'in its pod', points: samples.map(({ atMicros, framesPerHost: value }) => ({ atMicros, value })) },
    {
      name: 'in one flat network',
      points: samples.map(({ atMicros, flatFramesPerHost: value }) => ({ atMicros, value })),
    },
  ];
  const sentences = curves.map(({ name, points }) => describeCurve(`Broadcast a host, ${name}`, points, framesText));
  return lineFigure({
    ...{ curves, durationMicros, small, tickText: figureText, ...scale },
    alternative: `Zone ${zone} over time. ${sentences.join('. ')}.`,
  });
}

/** Smaller steps of ten times could not be told from nothing beside the largest. */
const MOST_DECADES = 5;
const FAR_APART = 10;

export function broadcastScale(zones: readonly (readonly FrameSample[])[]): BroadcastScale {
  const all = zones.flat();
  const sum = (of: (sample: FrameSample) => number): number => all.reduce((total, one) => total + of(one), 0);
  let most = 0;
  let least = Infinity;
  for (const { framesPerHost, flatFramesPerHost } of all)
    for (const value of [framesPerHost, flatFramesPerHost]) {
      most = Math.max(most, value);
      if (value > 0) least = Math.min(least, value);
    }
  const [apart, together] = [sum((one) => one.framesPerHost), sum((one) => one.flatFramesPerHost)];
  if (apart === 0 || together <= FAR_APART * apart) return { top: most * 1.05 };
  const last = Math.ceil(Math.log10(most));
  const first = Math.max(Math.floor(Math.log10(least)), last - MOST_DECADES);
  return { top: Number(`1e${last}`), logBottom: Number(`1e${first}`) };
}
