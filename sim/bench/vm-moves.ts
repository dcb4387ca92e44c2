/**
 * What it costs to keep link loads up to date when a VM moves: the same moves in a guest network of ten VMs and in one of ten
 * thousand, on 400 hosts. Guarantees the same moves at each run.
 */
import type { Domain } from '../datacenter/domain.js';
import { GuestTraffic } from '../datacenter/traffic/guest-traffic.js';
import type { GuestLinks } from '../datacenter/traffic/link-loads.js';
import type { Streams } from '../engine/streams.js';
import type { TrafficPattern } from '../../models/network/traffic-pattern.js';

const PODS = 20;
const HOSTS = 400;
export const VM_MOVES = 20_000;

/** Web, application and database tiers, each with the next, and with the outside. */
const PATTERN: TrafficPattern = {
  groups: ['web', 'app', 'db'],
  rates: [0, 1e6, 0, 0, 1e6, 0, 2e6, 0, 0, 2e6, 0, 0, 0, 0, 0, 0],
  toPublic: [5e5, 0, 0],
  fromPublic: [1e5, 0, 0],
  pair: null,
};

const LINKS: GuestLinks = {
  hostUp: (host) => 2 * host,
  hostDown: (host) => 2 * host + 1,
  rackUp: () => -1,
  rackDown: () => -1,
  podUp: (pod) => 2 * (HOSTS + pod),
  podDown: (pod) => 2 * (HOSTS + pod) + 1,
  toPublic: () => [],
  fromPublic: () => [],
  between: () => [],
};

/** A guest network of so many VMs, spread over all hosts, and moves of random VMs to random hosts. */
export function vmMoves(vms: number, streams: Streams): () => void {
  const stream = streams.stream(`bench/network/vm-move/${vms}`);
  const traffic = new GuestTraffic({
    now: () => 0,
    trafficOf: () => ({ pattern: PATTERN, curve: null }),
    groupOf: (vm) => vm % 3,
    placeOf: (host) => ({ host, rack: host % PODS, pod: host % PODS }),
    throttleOf: () => Infinity,
    links: LINKS,
  });
  const hostOf = Array.from({ length: vms }, (_, vm) => vm % HOSTS);
  hostOf.forEach((host, vm) => traffic.vmRunning(domain(vm, host)));
  return () => {
    for (let move = 0; move < VM_MOVES; move++) {
      const vm = Math.floor(stream.next() * vms);
      traffic.vmGone(domain(vm, hostOf[vm]!));
      hostOf[vm] = Math.floor(stream.next() * HOSTS);
      traffic.vmRunning(domain(vm, hostOf[vm]!));
    }
  };
}

function domain(vm: number, host: number): Domain {
  return {
    ...{ vm, host, nodes: [0], cpuMillis: 1000, memoryBytes: 1, role: 'user', state: 'running', networks: [0] },
    interfaces: [{ name: 'eth0', network: 0, address: vm }],
    throttle: { networkBitsPerSecond: null, iops: null },
  };
}
