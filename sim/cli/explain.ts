/** `podtwin explain`. Guarantees an explanation from what the run recorded, or an error that says what is missing. */
import { EXIT, InputError } from '../base/errors.js';
import { explainMigration } from '../run/explain-migration.js';
import { explainVm } from '../run/explain-vm.js';
import { openRun } from '../store/open-run.js';
import { command } from './command.js';
import { printMigration } from './explain-migration-text.js';
import { printExplanation } from './explain-text.js';
import { JSON_OPTION } from './scenario-options.js';

const WHAT = ['vm', 'migration'];

export const explainCommand = command({
  about:
    'Says why a VM of a recorded run is where it is, or why it was refused: for each decision, which hosts could have taken ' +
    'it and how the policy ranks them, and what ruled out the others; then its history. Nothing is run again: the recorded ' +
    'history is folded up to each decision, so the run must have kept it (record: full, which is the default). Or tells a ' +
    'live migration, round by round.',
  positionals: {
    RUN: { describe: "A run's folder, or its results.sqlite" },
    WHAT: { describe: `What to explain: ${WHAT.join(', ')}` },
    WHICH: { describe: 'Its number; of a VM also ACCOUNT/NAME; ZONE/NUMBER where zones have the same number' },
  },
  options: JSON_OPTION,
  examples: [
    ['explain out/quickstart-42 vm 12', 'the VM of this number'],
    ['explain out/quickstart-42 vm acme/vm-0001', "a customer's, by its name"],
    ['explain out/quickstart-42 migration 3', 'one of its live migrations, round by round'],
    [
      'explain out/quickstart-42 vm acme/router-0 --json',
      'a routing appliance, for a program: every host with its verdict',
    ],
  ],
  exits: [
    [EXIT.done, 'explained'],
    [EXIT.wrongInput, 'no such run or VM, or its history was not kept'],
  ],
  run({ RUN: path, WHAT: what, WHICH: which }, output) {
    if (!WHAT.includes(what))
      throw InputError.of(
        'unknown-name',
        `'podtwin explain' explains ${WHAT.join(', ')}: podtwin explain ${path} vm ${which}`,
      );
    const run = openRun(path);
    try {
      if (what === 'migration') {
        const explanation = explainMigration(run, which);
        if (output.json) output.printJson(explanation);
        else printMigration(explanation, output);
      } else {
        const explanation = explainVm(run, which);
        if (output.json) output.printJson(explanation);
        else printExplanation(explanation, output);
      }
    } finally {
      run.close();
    }
    return EXIT.done;
  },
});
