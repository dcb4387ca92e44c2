/**
 * Reader of the raw traces of the Grid Workloads Archive: GWA-T-12 (Bitbrains) and its like GWA-T-13 (Materna). One CSV file
 * a VM, named after it: cells apart by semicolons, a header with names and units. The header of GWA-T-12 says that times
 * are in ms; they are seconds since 1970. Materna writes dd.MM.yyyy HH:mm:ss (read as UTC) and decimal commas.
 *
 * What is decided: a sample holds until the next one, the last one 300 s (the step of these traces). KB are KiB (8,388,608
 * of them are 8 GiB). Cores and memory are the largest that the file has. CPU use is over the provisioned capacity, or
 * the percentage where no capacity is given, and is cut to 1. A VM whose samples go on to the last step of the
 * trace outlives it. Samples not later than the one before are left out and counted, VMs without cores or memory too.
 */
import { basename } from 'node:path';
import { GIB, KIB, MICROS_PER_SECOND, MILLIS_PER_CORE } from '../base/units.js';
import { accountOf, accountsNote, type AccountsOption } from './accounts-option.js';
import { amountOf, mostOf, tooMuch, type AmountKind } from './amounts.js';
import { CsvRows } from './csv-rows.js';
import { damaged, ProblemList } from './problem-list.js';
import { filesOf, readText } from './source-files.js';
import { calendarText, secondsText } from './trace-notes.js';
import { CpuUsePieces, normalised, type ReadTrace, type SourceVm, type TraceNote } from './trace-workload.js';

const STEP_MICROS = 300 * MICROS_PER_SECOND;

/** By their names in the header, without the units. */
const COLUMNS = {
  time: /^timestamp$/,
  cores: /^cpu cores$/,
  capacity: /^cpu capacity provisioned \[mhz\]$/,
  use: /^cpu usage \[mhz\]$/,
  percent: /^cpu usage \[%\]$/,
  memory: /^memory capacity provisioned \[kb\]$/,
  disk: /^disk size \[gb\]$/,
} as const;
type ColumnName = keyof typeof COLUMNS;
const OPTIONAL: readonly ColumnName[] = ['disk'];

interface Sample {
  epochMicros: number;
  ratio: number;
}

/** A VM as its file has it, before the trace's beginning is known. */
interface RawVm {
  name: string;
  /** Above 0 where there is something of it, however little. */
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
  samples: Sample[];
}

interface Counts {
  samples: number;
  clamped: number;
  late: number;
  gaps: number;
  empty: number;
  changed: number;
  outlive: number;
}

/** `paths`: files, or folders of them. Throws InputError with every damaged row at file:line:column. */
export function readBitbrains(paths: readonly string[], { accounts = 'one' as AccountsOption } = {}): ReadTrace {
  const files = paths.flatMap((path) => filesOf(path, /\.csv(\.gz)?$/i));
  if (files.length === 0) throw damaged('the folder has no .csv or .csv.gz file', paths[0]!);
  const problems = new ProblemList();
  const counts: Counts = { samples: 0, clamped: 0, late: 0, gaps: 0, empty: 0, changed: 0, outlive: 0 };
  const raw = files.map((file) => new VmFile(file, problems, counts).read());
  problems.throwIfAny();
  const kept = raw.filter(
    ({ samples, cpuMillis, memoryBytes }) => samples.length > 0 && cpuMillis > 0 && memoryBytes > 0,
  );
  counts.empty = raw.length - kept.length;
  if (kept.length === 0) throw damaged('no VM has samples, cores and memory', files[0]!);
  const first = Math.min(...kept.map(({ samples }) => samples[0]!.epochMicros));
  const last = Math.max(...kept.map(({ samples }) => samples.at(-1)!.epochMicros)) + STEP_MICROS;
  const vms = kept.map((vm) => sourceVm(vm, { first, last, counts, accounts }));
  return { workload: normalised(vms), notes: notesOf(kept, { first, last, counts, accounts }) };
}

