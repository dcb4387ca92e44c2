/** What is said of a network in several places: rates, uses and links in words. */
import { humanQuantity } from '../sim/base/units.js';
import type { LinkRow } from '../sim/store/network-types.js';
import { figureText } from './numbers.js';

/** "2.3 Gbps" */
export const rateText = (bitsPerSecond: number): string => humanQuantity('bitRate', bitsPerSecond);

export const timeText = (micros: number): string => humanQuantity('duration', micros);

/** "12 of 40" reads worse than "12 frames/s" with nothing to hold it against. */
export const framesText = (framesPerSecond: number): string => `${figureText(framesPerSecond)} frames/s`;

/** Below this a share is as good as nothing, and digits of it would tell what the model does not know. */
const LEAST_SHARE = 1e-7;

/** "62 %"; a share too small for it is not shown as 0. */
export function useText(share: number): string {
  if (share > 0 && share < LEAST_SHARE) return `<${humanQuantity('ratio', LEAST_SHARE)}`;
  return humanQuantity('ratio', share);
}

/** "pod uplink", "host link" */
export function kindText(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return /link$/.test(words) ? words : `${words} link`;
}

/** "pod uplink z1/p01 up"; of switches of their own with what these are for. */
export function linkText({ kind, link, fabric }: Pick<LinkRow, 'kind' | 'link' | 'fabric'>): string {
  return `${kindText(kind)} ${link}${fabric === 'data' || link.includes(` ${fabric} `) ? '' : ` (${fabric})`}`;
}
