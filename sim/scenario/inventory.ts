/**
 * What `initial` needs of a file's reader: hosts in clusters, and the VMs that run on them. Readers of formats are passed
 * in by the composition root; they throw InputError with a place in their file.
 */
export interface Inventory {
  /** Each becomes a pod. */
  clusters: { name: string; hosts: InventoryHost[] }[];
  vms: InventoryVm[];
  /** Customers that the file names, with the VLAN ID each has, if it is known; absent: the format knows none. */
  accounts?: { name: string; vlan: number | null }[];
}

export interface InventoryHost {
  name: string;
  inService: boolean;
  /** Default: both. */
  role?: 'computing' | 'routing' | 'both';
  nodes: { cpuMillis: number; memoryBytes: number }[];
}

export interface InventoryVm {
  name: string;
  /** Default: the account that `initial` names. */
  account?: string;
  /** Default: user. */
  role?: 'user' | 'router';
  /** VLAN ID of its account's guest network, where it is known. */
  vlan?: number;
  /** Indices into `clusters` and its hosts. */
  cluster: number;
  host: number;
  /** Of the whole VM, over its NUMA nodes in equal parts. */
  cpuMillis: number;
  memoryBytes: number;
  nodes: number[];
}

/** Tables that a format may take beside its file, by their key in `initial`; `<key>Data` holds a table's text itself. */
export const INVENTORY_TABLES = ['vms', 'accounts'] as const;
export type InventoryTable = (typeof INVENTORY_TABLES)[number];
export type InventoryTables = Partial<Record<InventoryTable, { text: string; file: string }>>;

export type InventoryReader = (text: string, file: string, tables: InventoryTables) => Inventory;

/** A reader that takes tables names them. */
export type InventoryFormat = InventoryReader | { read: InventoryReader; tables: readonly InventoryTable[] };

/** Names from outside as names in paths; an empty one stays recognisable. */
export function sanitised(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]/g, '-');
  return /^[A-Za-z0-9]/.test(safe) ? safe : `x${safe}`;
}
