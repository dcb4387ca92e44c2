/** `podtwin models`. Guarantees the registry's rows, whole. */
import { MODELS } from '../../models/registry.js';
import { wrapText } from '../../reports/wrap-text.js';
import { EXIT } from '../base/errors.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';

const WIDEST = 110;
const TITLE_LETTERS = 8;

export const modelsCommand = command({
  about:
    "Lists every physical model with its equation, source, range and what it ignores; 'podtwin models check' tests one.",
  positionals: {},
  options: JSON_OPTION,
  examples: [
    ['models', 'all of them'],
    ['models --json', '{"models": [{"name", "file", "equation", "source", "range", "ignores"}]}'],
  ],
  exits: [[EXIT.done, 'always']],
  run(_, output) {
    if (output.json) output.printJson({ models: MODELS });
    const width = Math.min(output.width, WIDEST);
    const row = (title: string, text: string): string[] => {
      const indent = ' '.repeat(TITLE_LETTERS + 4);
      const [first, ...more] = wrapText(text, width - indent.length);
      return [`  ${output.paint.dim(title.padEnd(TITLE_LETTERS))}  ${first}`, ...more.map((line) => indent + line)];
    };
    for (const [at, { name, file, equation, source, range, ignores }] of MODELS.entries()) {
      if (at > 0) output.print('');
      output.print(`${output.paint.bold(name)}  models/${file}`);
      const rows = [row('equation', equation), row('source', source), row('range', range), row('ignores', ignores)];
      output.print(rows.flat().join('\n'));
    }
    return EXIT.done;
  },
});
