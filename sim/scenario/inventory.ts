/**
 * What `initial` needs of a file's reader: hosts in clusters, and the VMs that run on them. Readers of formats are passed
 * in by the composition root; they throw InputError with a place in their file.
 */
export interface Inventory {
  /** Each becomes a pod. */
  clusters: { name: string; hosts: InventoryHost[] }[];
  vms: InventoryVm[];
}

export interface InventoryHost {
  name: string;
  inService: boolean;
  nodes: { cpuMillis: number; memoryBytes: number }[];
}

export interface InventoryVm {
  name: string;
  /** Indices into `clusters` and its hosts. */
  cluster: number;
  host: number;
  /** Of the whole VM, over its NUMA nodes in equal parts. */
  cpuMillis: number;
  memoryBytes: number;
  nodes: number[];
}

export type InventoryReader = (text: string, file: string) => Inventory;

/** Names from outside as names in paths; an empty one stays recognisable. */
export function sanitised(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]/g, '-');
  return /^[A-Za-z0-9]/.test(safe) ? safe : `x${safe}`;
}
