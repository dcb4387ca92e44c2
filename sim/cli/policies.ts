/** `podtwin policies`. Guarantees the names that scenario files may use. */
import { EXIT } from '../base/errors.js';
import { describePolicies } from '../run/policies.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { textTable } from './text-table.js';

export const policiesCommand = command({
  about: 'Lists the policies that a scenario can name, e.g. policies: { placement: first-fit }.',
  positionals: {},
  options: JSON_OPTION,
  examples: [
    ['policies', 'name, kind and what each does'],
    ['run my-cloud.yaml --set policies.placement=random', 'the same cloud under another policy'],
  ],
  exits: [[EXIT.done, 'always']],
  run(_, output) {
    const policies = describePolicies();
    if (output.json) output.printJson({ policies });
    const rows = policies.map(({ kind, name, describe }) => [kind, name, describe]);
    output.print(textTable([['kind', 'name', 'what it does'], ...rows], []).join('\n'));
    return EXIT.done;
  },
});
