/** `podtwin policies`. Guarantees the names that scenario files may use, and under --describe all that is said of them. */
import { wrapText } from '../../reports/wrap-text.js';
import { EXIT, InputError } from '../base/errors.js';
import { describePolicies, type PolicyCard } from '../run/policies.js';
import { suggestion } from '../scenario/nearest.js';
import { command } from './command.js';
import type { Output } from './output.js';
import { JSON_OPTION } from './scenario-options.js';
import { textTable } from './text-table.js';

const WIDEST = 110;
const INDENT = '  ';

export const policiesCommand = command({
  about:
    'Lists the policies that a scenario can name, e.g. policies: { placement: first-fit }. With --describe: how each decides, ' +
    'what decides ties, whose policy it is, and what can be set, e.g. policies: { placement: { name: best-fit, by: memory } }.',
  positionals: { NAME: { describe: 'One policy; default: all', optional: true } },
  options: { describe: { type: 'flag', describe: 'All that is to be said, not a line each' }, ...JSON_OPTION },
  examples: [
    ['policies', 'name, kind and what each does'],
    ['policies --describe', 'in full'],
    ['policies --describe user-dispersing', 'one of them'],
    ['run my-cloud.yaml --set policies.placement=random', 'the same cloud under another policy'],
  ],
  exits: [
    [EXIT.done, 'listed'],
    [EXIT.wrongInput, 'there is no such policy'],
  ],
  run({ NAME: wanted, describe }, output) {
    const policies = chosen(wanted);
    if (output.json) output.printJson({ policies });
    else if (describe) policies.forEach((card, at) => printCard(card, at, output));
    else {
      const rows = policies.map(({ kind, name, describe: sentence }) => [kind, name, sentence]);
      output.print(textTable([['kind', 'name', 'what it does'], ...rows], []).join('\n'));
    }
    return EXIT.done;
  },
});

function chosen(wanted: string | undefined): PolicyCard[] {
  const all = describePolicies();
  if (wanted === undefined) return all;
  const found = all.filter(({ name }) => name === wanted);
  const known = all.map(({ name }) => name);
  if (found.length === 0)
    throw InputError.of('unknown-name', `there is no policy '${wanted}' in this version${suggestion(wanted, known)}`);
  return found;
}

function printCard({ kind, name, describe, details, options }: PolicyCard, at: number, output: Output): void {
  const width = Math.min(output.width, WIDEST) - INDENT.length;
  const indented = (text: string): string =>
    wrapText(text, width)
      .map((line) => INDENT + line)
      .join('\n');
  if (at > 0) output.print('');
  output.print(`${output.paint.bold(name)}  ${kind}`);
  output.print(indented(`${describe} ${details}`));
  for (const { name: option, describe: what, preset, takes } of options) {
    const values = 'least' in takes ? `${takes.least} to ${takes.most}` : takes.join(' or ');
    output.print(indented(`${option}: ${values}; default ${preset}; ${what}`));
  }
}
