/** `podtwin explain`. Guarantees an explanation from what the run recorded, or an error that says what is missing. */
import { EXIT, InputError } from '../base/errors.js';
import { explainVm } from '../run/explain-vm.js';
import { openRun } from '../store/open-run.js';
import { command } from './command.js';
import { printExplanation } from './explain-text.js';
import { JSON_OPTION } from './scenario-options.js';

const WHAT = ['vm'];

export const explainCommand = command({
  about:
    'Says why a VM of a recorded run is where it is, or why it was refused: for each decision, which hosts could have taken ' +
    'it and how the policy ranks them, and what ruled out the others; then its history. Nothing is run again: the recorded ' +
    'history is folded up to each decision, so the run must have kept it (record: full, which is the default).',
  positionals: {
    RUN: { describe: "A run's folder, or its results.sqlite" },
    WHAT: { describe: `What to explain: ${WHAT.join(', ')}` },
    VM: { describe: 'Its number, or ACCOUNT/NAME; ZONE/NUMBER where zones have VMs of the same number' },
  },
  options: JSON_OPTION,
  examples: [
    ['explain out/quickstart-42 vm 12', 'the VM of this number'],
    ['explain out/quickstart-42 vm acme/vm-0001', "a customer's, by its name"],
    [
      'explain out/quickstart-42 vm acme/router-0 --json',
      'a routing appliance, for a program: every host with its verdict',
    ],
  ],
  exits: [
    [EXIT.done, 'explained'],
    [EXIT.wrongInput, 'no such run or VM, or its history was not kept'],
  ],
  run({ RUN: path, WHAT: what, VM: vm }, output) {
    if (!WHAT.includes(what))
      throw InputError.of(
        'unknown-name',
        `'podtwin explain' explains ${WHAT.join(', ')}: podtwin explain ${path} vm ${vm}`,
      );
    const run = openRun(path);
    try {
      const explanation = explainVm(run, vm);
      if (output.json) output.printJson(explanation);
      else printExplanation(explanation, output);
    } finally {
      run.close();
    }
    return EXIT.done;
  },
});