interface Frame {
  first: number;
  last: number;
  counts: Counts;
  accounts: AccountsOption;
}

function sourceVm(
  { name, cpuMillis, memoryBytes, diskBytes, samples }: RawVm,
  { first, last, counts, accounts }: Frame,
): SourceVm {
  const pieces = new CpuUsePieces();
  samples.forEach(({ epochMicros, ratio }, at) => {
    const next = samples[at + 1]?.epochMicros ?? epochMicros + STEP_MICROS;
    if (next - epochMicros > 1.5 * STEP_MICROS) counts.gaps++;
    pieces.add(next - epochMicros, ratio);
  });
  counts.samples += pieces.added;
  counts.clamped += pieces.clamped;
  const end = samples.at(-1)!.epochMicros + STEP_MICROS;
  const outlives = end > last - STEP_MICROS;
  if (outlives) counts.outlive++;
  return {
    name,
    account: accountOf(name, accounts, 'bitbrains'),
    startMicros: samples[0]!.epochMicros - first,
    endMicros: outlives ? null : end - first,
    cpuMillis,
    memoryBytes,
    diskBytes,
    cpuUse: pieces.use,
  };
}

function notesOf(vms: readonly RawVm[], { first, last, counts, accounts }: Frame): TraceNote[] {
  const later = vms.filter(({ samples }) => samples[0]!.epochMicros > first).length;
  return [
    { label: 'VMs read', value: String(vms.length) },
    { label: 'samples', value: String(counts.samples) },
    { label: 'first start, last end', value: `${calendarText(first)}, ${calendarText(last)}` },
    { label: 'start later than the first', value: String(later) },
    { label: 'outlive the trace', value: `${counts.outlive}, with samples to its last step` },
    accountsNote(accounts),
    { label: 'CPU use above capacity', value: `${counts.clamped} samples, cut to it` },
    { label: 'gaps', value: `${counts.gaps}; a sample holds until the next, the last one ${secondsText(STEP_MICROS)}` },
    { label: 'cores or memory changed', value: `${counts.changed} VMs, counted at their largest` },
    {
      label: 'left out',
      value: `${counts.late} samples not later than the one before, ${counts.empty} VMs without cores, memory or samples`,
    },
    { label: 'not kept', value: 'memory use, disk and network throughput' },
  ];
}

class VmFile {
  private readonly csv: CsvRows;
  private readonly at: Readonly<Record<ColumnName, number>>;

  constructor(
    private readonly file: string,
    private readonly problems: ProblemList,
    private readonly counts: Counts,
  ) {
    this.csv = CsvRows.parse(readText(file), file, { delimiter: ';' });
    const header = (this.csv.rows[0] ?? []).map((cell) => cell.toLowerCase().replace(/\s+/g, ' '));
    const find = (name: ColumnName): number =>
      header.findIndex((cell) => COLUMNS[name].test(name === 'time' ? cell.replace(/ ?\[ms\]$/, '') : cell));
    const names = Object.keys(COLUMNS) as ColumnName[];
    this.at = Object.fromEntries(names.map((name) => [name, find(name)])) as Record<ColumnName, number>;
    const missing = names.filter((name) => this.at[name] < 0 && !OPTIONAL.includes(name));
    if (missing.length > 0) {
      const due = missing.map((name) => `'${COLUMNS[name].source.replace(/[\^$\\]/g, '')}'`).join(', ');
      throw damaged(`the header has no column ${due} (cells are apart by semicolons)`, file);
    }
  }

