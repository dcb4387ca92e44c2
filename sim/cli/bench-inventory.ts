/** `podtwin bench inventory`. Guarantees the bench's rows as measured. */
import { countText } from '../../reports/numbers.js';
import { EXIT } from '../base/errors.js';
import { benchInventory } from '../bench/inventory.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { textTable } from './text-table.js';

export const benchInventoryCommand = command({
  about:
    'Measures on this machine what an inventory of 10,000 hosts and 100,000 VMs takes from CSV tables to a checked ' +
    'scenario, in CPU seconds. Takes a few seconds.',
  positionals: {},
  options: JSON_OPTION,
  examples: [['bench inventory', 'a table: reading, loading with all checks, writing the scenario on its own']],
  exits: [[EXIT.done, 'measured']],
  run(_, output) {
    const result = benchInventory();
    if (output.json) output.printJson(result);
    const { node, cpu, cores } = result.machine;
    output.print(`${cpu}, ${cores} cores, Node ${node}`);
    const rows = result.rows.map(({ case: name, hosts, vms, cpuSeconds }) => [
      ...[name, countText(hosts), countText(vms)],
      cpuSeconds.toFixed(2),
    ]);
    output.print(textTable([['case', 'hosts', 'VMs', 'CPU seconds'], ...rows], [1, 2, 3]).join('\n'));
    return EXIT.done;
  },
});
