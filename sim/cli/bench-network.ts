/** `podtwin bench network`. Guarantees the bench's rows as measured; the naive solver's are marked as reference. */
import { countText } from '../../reports/numbers.js';
import { EXIT, InputError } from '../base/errors.js';
import { benchNetwork, type NetworkBenchRow } from '../bench/network.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { textTable } from './text-table.js';

const MOST_FLOWS = 1_000_000;

export const benchNetworkCommand = command({
  about:
    'Measures on this machine what finite transfers under exact max-min sharing cost, in CPU seconds: 10,000 over 20 pods ' +
    'of 20 hosts, started at once and at 1,000 a second, and beside them a naive solver (ratio: its time over ours); and ' +
    'what moving a VM costs in a guest network of 10 VMs and of 10,000 (ratio: the latter over the former). Takes a quarter of a minute or so.',
  positionals: {},
  options: {
    flows: { type: 'text', value: 'N', describe: 'Transfers in each case; default 10000' },
    ...JSON_OPTION,
  },
  examples: [
    ['bench network', 'a table'],
    ['bench network --flows 1000 --json', '{"bench", "machine", "rows"}'],
  ],
  exits: [
    [EXIT.done, 'measured'],
    [EXIT.wrongInput, 'an option is wrong'],
  ],
  run(values, output) {
    const log = (row: NetworkBenchRow): void => {
      if (output.watched) output.say(`${row.case}: ${row.cpuSeconds.toFixed(2)} CPU seconds (${row.of})`);
    };
    const result = benchNetwork({ ...(values.flows === undefined ? {} : { flows: flowsOf(values.flows) }), log });
    if (output.json) output.printJson(result);
    const { node, cpu, cores } = result.machine;
    output.print(`${cpu}, ${cores} cores, Node ${node}`);
    output.print('');
    output.print(tableOf(result.rows));
    return EXIT.done;
  },
});

function flowsOf(text: string): number {
  const flows = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(flows >= 1 && flows <= MOST_FLOWS))
    throw InputError.of(
      'wrong-option',
      `--flows takes a whole number up to ${countText(MOST_FLOWS)}; this is '${text}'`,
    );
  return flows;
}

function tableOf(rows: readonly NetworkBenchRow[]): string {
  const heading = ['case', 'flows or VMs', 'CPU seconds', 'first run', 'ratio', 'of'];
  const cells = rows.map((row) => [
    ...[row.case, countText(row.flows), row.cpuSeconds.toFixed(3), row.firstCpuSeconds.toFixed(3)],
    row.ratio === null ? '' : row.ratio.toFixed(1),
    row.reference ? `reference: ${row.of}` : row.of,
  ]);
  return textTable([heading, ...cells], [1, 2, 3, 4]).join('\n');
}
