/** What lies between zones: the tunnels of the file, and the distances of the data centers that the zones stand in. */
import type { DistanceSpec, VpnSpec } from './network-spec.js';
import type { ScenarioFile } from './schema/scenario.js';

export interface Interconnect {
  vpns: VpnSpec[];
  /** Pairs in the order of the zones; without those at no distance. */
  distances: DistanceSpec[];
}

export function resolveInterconnect({ zones, dataCenters = {}, vpns }: ScenarioFile): Interconnect {
  const placeOf = new Map(zones.map(({ name, dataCenter }) => [name, dataCenter]));
  // Written once, a latency holds for both ways.
  const latency = (a: string, b: string): number => dataCenters[a]?.latency?.[b] ?? dataCenters[b]?.latency?.[a] ?? 0;
  const between = (zone: string, other: string): number => {
    const [a, b] = [placeOf.get(zone), placeOf.get(other)];
    return a === undefined || b === undefined ? 0 : latency(a, b);
  };
  const names = Object.keys(dataCenters).length === 0 ? [] : zones.map(({ name }) => name);
  const pairs = names.flatMap((zone, at) => names.slice(at + 1).map((other): [string, string] => [zone, other]));
  return {
    vpns: vpns.map((vpn) => ({
      between: vpn.between,
      bitsPerSecond: vpn.bandwidth,
      latencySeconds: vpn.latency ?? between(...vpn.between),
    })),
    distances: pairs
      .map((pair) => ({ between: pair, latencySeconds: between(...pair) }))
      .filter(({ latencySeconds }) => latencySeconds > 0),
  };
}
