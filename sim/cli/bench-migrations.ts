/** `podtwin bench migrations`. Guarantees the bench's rows as measured. */
import { countText } from '../../reports/numbers.js';
import { EXIT, InputError } from '../base/errors.js';
import { benchMigrations } from '../bench/migrations.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { textTable } from './text-table.js';

const MOST = 4000;

export const benchMigrationsCommand = command({
  about:
    'Measures on this machine what a storm of live migrations costs, in CPU seconds: 400 VMs of 1 to 8 GiB over 20 pods of 20 ' +
    "hosts, by QEMU's rules, through the whole management plane, while 10,000 other VMs are idle; and beside it the same hour " +
    'without the storm. Takes a few seconds.',
  positionals: {},
  options: {
    migrations: { type: 'text', value: 'N', describe: 'Migrations; default 400' },
    ...JSON_OPTION,
  },
  examples: [
    ['bench migrations', 'a table'],
    ['bench migrations --migrations 100 --json', '{"bench", "machine", "rows"}'],
  ],
  exits: [
    [EXIT.done, 'measured'],
    [EXIT.wrongInput, 'an option is wrong'],
  ],
  run(values, output) {
    const result = benchMigrations(values.migrations === undefined ? undefined : countOf(values.migrations));
    if (output.json) output.printJson(result);
    const { node, cpu, cores } = result.machine;
    output.print(`${cpu}, ${cores} cores, Node ${node}`);
    output.print('');
    const heading = ['case', 'migrations', 'VMs', 'events', 'CPU seconds', 'of'];
    const rows = result.rows.map((row) => [
      ...[row.case, countText(row.migrations), countText(row.vms), countText(row.events)],
      ...[row.cpuSeconds.toFixed(3), row.of],
    ]);
    output.print(textTable([heading, ...rows], [1, 2, 3, 4]).join('\n'));
    return EXIT.done;
  },
});

function countOf(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(count >= 1 && count <= MOST))
    throw InputError.of(
      'wrong-option',
      `--migrations takes a whole number up to ${countText(MOST)}; this is '${text}'`,
    );
  return count;
}
