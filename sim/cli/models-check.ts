/** `podtwin models check`. Guarantees one row a case and one for all; a kind that there is not is told from one to come. */
import { EXIT, InputError } from '../base/errors.js';
import { VERSION } from '../run/version.js';
import { suggestion } from '../scenario/nearest.js';
import { checkPlacement, type PlacementCheck, type PlacementFigures } from '../studies/check-placement.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { countText } from '../../reports/numbers.js';
import { textTable } from './text-table.js';

const KINDS = ['placement'];
const NOT_BUILT_YET = ['maxmin', 'migration-storm', 'simgrid-migration', 'migrations'];

export const modelsCheckCommand = command({
  about:
    'Holds formulas or a model against a reference file. placement: what a published mapping of VMs to hosts measures ' +
    '(a VM-rescheduling mapping, or a BalCon instance), from its VMs alone.',
  positionals: {
    KIND: { describe: `What to check: ${KINDS.join(', ')}` },
    FILE: { describe: 'The reference' },
  },
  options: JSON_OPTION,
  examples: [
    ['models check placement mapping.json', 'a table, a row a cluster and one for all'],
    ['models check placement mapping.json --json', '{"kind", "cases", "summary"}'],
  ],
  exits: [
    [EXIT.done, 'checked'],
    [EXIT.wrongInput, 'no such kind, or the file cannot be read'],
  ],
  run({ KIND: kind, FILE: file }, output) {
    if (NOT_BUILT_YET.includes(kind))
      throw InputError.of(
        'not-built-yet',
        `this version of podtwin (${VERSION}) does not have the check '${kind}' yet; it has ${KINDS.join(', ')}`,
      );
    if (!KINDS.includes(kind)) {
      const known = `${suggestion(kind, KINDS)}; 'podtwin models check' knows: ${KINDS.join(', ')}`;
      throw InputError.of('unknown-name', `there is no check '${kind}'${known.replace(/^; known: [^;]*/, '')}`);
    }
    const result = checkPlacement(file);
    if (output.json) output.printJson(result);
    else output.print(tableOf(result));
    return EXIT.done;
  },
});

function tableOf({ cases, summary }: PlacementCheck): string {
  const heading = [
    'case',
    'hosts',
    'VMs',
    'free cores',
    'fragment rate (16)',
    'slots (16)',
    'active hosts',
    'least hosts',
  ];
  const rows = cases.map((one) => rowOf(one.case, one));
  // A single case is the whole already.
  if (rows.length > 1) rows.push(rowOf('all', summary));
  return textTable([heading, ...rows], [1, 2, 3, 4, 5, 6, 7]).join('\n');
}

function rowOf(name: string, figures: PlacementFigures): string[] {
  const { hosts, vms, freeCpus, fragmentRate16, slots16, activeHosts, lowerBoundHosts } = figures;
  const rate = fragmentRate16 === null ? 'none free' : `${(fragmentRate16 * 100).toFixed(2)} %`;
  return [
    name,
    countText(hosts),
    countText(vms),
    String(freeCpus),
    rate,
    ...[slots16, activeHosts, lowerBoundHosts].map(countText),
  ];
}
