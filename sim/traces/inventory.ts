/**
 * Hosts and the VMs on them, as the formats of inventories give them (the scenario's own type of it has the same shape).
 * Guarantees nothing by itself: readers check that VMs fit where they are.
 */
export interface HostInventory {
  /** Each becomes a pod. */
  clusters: { name: string; hosts: InventoryHost[] }[];
  vms: InventoryVm[];
  /** Named customers, with the VLAN ID each has, if it is known; absent: the format knows no customers. */
  accounts?: { name: string; vlan: number | null }[];
}

export interface InventoryHost {
  name: string;
  inService: boolean;
  role?: 'computing' | 'routing' | 'both';
  /** A NUMA node each. */
  nodes: { cpuMillis: number; memoryBytes: number }[];
}

export interface InventoryVm {
  name: string;
  /** Absent: the format knows no customers. */
  account?: string;
  role?: 'user' | 'router';
  vlan?: number;
  /** Indices into `clusters` and its hosts. */
  cluster: number;
  host: number;
  /** Of the whole VM, over its NUMA nodes in equal parts. */
  cpuMillis: number;
  memoryBytes: number;
  nodes: number[];
}
