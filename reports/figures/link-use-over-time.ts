/** How full the zone switch and the fullest link are, over time. Of several zones, the one where it is fullest. */
import type { NetworkSample } from '../network-samples.js';
import { sharesOverTime } from './shares-over-time.js';

export interface LinkUseData {
  durationMicros: number;
  samples: readonly Pick<NetworkSample, 'atMicros' | 'zoneSwitchUse' | 'hottestLinkUse'>[];
}

export function linkUseOverTime(data: LinkUseData): string {
  return sharesOverTime(
    data,
    [
      { name: 'zone switch', of: ({ zoneSwitchUse }) => zoneSwitchUse, spoken: 'Use of the zone switch' },
      { name: 'fullest link', of: ({ hottestLinkUse }) => hottestLinkUse, spoken: 'Use of the fullest link' },
    ],
    { name: 'full', value: 1 },
  );
}
