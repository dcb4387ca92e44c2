/**
 * Reader of the VM tables of the public Azure traces of 2017 (V1) and 2019 (V2), vmtable.csv or vmtable.csv.gz
 * (github.com/Azure/AzurePublicDataset). No header; eleven columns: VM, subscription, deployment, created (s), deleted
 * (s), highest, mean and 95th percentile of CPU use (%), category, cores, memory (GB). In 2019 cores and memory are buckets
 * whose last ones are open (">24", ">64"); the data set's own notebook counts them as 30 cores and 70 GB, as we do unless
 * told otherwise.
 *
 * What is decided: an account is a subscription. GB are binary (sizes like 1.75 GB are Azure's). A VM created and deleted
 * in the same interval of readings lived one interval, 300 s (the notebook's rule). One still there at the last
 * interval (2,591,700 s of the 30 days) outlives the trace. The mean CPU use becomes a single piece over its life.
 */
import { GIB, humanQuantity, MICROS_PER_SECOND, MILLIS_PER_CORE } from '../base/units.js';
import { amountOf, tooMuch } from './amounts.js';
import { csvPieces, type CsvRows } from './csv-rows.js';
import { damaged, ProblemList } from './problem-list.js';
import { readBytes } from './source-files.js';
import { lifeNotes } from './trace-notes.js';
import { normalised, type ReadTrace, type SourceVm } from './trace-workload.js';

export interface AzureVmTableOptions {
  /** What open buckets of cores and memory count as. */
  openCpuMillis?: number;
  openMemoryBytes?: number;
}

const WIDTH = 11;
const READING_SECONDS = 300;
const TRACE_SECONDS = 30 * 86_400;
const LAST_READING_SECONDS = TRACE_SECONDS - READING_SECONDS;
const [VM, SUBSCRIPTION, DEPLOYMENT, CREATED, DELETED, MAX_CPU, MEAN_CPU, P95_CPU, CATEGORY, CORES, MEMORY] = [
  ...Array(WIDTH).keys(),
] as [number, number, number, number, number, number, number, number, number, number, number];

interface Counts {
  shortest: number;
  outlive: number;
  openCores: number;
  openMemory: number;
  clamped: number;
  deployments: Set<string>;
  categories: Map<string, number>;
}

/** Throws InputError with every damaged row at file:line:column. */
export function readAzureVmTable(file: string, year: 2017 | 2019, options: AzureVmTableOptions = {}): ReadTrace {
  const problems = new ProblemList();
  const table = new Table(year, options, problems);
  let first = true;
  for (const piece of csvPieces(readBytes(file), file)) {
    table.read(piece, first && isHeader(piece.rows[0]) ? 1 : 0);
    first = false;
  }
  problems.throwIfAny();
  if (table.vms.length === 0) throw damaged('the table has no VMs', file);
  return { workload: normalised(table.vms), notes: table.notes() };
}

/** The public files have none; who saved them with one is not refused. */
function isHeader(row: readonly string[] | undefined): boolean {
  return row !== undefined && /^(vm ?id|encrypted vm ?id)$/i.test(row[VM] ?? '');
}

class Table {
  readonly vms: SourceVm[] = [];
  private readonly seen = new Set<string>();
  private readonly counts: Counts = {
    ...{ shortest: 0, outlive: 0, openCores: 0, openMemory: 0, clamped: 0 },
    deployments: new Set(),
    categories: new Map(),
  };
  private readonly openMillis: number;
  private readonly openBytes: number;

  constructor(
    private readonly year: 2017 | 2019,
    { openCpuMillis = 30 * MILLIS_PER_CORE, openMemoryBytes = 70 * GIB }: AzureVmTableOptions,
    private readonly problems: ProblemList,
  ) {
    this.openMillis = openCpuMillis;
    this.openBytes = openMemoryBytes;
  }

  read(csv: CsvRows, first: number): void {
    for (const [row, cells] of csv.whole(first, WIDTH, this.problems)) {
      const vm = this.vmOf(cells, (cell, message) => this.problems.add(message, () => csv.place(row, cell)));
      if (vm) this.vms.push(vm);
    }
  }

