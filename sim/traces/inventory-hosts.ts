/**
 * The table of hosts of an inventory, and what VMs leave free on them. Guarantees that no NUMA node is taken beyond its
 * capacity, and that what does not fit is said with what is left.
 */
import { humanQuantity } from '../base/units.js';
import { CsvColumns, type ColumnSpec } from './csv-columns.js';
import { CsvRows } from './csv-rows.js';
import type { HostInventory, InventoryHost, InventoryVm } from './inventory.js';
import type { ProblemList } from './problem-list.js';

const COLUMNS = {
  pod: { kind: 'text' },
  host: { kind: 'text' },
  cpu: { kind: 'cpu' },
  memory: { kind: 'memory' },
  numaNodes: { kind: 'text', optional: true },
  role: { kind: 'text', optional: true },
  inService: { kind: 'text', optional: true },
} as const satisfies Record<string, ColumnSpec>;

const ROLES: readonly string[] = ['computing', 'routing', 'both'];
const FLAGS: Readonly<Record<string, boolean>> = {
  ...{ '': true, yes: true, true: true, '1': true },
  ...{ no: false, false: false, '0': false },
};
const MOST_NODES = 64;

export interface HostPlace {
  cluster: number;
  host: number;
  /** NUMA nodes that it has. */
  nodes: number;
}

type Wanted = Pick<InventoryVm, 'cluster' | 'host' | 'cpuMillis' | 'memoryBytes'>;
type NodeSize = InventoryHost['nodes'][number];

export class HostTable {
  readonly clusters: HostInventory['clusters'] = [];
  private readonly columns: CsvColumns<keyof typeof COLUMNS>;
  private readonly pods = new Map<string, number>();
  /** By "pod/host", and by the bare name; null: several pods have one of that name. */
  private readonly places = new Map<string, HostPlace | null>();
  private readonly free: NodeSize[][][] = [];

  constructor(text: string, file: string, problems: ProblemList) {
    this.columns = new CsvColumns(CsvRows.parse(text, file), COLUMNS, problems);
    for (const row of this.columns.rows()) this.add(row);
  }

  /** A text: why it is none. */
  find(name: string): HostPlace | string {
    if (name === '') return 'no host is named';
    const place = this.places.get(name);
    if (place) return place;
    return place === null
      ? `several pods have a host '${name}'; write pod/host`
      : `there is no host '${name}' in the table of hosts`;
  }

  /** Takes the VM's parts off its nodes; what is wrong, if something is. */
  take({
    cluster,
    host,
    cpuMillis,
    memoryBytes,
    nodes,
  }: InventoryVm): { column: 'cpu' | 'memory'; message: string } | null {
    const parts = nodes.length;
    if (cpuMillis % parts !== 0) return { column: 'cpu', message: `it does not part equally over ${parts} NUMA nodes` };
    if (memoryBytes % parts !== 0)
      return { column: 'memory', message: `it does not part equally over ${parts} NUMA nodes` };
    const free = this.free[cluster]![host]!;
    for (const node of nodes) {
      const where = `${this.nameOf(cluster, host)}${free.length === 1 ? '' : `, NUMA node ${node},`}`;
      const { cpuMillis: cpu, memoryBytes: memory } = free[node]!;
      if (cpu < cpuMillis / parts)
        return { column: 'cpu', message: `the VM does not fit: host ${where} has ${humanQuantity('cpu', cpu)} left` };
      if (memory < memoryBytes / parts)
        return {
          column: 'memory',
          message: `the VM does not fit: host ${where} has ${humanQuantity('memory', memory)} left`,
        };
    }
    for (const node of nodes) {
      free[node]!.cpuMillis -= cpuMillis / parts;
      free[node]!.memoryBytes -= memoryBytes / parts;
    }
    return null;
  }

