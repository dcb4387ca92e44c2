/**
 * The plant's truth as plain data, for checkers, tests and whoever wants to look: the records of things, and beside them
 * the plant's own accounts of what is used, so that the two can be held against each other. In an order that does not
 * depend on what happened before.
 */
import type { Domain } from './domain.js';
import type { NetworkRule } from './network-rules.js';
import type { NodeCapacity } from './node-ledger.js';
import type { HeldRoom } from './passages.js';
import type { Plant } from './plant.js';
import type { SwitchLoad } from './trunks.js';

export interface PlantSnapshot {
  /** What hypervisors admit over what hosts have. */
  overprovision: { cpu: number; memory: number };
  hosts: { pod: number; nodes: NodeSnapshot[] }[];
  servers: { pod: number; host: number | null; capacityBytes: number; usedBytes: number }[];
  /** By VM, then host. */
  domains: Domain[];
  /** What hosts hold for VMs that are to come, or of VMs that have gone. */
  passages: HeldRoom[];
  /** Virtual NICs and bridges, by host, then guest network. */
  bridges: BridgeSnapshot[];
  vlanScope: 'zone' | 'pod' | 'overlay';
  trunks: 'pruned' | 'unpruned';
  /** Of each pod a switch (a redundant pair is one), then the zone's, `pod` null. */
  switches: SwitchSnapshot[];
  /** By disk. */
  disks: DiskSnapshot[];
  /** By copy. */
  copies: VolumeSnapshot<'copy' | 'template'>[];
  /** By snapshot. */
  snapshots: VolumeSnapshot<'snapshot' | 'disk'>[];
  /** By appliance (null: the firewall, first), then rule. */
  rules: (NetworkRule & { appliance: number | null; rule: number })[];
}

type VolumeSnapshot<Keys extends string> = Record<Keys, number> & { server: number; bytes: number; ready: boolean };

export interface NodeSnapshot extends NodeCapacity {
  /** What the node has: `cpuMillis` and `memoryBytes` are what the hypervisor admits. */
  physicalCpuMillis: number;
  physicalMemoryBytes: number;
  usedCpuMillis: number;
  usedMemoryBytes: number;
}

export interface BridgeSnapshot {
  host: number;
  network: number;
  vlan: number;
  node: number;
  memoryBytes: number;
}

export interface SwitchSnapshot {
  pod: number | null;
  /** What it can carry of guest VLANs. */
  limits: SwitchLoad;
  /** What it carried at the beginning, when it was found. */
  found: SwitchLoad;
  /** What it carries, by the plant's own account. */
  carries: SwitchLoad;
}

export interface DiskSnapshot {
  disk: number;
  server: number;
  bytes: number;
  copy: number | null;
  ready: boolean;
  mounts: { vm: number; host: number }[];
}

export function snapshotOf(plant: Plant): PlantSnapshot {
  const { config, ledger, bridges, storage, rules } = plant;
  const { trunks } = bridges;
  const pods = Array.from({ length: trunks.podCount }, (_, pod) => pod);
  return {
    overprovision: config.overprovision ?? { cpu: 1, memory: 1 },
    hosts: config.hosts.map(({ pod, nodes, physical = nodes }, host) => ({
      pod,
      nodes: nodes.map(({ cpuMillis, memoryBytes }, at) => {
        const node = ledger.firstNode[host]! + at;
        const usedCpuMillis = ledger.usedCpuMillis[node]!;
        return {
          cpuMillis,
          memoryBytes,
          physicalCpuMillis: physical[at]!.cpuMillis,
          physicalMemoryBytes: physical[at]!.memoryBytes,
          usedCpuMillis,
          usedMemoryBytes: ledger.usedMemoryBytes[node]!,
        };
      }),
    })),
    servers: config.servers.map((server, at) => ({ ...server, usedBytes: storage.ledger.usedBytes[at]! })),
    domains: [...plant.allDomains()].map((domain) => ({ ...domain })).sort((a, b) => a.vm - b.vm || a.host - b.host),
    passages: plant.passages.all().sort((a, b) => a.vm - b.vm || a.host - b.host),
    bridges: [...bridges.all()]
      .map(({ host, network, vlan, nodes, memoryBytes }) => ({ host, network, vlan, node: nodes[0], memoryBytes }))
      .sort((a, b) => a.host - b.host || a.network - b.network),
    vlanScope: trunks.config?.vlanScope ?? 'zone',
    trunks: trunks.config?.trunks ?? 'pruned',
    switches: [...pods, null].map((pod) => ({
      pod,
      limits: trunks.limits(pod),
      found: trunks.foundLoad(pod),
      carries: { vlans: trunks.switchVlans(pod), virtualPorts: trunks.virtualPorts(pod) },
    })),
    disks: [...storage.all()]
      .map(([disk, { server, bytes, copy, ready, vm, host }]) => ({
        disk,
        server,
        bytes,
        copy,
        ready,
        mounts: vm < 0 ? [] : [{ vm, host }],
      }))
      .sort((a, b) => a.disk - b.disk),
    copies: [...storage.copies.all()].map(([copy, volume]) => ({ copy, ...volume })).sort((a, b) => a.copy - b.copy),
    snapshots: [...storage.snapshots.all()]
      .map(([snapshot, volume]) => ({ snapshot, ...volume }))
      .sort((a, b) => a.snapshot - b.snapshot),
    rules: [...rulesOf(null, rules.firewall), ...[...rules.appliances].flatMap(([vm, held]) => rulesOf(vm, held))].sort(
      (a, b) => (a.appliance ?? -1) - (b.appliance ?? -1) || a.rule - b.rule,
    ),
  };
}

function rulesOf(appliance: number | null, held: ReadonlyMap<number, NetworkRule>): PlantSnapshot['rules'] {
  return [...held].map(([rule, content]) => ({ appliance, rule, ...content }));
}
