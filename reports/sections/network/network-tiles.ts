/** The network's headline figures, as tiles. */
import { html, type Html } from '../../html.js';
import { byPeak } from '../../filling-link.js';
import {
  BROADCAST_ROWS,
  LINK_ROWS,
  LOCALITY_ROWS,
  OTHER_TRAFFIC_ROWS,
  peakText,
  STORAGE_ROWS,
  SWITCH_FIGURES,
  TRANSFER_ROWS,
} from '../../network-rows.js';
import { linkText, timeText, useText } from '../../network-text.js';
import { countText } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';
import { tileList, tilesOf, type Tile } from '../tiles.js';

export function networkTiles(data: ReportData): Html {
  const { summary } = data;
  const groups: { title: string; tiles: Tile[] }[] = [
    { title: 'Traffic', tiles: tilesOf([...LOCALITY_ROWS, ...OTHER_TRAFFIC_ROWS], summary) },
    {
      title: 'Links, disks and transfers',
      tiles: [...linkTiles(data), ...tilesOf([...STORAGE_ROWS, ...TRANSFER_ROWS], summary)],
    },
    { title: 'Pods against one flat network', tiles: tilesOf(BROADCAST_ROWS, summary) },
    { title: 'Guest networks on switches', tiles: switchTiles(data) },
  ];
  return html`${groups
    .filter(({ tiles }) => tiles.length > 0)
    .map(
      ({ title, tiles }) =>
        html`<h3>${title}</h3>
          ${tileList(tiles)} `,
    )}`;
}

/** The hottest link has a name here. */
function linkTiles({ summary, network }: ReportData): Tile[] {
  const tiles = tilesOf(LINK_ROWS, summary);
  const [hottest] = byPeak(network.links);
  if (summary.traffic === null || hottest === undefined || hottest.peak === 0) return tiles;
  const label = LINK_ROWS[1]!.label;
  const meaning = `The ${linkText(hottest)}, at ${timeText(hottest.peakMicros)}; ${useText(hottest.mean)} on average.`;
  return tiles.map((tile) => (tile.label === label ? { label, value: useText(hottest.peak), meaning } : tile));
}

/** Each of the zone in which it is fullest. */
function switchTiles({ summary }: ReportData): Tile[] {
  const pools = Object.entries(summary.vlans);
  const where = (zone: string): string => (pools.length === 1 ? '' : ` In zone ${zone}, where it is fullest.`);
  const tiles = SWITCH_FIGURES.flatMap(({ label, meaning, of }): Tile[] => {
    const [fullest] = pools
      .map(([zone, pool]) => ({ zone, ...of(pool) }))
      .filter(({ limit }) => limit > 0)
      .sort((a, b) => b.peak / b.limit - a.peak / a.limit);
    if (fullest === undefined) return [];
    return [{ label, value: peakText(fullest), meaning: `${meaning}${where(fullest.zone)}` }];
  });
  const refused = pools.reduce((sum, [, pool]) => sum + pool.refusedBySwitch, 0);
  const meaning = 'Requests refused because a switch could carry no further VLAN.';
  return [...tiles, { label: 'refused by switches', value: countText(refused), meaning }];
}
