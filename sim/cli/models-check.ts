/** `podtwin models check`. Guarantees one row a case and one for all; a kind that there is not is told from one to come. */
import { EXIT, InputError } from '../base/errors.js';
import { suggestion } from '../scenario/nearest.js';
import { checkMaxMin } from '../studies/check-maxmin.js';
import { checkMigrations, type MigrationCheck } from '../studies/check-migrations.js';
import { checkMigrationStorm, checkSimGridMigrations, type SimGridCheck } from '../studies/check-simgrid-migrations.js';
import { checkPlacement, type PlacementCheck, type PlacementFigures } from '../studies/check-placement.js';
import { command } from './command.js';
import { maxMinText } from './maxmin-text.js';
import { migrationsText, simGridText } from './migration-check-text.js';
import { JSON_OPTION } from './scenario-options.js';
import { countText } from '../../reports/numbers.js';
import { textTable } from './text-table.js';

interface Checked {
  /** What `--json` prints. */
  document: object;
  text: string;
  /** Everything was as near to the reference as it has to be. */
  held: boolean;
}

/** By kind; InputError where the file is not what the kind takes. */
const CHECKS: Readonly<Record<string, (file: string) => Checked>> = {
  placement(file) {
    const document = checkPlacement(file);
    return { document, text: tableOf(document), held: true };
  },
  maxmin(file) {
    const document = checkMaxMin(file);
    const { within, cases } = document.summary;
    return { document, text: maxMinText(document), held: within === cases };
  },
  'migration-storm': (file) => simGrid(checkMigrationStorm(file)),
  'simgrid-migration': (file) => simGrid(checkSimGridMigrations(file)),
  migrations(file) {
    const document = checkMigrations(file);
    return { document, text: migrationsText(document), held: isHeld(document) };
  },
};
const KINDS = Object.keys(CHECKS);

export const modelsCheckCommand = command({
  about:
    'Holds formulas or a model against a reference file. placement: what a published mapping of VMs to hosts measures ' +
    '(a VM-rescheduling mapping, or a BalCon instance), from its VMs alone. maxmin: transfers that share links max-min ' +
    'fairly, against published completion times (FILE.csv or FILE.csv.gz, topology and rules in the .json beside it). migration-storm and ' +
    'simgrid-migration: live migrations by the rules of SimGrid, against its answers (a storm has its topology in the .json ' +
    'beside it; else one migration a row). migrations: migrations as measured, published or on libvirt hosts, against the ' +
    'rules of QEMU, from page counts and from what is known before.',
  positionals: {
    KIND: { describe: `What to check: ${KINDS.join(', ')}` },
    FILE: { describe: 'The reference' },
  },
  options: JSON_OPTION,
  examples: [
    ['models check placement mapping.json', 'a table, a row a cluster and one for all'],
    ['models check placement mapping.json --json', '{"kind", "cases", "summary"}'],
    ['models check migrations measured.csv', 'how many are within 10 %, and each with its error'],
    ['models check maxmin flows.csv.gz', 'how many flows are as the reference has them, and the farthest off'],
  ],
  exits: [
    [EXIT.done, 'checked, and all held'],
    [EXIT.checkFailed, 'a case is not as near to the reference as it has to be'],
    [EXIT.wrongInput, 'no such kind, or the file cannot be read'],
  ],
  run({ KIND: kind, FILE: file }, output) {
    const check = KINDS.includes(kind) ? CHECKS[kind] : undefined;
    if (!check) {
      const known = `${suggestion(kind, KINDS)}; 'podtwin models check' knows: ${KINDS.join(', ')}`;
      throw InputError.of('unknown-name', `there is no check '${kind}'${known.replace(/^; known: [^;]*/, '')}`);
    }
    const { document, text, held } = check(file);
    if (output.json) output.printJson(document);
    else output.print(text);
    return held ? EXIT.done : EXIT.checkFailed;
  },
});

function simGrid(document: SimGridCheck): Checked {
  const { cases, within, roundsEqual } = document.summary;
  return { document, text: simGridText(document), held: within === cases && roundsEqual === cases };
}

/** As near as the model claims to be: bytes exact, and most times within their bounds. */
function isHeld({ summary: { identities, predictions } }: MigrationCheck): boolean {
  const { predicted, totalWithin10Percent, downtimeWithin, nonConverging, nonConvergingRight } = predictions;
  return (
    identities.wireBytes.exact === identities.wireBytes.cases &&
    totalWithin10Percent >= 0.8 * predicted &&
    downtimeWithin >= 0.75 * predicted &&
    nonConvergingRight === nonConverging
  );
}

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
