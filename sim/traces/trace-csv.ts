/**
 * podtwin's own form of a trace: CSV that scenarios read, a VM a row.
 *
 *   # podtwin-trace 1
 *   account,vm,start,end,cpu,memory,disk,use
 *   acme,web-1,0 us,7 d,2 cores,4 GiB,20 GiB,5min:0.25 1h:0.5
 *
 * Quantities carry their units; an empty `end`: the VM outlives the trace; an empty `use`: its CPU use is unknown, else
 * pieces LENGTH:RATIO from its start, one after the other. Guarantees: the same workload gives the same text, and what is
 * read back is the same workload, to the microsecond, the byte and the last bit of a ratio.
 */
import { exactQuantity, parseQuantity } from '../base/units.js';
import { mostOf, tooMuch } from './amounts.js';
import { CsvColumns, type ColumnSpec } from './csv-columns.js';
import { CsvRows } from './csv-rows.js';
import { damaged, ProblemList } from './problem-list.js';
import { isSafeName } from './safe-names.js';
import { normalised, type CpuUse, type SourceVm, type TraceWorkload } from './trace-workload.js';

const MARK = '# podtwin-trace 1';

const COLUMNS = {
  account: { kind: 'text' },
  vm: { kind: 'text' },
  start: { kind: 'duration' },
  end: { kind: 'duration', optional: true },
  cpu: { kind: 'cpu' },
  memory: { kind: 'memory' },
  disk: { kind: 'memory', optional: true },
  use: { kind: 'text', optional: true },
} as const satisfies Record<string, ColumnSpec>;

type Columns = CsvColumns<keyof typeof COLUMNS>;

/** Every quantity is written many times over. */
class Writer {
  private readonly known = {
    duration: new Map<number, string>(),
    memory: new Map<number, string>(),
    cpu: new Map<number, string>(),
  };

  quantity(kind: 'duration' | 'memory' | 'cpu', value: number): string {
    const known = this.known[kind];
    let text = known.get(value);
    if (text === undefined) known.set(value, (text = exactQuantity(kind, value)));
    return text;
  }

  use({ micros, ratios }: CpuUse): string {
    return micros.map((length, at) => `${this.quantity('duration', length).replace(' ', '')}:${ratios[at]!}`).join(' ');
  }
}

export function writeTraceCsv({ accounts, vms }: TraceWorkload): string {
  const writer = new Writer();
  const lines = vms.map(({ name, account, startMicros, endMicros, cpuMillis, memoryBytes, diskBytes, cpuUse }) =>
    [
      accounts[account]!,
      name,
      writer.quantity('duration', startMicros),
      endMicros === null ? '' : writer.quantity('duration', endMicros),
      writer.quantity('cpu', cpuMillis),
      writer.quantity('memory', memoryBytes),
      writer.quantity('memory', diskBytes),
      cpuUse === null ? '' : writer.use(cpuUse),
    ].join(','),
  );
  return [MARK, Object.keys(COLUMNS).join(','), ...lines, ''].join('\n');
}

/** Throws InputError with every problem and its file:line:column. */
export function readTraceCsv(text: string, file: string): TraceWorkload {
  const problems = new ProblemList();
  const { body, firstLine } = withoutMark(text, file);
  const columns: Columns = new CsvColumns(CsvRows.parse(body, file, { firstLine }), COLUMNS, problems);
  const seen = new Set<string>();
  const pieces = new PieceReader();
  const vms: SourceVm[] = [];
  for (const row of columns.rows()) {
    const vm = vmOf(columns, row, pieces);
    const name = `${vm.account}/${vm.name}`;
    if (seen.has(name)) columns.problem(row, 'vm', `account '${vm.account}' has a VM '${vm.name}' further up`);
    seen.add(name);
    vms.push(vm);
  }
  problems.throwIfAny();
  return normalised(vms);
}

/** A first line that says the version; it may be left out. */
function withoutMark(given: string, file: string): { body: string; firstLine: number } {
  const text = given.replace(/^\uFEFF/, '');
  if (!text.startsWith('#')) return { body: text, firstLine: 1 };
  const end = text.indexOf('\n');
  const mark = text.slice(0, end < 0 ? text.length : end).trim();
  if (mark !== MARK) throw damaged(`'${mark.slice(0, 40)}' is not '${MARK}', which this version reads`, file);
  return { body: end < 0 ? '' : text.slice(end + 1), firstLine: 2 };
}

/** With the problems told; what is wrong has some value then. */
function vmOf(columns: Columns, row: number, pieces: PieceReader): SourceVm {
  for (const name of ['account', 'vm'] as const)
    if (!isSafeName(columns.text(row, name)))
      columns.problem(row, name, `'${columns.text(row, name)}' is no name; use letters, digits, - and _, at most 100`);
  if (columns.text(row, 'start') === '')
    columns.problem(row, 'start', 'no start is given; write 0 s for one that ran already');
  const startMicros = columns.quantity(row, 'start') ?? 0;
  const endMicros = columns.quantity(row, 'end');
  if (endMicros !== null && endMicros <= startMicros)
    columns.problem(row, 'end', 'the VM ends before it starts, or just then');
  const use = columns.text(row, 'use');
  const cpuUse = use === '' ? null : pieces.read(use);
  if (typeof cpuUse === 'string') columns.problem(row, 'use', cpuUse);
  else if (cpuUse && startMicros + sumOf(cpuUse.micros) > mostOf('duration'))
    columns.problem(row, 'use', tooMuch('duration', 'the end of the last piece'));
  return {
    name: columns.text(row, 'vm'),
    account: columns.text(row, 'account'),
    startMicros,
    endMicros,
    cpuMillis: columns.due(row, 'cpu') ?? 1,
    memoryBytes: columns.due(row, 'memory') ?? 1,
    diskBytes: columns.quantity(row, 'disk') ?? 0,
    cpuUse: typeof cpuUse === 'string' ? null : cpuUse,
  };
}

function sumOf(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** Lengths repeat: each is read once. */
class PieceReader {
  private readonly lengths = new Map<string, number>();

  /** A text: what is wrong. */
  read(text: string): CpuUse | string {
    const micros: number[] = [];
    const ratios: number[] = [];
    for (const piece of text.split(/\s+/)) {
      const colon = piece.indexOf(':');
      const length = this.length(piece.slice(0, Math.max(0, colon)));
      const written = piece.slice(colon + 1);
      const ratio = /^(\d+(\.\d*)?|\.\d+)(e-?\d+)?$/i.test(written) ? Number(written) : NaN;
      if (colon < 0 || length === null) return `'${piece}' is no piece; write LENGTH:RATIO, e.g. 5min:0.25`;
      if (length === Infinity) return tooMuch('duration', `'${piece.slice(0, colon)}'`);
      if (!(ratio >= 0 && ratio <= 1)) return `'${written}' is no share of the VM's CPU; write 0 to 1`;
      micros.push(length);
      ratios.push(ratio);
    }
    return { micros, ratios };
  }

  /** null: none; Infinity: more than can be simulated. */
  private length(text: string): number | null {
    const known = this.lengths.get(text);
    if (known !== undefined) return known;
    const read = parseQuantity('duration', text);
    if ('fault' in read) return read.fault === 'too-large' ? Infinity : null;
    if (read.value === 0) return null;
    this.lengths.set(text, read.value);
    return read.value;
  }
}
