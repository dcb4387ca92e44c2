/**
 * `podtwin trace`. Guarantees that what was read and what had to be decided is told, and that nothing is written but the
 * folder that --out names, as a whole.
 */
import { EXIT, InputError } from '../base/errors.js';
import { parseQuantity, QUANTITIES, type QuantityKind } from '../base/units.js';
import { suggestion, withArticle } from '../scenario/nearest.js';
import { firstAccounts } from '../traces/first-accounts.js';
import { SOURCE_FORMATS, type FormatOptions, type SourceFormat } from '../traces/formats.js';
import { inventoryFigures, type InventoryFigures } from '../traces/inventory-figures.js';
import { traceFigures, type TraceFigures } from '../traces/trace-figures.js';
import type { TraceNote } from '../traces/trace-workload.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { inventoryFragment, traceFragment, type Fragment } from './trace-fragment.js';
import { inventoryTable, notesTable, traceTable } from './trace-tables.js';
import { checkFragmentFolder, writeFragment } from './write-fragment.js';

const SIZES = {
  'vm-cpu': { type: 'text', value: 'CPU', describe: 'planetlab: CPU of each VM; default 1 core' },
  'vm-memory': { type: 'text', value: 'SIZE', describe: 'planetlab: memory of each VM; default 1 GiB' },
  'machine-cpu': { type: 'text', value: 'CPU', describe: 'azure-packing: CPU of a whole machine; default 64 cores' },
  'machine-memory': {
    type: 'text',
    value: 'SIZE',
    describe: 'azure-packing: memory of a whole machine; default 512 GiB',
  },
  'machine-disk': { type: 'text', value: 'SIZE', describe: 'azure-packing: SSD of a whole machine; default 4 TiB' },
  'open-cpu': { type: 'text', value: 'CPU', describe: 'azure-2019: what the bucket ">24" counts as; default 30 cores' },
  'open-memory': {
    type: 'text',
    value: 'SIZE',
    describe: 'azure-2019: what the bucket ">64" counts as; default 70 GiB',
  },
} as const;

/** Which option of a format each of ours is, and of what kind. */
const MEANT: Readonly<Record<keyof typeof SIZES, { option: keyof FormatOptions; kind: QuantityKind }>> = {
  'vm-cpu': { option: 'vmCpuMillis', kind: 'cpu' },
  'vm-memory': { option: 'vmMemoryBytes', kind: 'memory' },
  'machine-cpu': { option: 'machineCpuMillis', kind: 'cpu' },
  'machine-memory': { option: 'machineMemoryBytes', kind: 'memory' },
  'machine-disk': { option: 'machineDiskBytes', kind: 'memory' },
  'open-cpu': { option: 'openCpuMillis', kind: 'cpu' },
  'open-memory': { option: 'openMemoryBytes', kind: 'memory' },
};

export const traceCommand = command({
  about:
    'Reads a public trace, or an inventory, says what is in it and what had to be decided, and makes of it a fragment that ' +
    'a scenario extends. Whatever is damaged is told at file:line:column.',
  positionals: {
    FORMAT: { describe: 'One of the formats below' },
    FILE: { describe: 'Files or folders of that format', many: true },
  },
  options: {
    out: {
      type: 'text',
      value: 'DIR',
      describe: 'Write fragment.yaml and its CSV into this folder; default: print the fragment',
    },
    accounts: {
      type: 'text',
      value: 'one|each',
      describe: 'Where a trace has no tenants: one account for all VMs (default), or one for each',
    },
    'first-accounts': { type: 'text', value: 'N', describe: 'Of a trace: only the N accounts that start first' },
    machine: {
      type: 'text',
      value: 'ID',
      describe: 'azure-packing: whose shares are taken; default: the machine that offers most types',
    },
    ...SIZES,
    ...JSON_OPTION,
  },
  details: [
    { title: 'Formats:', rows: SOURCE_FORMATS.map(({ name, about }) => [name, about] as const) },
    {
      title: 'Tables of inventory-csv (a header with these names; quantities as 16 GiB, or a column memoryGiB):',
      rows: [
        [
          'hosts.csv',
          'pod, host, cpu, memory; if known numaNodes, role (computing, routing, both), inService (yes, no)',
        ],
        ['vms.csv', 'account, vm, host, cpu, memory; if known numa (0, or 0+1), role (user, router), vlan'],
        ['accounts.csv', 'account; if known vlan'],
      ],
    },
  ],
  examples: [
    ['trace opendc bitbrains-small/', 'what is in the trace, and the fragment'],
    [
      'trace azure-2019 vmtable.csv.gz --first-accounts 200 --out azure',
      'a folder azure with fragment.yaml and vms.csv',
    ],
    ['trace inventory-csv hosts.csv vms.csv --out mine', 'checks your inventory, and writes it as podtwin reads it'],
  ],
  exits: [
    [EXIT.done, 'read, and written where --out was given'],
    [EXIT.wrongInput, 'no such format, a file is damaged, or DIR is something else'],
    [EXIT.runFailed, 'the folder cannot be written'],
  ],
  async run(values, output) {
    const format = formatNamed(values.FORMAT);
    const options = optionsOf(format, values);
    if (values.out !== undefined) checkFragmentFolder(values.out, format.kind);
    const source = await read(format, values.FILE, options, values['first-accounts']);
    const written = values.out === undefined ? [] : writeFragment(values.out, source.fragment);
    const { notes, fragment } = source;
    if (output.json) {
      const figures = 'trace' in source ? source.trace : source.inventory;
      const { name, kind } = format;
      output.printJson({
        format: name,
        kind,
        files: values.FILE,
        notes,
        figures,
        fragment: fragment.yaml,
        out: values.out ?? null,
        written,
      });
    }
    output.print(notesTable(notes));
    output.print('');
    output.print('trace' in source ? traceTable(source.trace) : inventoryTable(source.inventory));
    output.print('');
    if (values.out === undefined) output.print(fragment.yaml);
    for (const name of written) output.print(`${values.out}/${name}: written`);
    return EXIT.done;
  },
});

