/**
 * OpenDC's workload traces (tasks and fragments, schema v4 and v5): a task is a VM, its fragments are its CPU use, one
 * after the other without times. Guarantees the same trace from the Parquet pair and the CSV pair.
 *
 * What is decided: memory is KiB (OpenDC's documents say MB; 8,388,608 in its data is 8 GiB). `cpu_capacity` is of the whole
 * VM; a fragment's use above it is cut to it and counted. A VM that ends at the last end of the trace outlives it.
 */
import { humanQuantity, KIB, MILLIS_PER_CORE } from '../base/units.js';
import { accountOf, accountsNote, type AccountsOption } from './accounts-option.js';
import { amountOf, mostOf, tooMuch, type AmountKind } from './amounts.js';
import { damaged } from './problem-list.js';
import { calendarText } from './trace-notes.js';
import { CpuUsePieces, normalised, type ReadTrace, type SourceVm, type TraceNote } from './trace-workload.js';

/** Columns of a pair, all of one length a table; times in ms. */
export interface OpendcTables {
  tasks: Record<
    'id' | 'submission_time' | 'duration' | 'cpu_count' | 'cpu_capacity' | 'mem_capacity',
    readonly number[]
  >;
  fragments: Record<'id' | 'duration' | 'cpu_usage', readonly number[]>;
}

export interface OpendcSource {
  tables: OpendcTables;
  /** Throws InputError for a cell, 0-based row: what is wrong, where. */
  wrong(table: 'tasks' | 'fragments', row: number, column: string, message: string): never;
  files: { tasks: string; fragments: string };
}

/** Rows of each table; the column is in the units of the format. */
export const OPENDC_COLUMNS = {
  tasks: ['id', 'submission_time', 'duration', 'cpu_count', 'cpu_capacity', 'mem_capacity'],
  fragments: ['id', 'duration', 'cpu_usage'],
} as const;

const MILLIS_TO_MICROS = 1000;

const BEYOND = `it ends more than ${humanQuantity('duration', mostOf('duration'))} after 1970, which is more than podtwin can simulate`;

/** Times are since 1970: what ends in time from there on ends in time from the trace's beginning on. */
function isBeyond(millis: number): boolean {
  return amountOf('duration', millis, MILLIS_TO_MICROS) === null;
}

interface Task {
  row: number;
  capacityMhz: number;
  pieces: CpuUsePieces;
  /** As stated, before anything is cut: MHz x ms. */
  usedMhzMillis: number;
  millis: number;
}

export function assembleOpendc(source: OpendcSource, accounts: AccountsOption): ReadTrace {
  const { tasks } = source.tables;
  if (tasks.id.length === 0) throw damaged('the trace has no tasks', source.files.tasks);
  const byId = new Map<number, Task>();
  tasks.id.forEach((id, row) => {
    if (byId.has(id)) source.wrong('tasks', row, 'id', `task ${id} stands further up`);
    byId.set(id, taskOf(source, row));
  });
  addFragments(source, byId);
  let first = Infinity;
  let last = 0;
  for (const { row } of byId.values()) {
    first = Math.min(first, tasks.submission_time[row]!);
    last = Math.max(last, tasks.submission_time[row]! + tasks.duration[row]!);
  }
  const vms = [...byId].map(([id, { row, pieces }]): SourceVm => {
    const start = tasks.submission_time[row]!;
    const end = start + tasks.duration[row]!;
    return {
      name: String(id),
      account: accountOf(String(id), accounts, 'opendc'),
      startMicros: (start - first) * MILLIS_TO_MICROS,
      endMicros: end === last ? null : (end - first) * MILLIS_TO_MICROS,
      cpuMillis: tasks.cpu_count[row]! * MILLIS_PER_CORE,
      memoryBytes: tasks.mem_capacity[row]! * KIB,
      diskBytes: 0,
      cpuUse: pieces.use,
    };
  });
  const notes = notesOf([...byId.values()], { source, vms, firstMillis: first, lastMillis: last, accounts });
  return { workload: normalised(vms), notes };
}

