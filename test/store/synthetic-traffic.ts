/** What a made-up zone's network carries at an instant, from its VMs alone. */
import type { Sample } from '../../sim/store/types.js';
import type { SyntheticZoneOptions } from './synthetic-zone.js';

const MINUTE = 60_000_000;

type NetworkField =
  | (
      | 'bitsSameHost'
      | 'bitsSamePod'
      | 'bitsCrossPod'
      | 'bitsPublic'
      | 'bitsStorage'
      | 'bitsManagement'
      | 'bitsTransfers'
    )
  | ('zoneSwitchUse' | 'hottestLinkUse' | 'linksOverloaded' | 'iopsDemand' | 'iopsServed');
type NetworkFigures = Pick<Sample, NetworkField | 'framesPerHost' | 'flatFramesPerHost'>;

const NO_NETWORK: Pick<Sample, NetworkField> = {
  ...{ bitsSameHost: null, bitsSamePod: null, bitsCrossPod: null, bitsPublic: null, bitsStorage: null },
  ...{ bitsManagement: null, bitsTransfers: null, zoneSwitchUse: null, hottestLinkUse: null, linksOverloaded: null },
  ...{ iopsDemand: null, iopsServed: null },
};

/** Rates follow the hour, between a half and one and a half of their mean. */
export function networkFigures(options: SyntheticZoneOptions, at: number, vms: number): NetworkFigures {
  const frames = { framesPerHost: 0.4 + vms * 0.02, flatFramesPerHost: 0.4 + vms * 0.02 * 4 * options.pods };
  if (options.network !== true) return { ...NO_NETWORK, ...frames };
  const hour = Math.floor(at / (60 * MINUTE)) % 24;
  const rate = vms * 1e7 * (0.5 + (hour < 12 ? hour : 24 - hour) / 12);
  return {
    ...{ bitsSameHost: rate, bitsSamePod: 2.5 * rate, bitsCrossPod: 1.5 * rate, bitsPublic: 0.7 * rate },
    ...{ bitsStorage: 1.2 * rate, bitsManagement: 34_000, bitsTransfers: hour === 3 ? 2e9 : 0 },
    ...{
      zoneSwitchUse: (1.5 * rate) / 8e9,
      hottestLinkUse: (1.5 * rate) / 4e9,
      linksOverloaded: rate > 2.6e9 ? 1 : 0,
    },
    ...{ iopsDemand: vms * 200, iopsServed: Math.min(vms * 200, 25_000), ...frames },
  };
}
