/** Traffic by where it goes and what for, over time: all zones together, the parts one on the other. */
import type { NetworkSample } from '../network-samples.js';
import { rateText } from '../network-text.js';
import { describeCurve } from './describe-curve.js';
import { stackedFigure } from './stacked-figure.js';

export interface TrafficData {
  durationMicros: number;
  samples: readonly NetworkSample[];
}

/** From the bottom up: what stays together first. */
const PARTS = [
  { name: 'same host', of: ({ bitsSameHost }: NetworkSample) => bitsSameHost },
  { name: 'same pod', of: ({ bitsSamePod }: NetworkSample) => bitsSamePod },
  { name: 'across pods', of: ({ bitsCrossPod }: NetworkSample) => bitsCrossPod },
  { name: 'public', of: ({ bitsPublic }: NetworkSample) => bitsPublic },
  { name: 'storage', of: ({ bitsStorage }: NetworkSample) => bitsStorage },
  { name: 'transfers', of: ({ bitsTransfers }: NetworkSample) => bitsTransfers },
] as const;

/** What was not modelled, or of which there was nothing in any sample, has no part. */
export function trafficOverTime({ durationMicros, samples }: TrafficData): string {
  const layers = PARTS.map(({ name, of }, ink) => ({ name, ink, values: samples.map((one) => of(one) ?? 0) }));
  const there = layers.filter(({ values }) => values.some((value) => value > 0));
  const atMicros = samples.map((one) => one.atMicros);
  const sentences = there.map(({ name, values }) =>
    describeCurve(
      `Traffic, ${name}`,
      values.map((value, at) => ({ atMicros: atMicros[at]!, value })),
      rateText,
    ),
  );
  const alternative = `Over time. ${sentences.length === 0 ? 'No traffic' : sentences.join('. ')}.`;
  return stackedFigure({ layers: there, atMicros, durationMicros, tickText: rateText, alternative });
}

/** Whether there is anything to draw. */
export function hasTraffic(samples: readonly NetworkSample[]): boolean {
  return samples.some((one) => PARTS.some(({ of }) => (of(one) ?? 0) > 0));
}
