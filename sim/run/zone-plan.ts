/**
 * From a resolved scenario to the network that the models know: hosts, pods and storage servers keep the places that they
 * have in the plane's and the plant's lists, zones those of the scenario.
 */
import { NetworkPaths } from '../../models/network/path.js';
import { ZoneTopology } from '../../models/network/topology.js';
import type { ZonePlan } from '../../models/network/zone-plan.js';
import type { ResolvedScenario, ZoneSpec } from '../scenario/resolved.js';

/** A zone's network; with its tunnels only where those of the scenario are given. */
export function zonePlan({ name, network, pods }: ZoneSpec, vpns: ResolvedScenario['vpns'] = []): ZonePlan {
  const { firewall } = network;
  return {
    name,
    pods: pods.map((pod) => ({
      name: pod.name,
      racks: pod.racks.map((rack) => ({ name: rack.name, uplinkBitsPerSecond: rack.uplinkBitsPerSecond })),
    })),
    hosts: pods.flatMap(({ hosts }, pod) =>
      hosts.map((host) => ({
        name: host.name,
        pod,
        rack: host.rack,
        portBitsPerSecond: host.nicBitsPerSecond,
        ports: host.nicCount,
        bond: host.bond,
      })),
    ),
    servers: pods.flatMap(({ storage }, pod) =>
      storage.map((server) => ({ name: server.name, pod, bitsPerSecond: server.nicBitsPerSecond })),
    ),
    podUplinkBitsPerSecond: network.podUplinkBitsPerSecond,
    publicLinkBitsPerSecond: firewall.publicLinkBitsPerSecond,
    templateStoreBitsPerSecond: network.templateStoreBitsPerSecond,
    managementServersBitsPerSecond: network.managementServersBitsPerSecond,
    separate: network.separate,
    podLatencySeconds: network.podLatencySeconds,
    zoneSwitchLatencySeconds: network.zoneSwitchLatencySeconds,
    firewallLatencySeconds: firewall.latencySeconds,
    firewall: { data: firewall.data, management: firewall.management },
    vpns: vpns.flatMap(({ between: [a, b], bitsPerSecond, latencySeconds }) =>
      a === name || b === name ? [{ to: a === name ? b : a, bitsPerSecond, latencySeconds }] : [],
    ),
  };
}

/** All zones of the scenario, with what lies between them. */
export function networkPaths({ zones, vpns, distances }: ResolvedScenario): NetworkPaths {
  const numbers = new Map(zones.map(({ name }, at) => [name, at]));
  return new NetworkPaths(
    zones.map((zone) => new ZoneTopology(zonePlan(zone, vpns))),
    distances.map(({ between: [a, b], latencySeconds }) => ({
      between: [numbers.get(a)!, numbers.get(b)!],
      latencySeconds,
    })),
  );
}