function taskOf({ tables: { tasks }, wrong }: OpendcSource, row: number): Task {
  const whole = (column: keyof OpendcTables['tasks'], least: number, kind: AmountKind, unit: number): void => {
    const value = tasks[column][row]!;
    if (!Number.isSafeInteger(value) || value < least)
      wrong('tasks', row, column, `a whole number of at least ${least} is due (found ${value})`);
    if (amountOf(kind, value, unit) === null) wrong('tasks', row, column, tooMuch(kind, `'${value}'`));
  };
  whole('submission_time', 0, 'duration', MILLIS_TO_MICROS);
  whole('duration', 1, 'duration', MILLIS_TO_MICROS);
  whole('cpu_count', 1, 'cpu', MILLIS_PER_CORE);
  whole('mem_capacity', 1, 'memory', KIB);
  if (isBeyond(tasks.submission_time[row]! + tasks.duration[row]!)) wrong('tasks', row, 'duration', BEYOND);
  const capacityMhz = tasks.cpu_capacity[row]!;
  if (!(capacityMhz > 0) || !Number.isFinite(capacityMhz))
    wrong('tasks', row, 'cpu_capacity', `a number above 0 is due (found ${capacityMhz})`);
  return { row, capacityMhz, pieces: new CpuUsePieces(), usedMhzMillis: 0, millis: 0 };
}

function addFragments({ tables: { tasks, fragments }, wrong }: OpendcSource, byId: ReadonlyMap<number, Task>): void {
  fragments.id.forEach((id, row) => {
    const task = byId.get(id);
    if (!task) return wrong('fragments', row, 'id', `the trace has no task ${id}`);
    const millis = fragments.duration[row]!;
    const use = fragments.cpu_usage[row]!;
    if (!Number.isSafeInteger(millis) || millis < 1)
      wrong('fragments', row, 'duration', `a whole number of at least 1 is due (found ${millis})`);
    if (!(use >= 0) || !Number.isFinite(use))
      wrong('fragments', row, 'cpu_usage', `a number of at least 0 is due (found ${use})`);
    task.pieces.add(millis * MILLIS_TO_MICROS, use / task.capacityMhz);
    task.usedMhzMillis += use * millis;
    task.millis += millis;
    if (isBeyond(millis)) wrong('fragments', row, 'duration', tooMuch('duration', `'${millis}'`));
    if (isBeyond(tasks.submission_time[task.row]! + task.millis)) wrong('fragments', row, 'duration', BEYOND);
  });
}

interface NoteFrame {
  source: OpendcSource;
  vms: readonly SourceVm[];
  firstMillis: number;
  lastMillis: number;
  accounts: AccountsOption;
}

function notesOf(tasks: readonly Task[], { source, vms, firstMillis, lastMillis, accounts }: NoteFrame): TraceNote[] {
  const sum = (of: (task: Task) => number): number => tasks.reduce((total, task) => total + of(task), 0);
  const stated = sum(({ usedMhzMillis }) => usedMhzMillis) / sum(({ capacityMhz, millis }) => capacityMhz * millis);
  const { duration } = source.tables.tasks;
  const odd = tasks.filter(
    ({ millis, row }) => millis > 0 && Math.abs(millis - duration[row]!) > 0.01 * duration[row]!,
  );
  const none = tasks.filter(({ millis }) => millis === 0).length;
  return [
    { label: 'VMs read', value: String(tasks.length) },
    { label: 'fragments', value: String(source.tables.fragments.id.length) },
    {
      label: 'first start, last end',
      value: `${calendarText(firstMillis * 1000)}, ${calendarText(lastMillis * 1000)}`,
    },
    { label: 'start later than the first', value: String(vms.filter(({ startMicros }) => startMicros > 0).length) },
    {
      label: 'outlive the trace',
      value: `${vms.filter(({ endMicros }) => endMicros === null).length}, there at its last end`,
    },
    accountsNote(accounts),
    {
      label: 'CPU use over capacity',
      value: !Number.isFinite(stated) ? 'unknown' : `${(stated * 100).toFixed(2)} %, as stated`,
    },
    { label: 'CPU use above capacity', value: `${sum(({ pieces }) => pieces.clamped)} fragments, cut to it` },
    { label: 'fragments end elsewhere than the VM', value: `${odd.length} VMs (by more than 1 %)` },
    { label: 'VMs without fragments', value: `${none}, CPU use unknown` },
  ];
}
