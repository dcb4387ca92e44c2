/**
 * Two zones drawn by hand, and a third to have somebody without a tunnel:
 *
 *   east: pod e1 with racks r01 (h1, h2) and r02 (h3) and server s1; pod e2 without racks (h4, h5) and server s2
 *   west: pod w1 (h6) and server s3;   north: pod n1 (h7)
 */
import type { HostPlan, ZonePlan } from '../../../models/network/zone-plan.js';

export const GBPS = 1e9;
const MICRO = 1e-6;

export function host(name: string, pod: number, rack: number | null = null): HostPlan {
  return { name, pod, rack, portBitsPerSecond: 10 * GBPS, ports: 2, bond: 'aggregate' };
}

export function plan(name: string, change: Partial<ZonePlan>): ZonePlan {
  return {
    name,
    pods: [],
    hosts: [],
    servers: [],
    podUplinkBitsPerSecond: 20 * GBPS,
    publicLinkBitsPerSecond: 5 * GBPS,
    templateStoreBitsPerSecond: 8 * GBPS,
    managementServersBitsPerSecond: 2 * GBPS,
    separate: [],
    podLatencySeconds: 10 * MICRO,
    zoneSwitchLatencySeconds: 50 * MICRO,
    firewallLatencySeconds: 100 * MICRO,
    firewall: { data: 'transparent', management: 'nat' },
    vpns: [],
    ...change,
  };
}

export function east(change: Partial<ZonePlan> = {}): ZonePlan {
  const racks = ['e1/r01', 'e1/r02'].map((name) => ({ name, uplinkBitsPerSecond: 15 * GBPS }));
  return plan('east', {
    pods: [
      { name: 'e1', racks },
      { name: 'e2', racks: [] },
    ],
    hosts: [host('h1', 0, 0), host('h2', 0, 0), host('h3', 0, 1), host('h4', 1), host('h5', 1)],
    servers: [
      { name: 's1', pod: 0, bitsPerSecond: 40 * GBPS },
      { name: 's2', pod: 1, bitsPerSecond: 40 * GBPS },
    ],
    ...change,
  });
}

export function west(change: Partial<ZonePlan> = {}): ZonePlan {
  return plan('west', {
    pods: [{ name: 'w1', racks: [] }],
    hosts: [host('h6', 0)],
    servers: [{ name: 's3', pod: 0, bitsPerSecond: 40 * GBPS }],
    publicLinkBitsPerSecond: 4 * GBPS,
    ...change,
  });
}

export function north(): ZonePlan {
  return plan('north', { pods: [{ name: 'n1', racks: [] }], hosts: [host('h7', 0)] });
}