type Source = { notes: TraceNote[]; fragment: Fragment } & ({ trace: TraceFigures } | { inventory: InventoryFigures });

async function read(
  format: SourceFormat,
  files: readonly string[],
  options: FormatOptions,
  first?: string,
): Promise<Source> {
  if (format.kind === 'inventory') {
    if (first !== undefined) throw notFor(format, 'first-accounts');
    const { inventory, notes } = format.read(files);
    return { notes, inventory: inventoryFigures(inventory), fragment: inventoryFragment(format.name, inventory) };
  }
  const count = first === undefined ? Infinity : wholeOf('first-accounts', first);
  const { workload: whole, notes } = await format.read(files, options);
  const workload = first === undefined ? whole : firstAccounts(whole, count);
  const kept =
    first === undefined
      ? []
      : [
          {
            label: 'kept',
            value: `${workload.accounts.length} of ${whole.accounts.length} accounts, those that start first`,
          },
        ];
  const figures = traceFigures(workload);
  const durationMicros = format.durationMicros?.(workload) ?? figures.lengthMicros;
  return {
    notes: [...notes, ...kept],
    trace: figures,
    fragment: traceFragment(format.name, workload, Math.max(1, durationMicros)),
  };
}

function formatNamed(name: string): SourceFormat {
  const found = SOURCE_FORMATS.find((format) => format.name === name);
  if (found) return found;
  const known = SOURCE_FORMATS.map((format) => format.name);
  throw InputError.of('unknown-name', `there is no format '${name}'${suggestion(name, known)}`);
}

type Values = Record<keyof typeof SIZES, string | undefined> & {
  accounts: string | undefined;
  machine: string | undefined;
};

/** An option that the format does not take is refused: it would change nothing. */
function optionsOf(format: SourceFormat, values: Values): FormatOptions {
  const options: FormatOptions = {};
  const allow = (option: keyof FormatOptions, written: string): void => {
    if (!format.options.includes(option)) throw notFor(format, written);
  };
  for (const written of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    const text = values[written];
    if (text === undefined) continue;
    const { option, kind } = MEANT[written];
    allow(option, written);
    Object.assign(options, { [option]: quantityOf(written, kind, text) });
  }
  if (values.machine !== undefined) {
    allow('machine', 'machine');
    options.machine = wholeOf('machine', values.machine);
  }
  if (values.accounts !== undefined) {
    allow('accounts', 'accounts');
    if (values.accounts !== 'one' && values.accounts !== 'each')
      throw InputError.of('wrong-option', `--accounts takes one or each; this is '${values.accounts}'`);
    options.accounts = values.accounts;
  }
  return options;
}

function notFor({ name }: SourceFormat, option: string): InputError {
  return InputError.of('wrong-option', `--${option} has no meaning for the format ${name}; leave it out`);
}

function quantityOf(option: string, kind: QuantityKind, text: string): number {
  const read = parseQuantity(kind, text);
  if ('value' in read && read.value > 0) return read.value;
  const { noun, example } = QUANTITIES[kind];
  throw InputError.of(
    'wrong-option',
    `--${option} takes ${withArticle(noun)}, e.g. --${option} '${example}'; this is '${text}'`,
  );
}

function wholeOf(option: string, text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number) || (option === 'first-accounts' && number === 0))
    throw InputError.of('wrong-option', `--${option} takes a whole number; this is '${text}'`);
  return number;
}