  read(): RawVm {
    const name = basename(this.file)
      .replace(/\.gz$/i, '')
      .replace(/\.csv$/i, '');
    const vm: RawVm = { name, cpuMillis: 0, memoryBytes: 0, diskBytes: 0, samples: [] };
    let changed = false;
    let before = -Infinity;
    for (const [row, cells] of this.csv.whole(1, this.csv.rows[0]!.length, this.problems)) {
      const epochMicros = timeMicros(cells[this.at.time]!);
      if (epochMicros === null) this.wrong(row, 'time', 'no time: write seconds since 1970 or dd.MM.yyyy HH:mm:ss');
      else if (!isCounted(epochMicros)) this.wrong(row, 'time', `no time from 1970-01-01 to ${LAST_DAY}`);
      const cpuMillis = this.amount(row, 'cores', 'cpu', MILLIS_PER_CORE);
      const memoryBytes = this.amount(row, 'memory', 'memory', KIB);
      const ratio = this.ratio(row);
      const diskBytes = this.at.disk < 0 ? 0 : this.amount(row, 'disk', 'memory', GIB);
      if (epochMicros === null || cpuMillis === null || memoryBytes === null || ratio === null || diskBytes === null)
        continue;
      changed ||= before > -Infinity && (cpuMillis !== vm.cpuMillis || memoryBytes !== vm.memoryBytes);
      vm.cpuMillis = Math.max(vm.cpuMillis, cpuMillis);
      vm.memoryBytes = Math.max(vm.memoryBytes, memoryBytes);
      vm.diskBytes = Math.max(vm.diskBytes, diskBytes);
      if (epochMicros > before) vm.samples.push({ epochMicros, ratio });
      else this.counts.late++;
      before = Math.max(before, epochMicros);
    }
    if (changed) this.counts.changed++;
    return vm;
  }

  /** Use over capacity; null: something is wrong, and told. */
  private ratio(row: number): number | null {
    const [capacity, use, percent] = [
      this.number(row, 'capacity'),
      this.number(row, 'use'),
      this.number(row, 'percent'),
    ];
    if (capacity === null || use === null || percent === null) return null;
    return capacity > 0 ? use / capacity : percent / 100;
  }

  private amount(row: number, name: ColumnName, kind: AmountKind, unit: number): number | null {
    const value = this.number(row, name);
    if (value === null) return null;
    const amount = amountOf(kind, value, unit);
    if (amount === null) this.wrong(row, name, tooMuch(kind, `'${this.csv.rows[row]![this.at[name]]}'`));
    return amount === 0 && value > 0 ? 1 : amount;
  }

  private number(row: number, name: ColumnName): number | null {
    const text = this.csv.rows[row]![this.at[name]]!;
    const value = /^\d+([.,]\d*)?(e[+-]?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : NaN;
    if (Number.isFinite(value)) return value;
    this.wrong(row, name, `'${text}' is no number of at least 0`);
    return null;
  }

  private wrong(row: number, name: ColumnName, message: string): void {
    this.problems.add(message, () => this.csv.place(row, this.at[name]));
  }
}

const GERMAN = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})$/;
/** Larger numbers are milliseconds: as seconds they would lie beyond the year 5000. */
const MOST_SECONDS = 1e11;

/** Then all of a trace, with the step after the last sample, is as long as podtwin can simulate. */
const LAST_MICROS = mostOf('duration') - STEP_MICROS;
const LAST_DAY = calendarText(LAST_MICROS).slice(0, 10);

function isCounted(epochMicros: number): boolean {
  return epochMicros >= 0 && epochMicros <= LAST_MICROS;
}

/** Since 1970; null: no time. */
function timeMicros(text: string): number | null {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    return number < MOST_SECONDS ? number * MICROS_PER_SECOND : number < MOST_SECONDS * 1000 ? number * 1000 : null;
  }
  const [, day, month, year, ...clock] = (GERMAN.exec(text) ?? []).map(Number) as number[];
  if (day === undefined) return null;
  const date = Date.UTC(year!, month! - 1, day, clock[0], clock[1], clock[2]);
  // 31.02. would run on into March.
  return new Date(date).getUTCDate() === day && new Date(date).getUTCMonth() === month! - 1 ? date * 1000 : null;
}