  /** On as few nodes as will do, those with least CPU left; []: it fits on none. */
  tightest({ cluster, host, cpuMillis, memoryBytes }: Wanted): number[] {
    const free = this.free[cluster]![host]!;
    for (let parts = 1; parts <= free.length; parts++) {
      if (cpuMillis % parts !== 0 || memoryBytes % parts !== 0) continue;
      const able = [...free.keys()].filter(
        (node) => free[node]!.cpuMillis >= cpuMillis / parts && free[node]!.memoryBytes >= memoryBytes / parts,
      );
      if (able.length < parts) continue;
      const chosen = able.sort((a, b) => free[a]!.cpuMillis - free[b]!.cpuMillis || a - b).slice(0, parts);
      return chosen.sort((a, b) => a - b);
    }
    return [];
  }

  freeText({ cluster, host }: Wanted): string {
    const sizes = this.free[cluster]![host]!.map(
      (node) => `${humanQuantity('cpu', node.cpuMillis)} and ${humanQuantity('memory', node.memoryBytes)}`,
    );
    return `host ${this.nameOf(cluster, host)} has ${sizes.join(', ')} left on its NUMA nodes`;
  }

  private nameOf(cluster: number, host: number): string {
    const { name, hosts } = this.clusters[cluster]!;
    return `${name}/${hosts[host]!.name}`;
  }

  private add(row: number): void {
    const { columns } = this;
    const [pod, name] = [columns.text(row, 'pod'), columns.text(row, 'host')];
    for (const [column, text] of [
      ['pod', pod],
      ['host', name],
    ] as const) {
      if (text === '') columns.problem(row, column, `no ${column} is named`);
      if (text.includes('/')) columns.problem(row, column, `'${text}': a name has no slash`);
    }
    const [cpu, memory] = [columns.due(row, 'cpu'), columns.due(row, 'memory')];
    const numaText = columns.text(row, 'numaNodes');
    const count = numaText === '' ? 1 : /^\d{1,2}$/.test(numaText) ? Number(numaText) : 0;
    if (count < 1 || count > MOST_NODES)
      columns.problem(row, 'numaNodes', `'${numaText}' is no number of NUMA nodes; write 1 to ${MOST_NODES}`);
    const role = columns.text(row, 'role').toLowerCase() || 'both';
    if (!ROLES.includes(role))
      columns.problem(row, 'role', `'${role}' is no role of a host; write ${ROLES.join(', ')}`);
    const inService = FLAGS[columns.text(row, 'inService').toLowerCase()];
    if (inService === undefined) columns.problem(row, 'inService', 'write yes or no');
    if (this.places.has(`${pod}/${name}`)) {
      columns.problem(row, 'host', `pod ${pod} has a host '${name}' further up`);
      return;
    }
    if (cpu === null || memory === null || count < 1) {
      // It is there, however wrong: its VMs are not to be told off for it.
      this.place(pod, { name, inService: true, role: 'both', nodes: boundless(count) });
      return;
    }
    const nodes = Array.from({ length: count }, () => ({
      cpuMillis: Math.floor(cpu / count),
      memoryBytes: Math.floor(memory / count),
    }));
    this.place(pod, { name, inService: inService ?? true, role: role as 'both', nodes });
  }

  private place(pod: string, host: InventoryHost): void {
    let cluster = this.pods.get(pod);
    if (cluster === undefined) {
      cluster = this.clusters.push({ name: pod, hosts: [] }) - 1;
      this.pods.set(pod, cluster);
      this.free.push([]);
    }
    const at = this.clusters[cluster]!.hosts.push(host) - 1;
    this.free[cluster]!.push(host.nodes.map((node) => ({ ...node })));
    const place = { cluster, host: at, nodes: host.nodes.length };
    this.places.set(`${pod}/${host.name}`, place);
    this.places.set(host.name, this.places.has(host.name) ? null : place);
  }
}

function boundless(count: number): NodeSize[] {
  const most = { cpuMillis: Number.MAX_SAFE_INTEGER, memoryBytes: Number.MAX_SAFE_INTEGER };
  return Array.from({ length: Math.max(1, count) }, () => ({ ...most }));
}