  /** null: something is wrong, and told. */
  private vmOf(cells: readonly string[], told: (cell: number, message: string) => void): SourceVm | null {
    let right = true;
    const wrong = (cell: number, message: string): null => {
      told(cell, message);
      right = false;
      return null;
    };
    const number = (cell: number, what: string): number | null => {
      const value = /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cells[cell]!) ? Number(cells[cell]) : NaN;
      return Number.isFinite(value) ? value : wrong(cell, `${what}: '${cells[cell]}' is no number of at least 0`);
    };
    const amount = (cell: number, what: string, kind: 'cpu' | 'memory', unit: number): number | null => {
      const value = number(cell, what);
      return value === null
        ? null
        : (amountOf(kind, value, unit) ?? wrong(cell, `${what}: ${tooMuch(kind, `'${cells[cell]}'`)}`));
    };
    const name = cells[VM]!;
    if (name === '') wrong(VM, 'no VM is named');
    if (cells[SUBSCRIPTION] === '') wrong(SUBSCRIPTION, 'no subscription is named');
    if (this.seen.has(name)) wrong(VM, `VM '${name}' stands further up`);
    this.seen.add(name);
    const created = number(CREATED, 'created');
    const deleted = number(DELETED, 'deleted');
    if (created !== null && deleted !== null && deleted < created) wrong(DELETED, 'it is deleted before it is created');
    const mean = cells[MEAN_CPU] === '' ? undefined : number(MEAN_CPU, 'mean CPU use');
    for (const cell of [MAX_CPU, P95_CPU]) if (cells[cell] !== '') number(cell, 'CPU use');
    // Whatever was deleted when, it lived one interval of readings.
    if (created !== null && amountOf('duration', created + READING_SECONDS, MICROS_PER_SECOND) === null)
      wrong(CREATED, `created: ${tooMuch('duration', `'${cells[CREATED]}'`)}`);
    if (deleted !== null && amountOf('duration', deleted, MICROS_PER_SECOND) === null)
      wrong(DELETED, `deleted: ${tooMuch('duration', `'${cells[DELETED]}'`)}`);
    const cpuMillis = this.isOpen(cells[CORES]!, 'openCores')
      ? this.openMillis
      : amount(CORES, 'cores', 'cpu', MILLIS_PER_CORE);
    const memoryBytes = this.isOpen(cells[MEMORY]!, 'openMemory')
      ? this.openBytes
      : amount(MEMORY, 'memory', 'memory', GIB);
    if (cpuMillis === 0) wrong(CORES, 'a VM has more than 0 cores');
    if (memoryBytes === 0) wrong(MEMORY, 'a VM has more than 0 GB of memory');
    if (!right) return null;
    this.count(cells[DEPLOYMENT]!, cells[CATEGORY]!);
    const account = cells[SUBSCRIPTION]!;
    return {
      name,
      account,
      cpuMillis: cpuMillis!,
      memoryBytes: memoryBytes!,
      diskBytes: 0,
      ...this.life(created!, deleted!, mean),
    };
  }

  /** Counted, where it is. */
  private isOpen(text: string, kind: 'openCores' | 'openMemory'): boolean {
    const open = this.year === 2019 && /^>\s*\d+$/.test(text);
    if (open) this.counts[kind]++;
    return open;
  }

  private life(
    created: number,
    deleted: number,
    mean: number | null | undefined,
  ): Pick<SourceVm, 'startMicros' | 'endMicros' | 'cpuUse'> {
    const lived = Math.max(deleted, created + READING_SECONDS);
    const outlives = deleted >= LAST_READING_SECONDS;
    if (deleted < created + READING_SECONDS) this.counts.shortest++;
    if (outlives) this.counts.outlive++;
    const startMicros = Math.round(created * MICROS_PER_SECOND);
    const endMicros = Math.round((outlives ? Math.max(lived, TRACE_SECONDS) : lived) * MICROS_PER_SECOND);
    if (typeof mean === 'number' && mean > 100) this.counts.clamped++;
    const cpuUse =
      typeof mean === 'number' ? { micros: [endMicros - startMicros], ratios: [Math.min(1, mean / 100)] } : null;
    return { startMicros, endMicros: outlives ? null : endMicros, cpuUse };
  }

  private count(deployment: string, category: string): void {
    const { deployments, categories } = this.counts;
    deployments.add(deployment);
    categories.set(category, (categories.get(category) ?? 0) + 1);
  }

  notes(): ReadTrace['notes'] {
    const { shortest, outlive, openCores, openMemory, clamped, deployments, categories } = this.counts;
    const list = [...categories].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, vms]) => `${name} ${vms}`);
    const notes = [
      ...lifeNotes(this.vms),
      { label: 'accounts', value: 'subscriptions' },
      { label: 'deployments', value: `${deployments.size}, not kept` },
      { label: 'categories', value: `${list.join(', ')}; not kept` },
      { label: 'outlive the trace', value: `${outlive}, there at the last reading (${LAST_READING_SECONDS} s)` },
      { label: 'shorter than a reading', value: `${shortest}, counted as ${READING_SECONDS} s` },
      { label: 'CPU use', value: "the mean over the VM's life, as one piece" },
    ];
    if (clamped > 0) notes.push({ label: 'CPU use above 100 %', value: `${clamped}, cut to 100 %` });
    if (this.year === 2019)
      notes.push(
        {
          label: 'cores in the open bucket',
          value: `${openCores}, counted as ${humanQuantity('cpu', this.openMillis)}`,
        },
        {
          label: 'memory in the open bucket',
          value: `${openMemory}, counted as ${humanQuantity('memory', this.openBytes)}`,
        },
      );
    return notes;
  }
}
