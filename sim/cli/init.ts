/** `podtwin init`. Guarantees that no file is overwritten, and that what is written validates as it stands. */
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EXIT, InputError, RunError } from '../base/errors.js';
import { validateScenario } from '../run/load.js';
import { jsonSchemaText } from '../scenario/json-schema.js';
import { initTemplate } from '../scenario/template.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { shellQuote } from './shell-quote.js';

const DEFAULT_NAME = 'my-cloud';
const SCHEMA = 'schema.json';

export const initCommand = command({
  about:
    'Writes a first scenario, explained line by line, and schema.json beside it, which editors complete names from. ' +
    'Nothing is ever overwritten.',
  positionals: {
    NAME: { describe: `A name, or a file ending in .yaml; default ${DEFAULT_NAME}`, optional: true },
  },
  options: {
    'no-schema': { type: 'flag', describe: 'Leave schema.json out' },
    ...JSON_OPTION,
  },
  examples: [
    ['init', `writes ${DEFAULT_NAME}.yaml and schema.json`],
    ['init clouds/north.yaml', 'writes clouds/north.yaml, of the name north, and clouds/schema.json'],
  ],
  exits: [
    [EXIT.done, 'written'],
    [EXIT.wrongInput, 'there is such a file already, or no such folder, or the name is none'],
    [EXIT.runFailed, 'the file cannot be written'],
  ],
  run(values, output) {
    const { NAME: given = DEFAULT_NAME } = values;
    const file = /\.ya?ml$/.test(given) ? given : `${given}.yaml`;
    const name = basename(file).replace(/\.ya?ml$/, '');
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name))
      throw InputError.of(
        'wrong-name',
        `'${name}' is no name: use letters, digits, - and _, beginning with a letter or digit`,
      );
    const text = initTemplate(name);
    if (validateScenario(file, { readFile: () => text }).problems.length > 0)
      throw InputError.of('wrong-name', `'${name}' is no name: YAML reads it as something else; choose another`);
    if (!create(file, text))
      throw InputError.of(
        'file-exists',
        `${file}: there is such a file already, and it is left as it is: choose another name`,
      );
    const schema = values['no-schema'] ? null : join(dirname(file), SCHEMA);
    const state = schema === null ? 'left out' : schemaState(schema);
    if (output.json) output.printJson({ file, schema, schemaState: state });
    output.print(`${file}: written`);
    if (schema !== null) output.print(`${schema}: ${state}`);
    const word = shellQuote(file.startsWith('-') ? `./${file}` : file);
    output.print('\nNext:');
    output.print(`  podtwin validate ${word}   checks it, after each change`);
    output.print(`  podtwin run ${word}        runs it and writes a folder with report.html below out/`);
    return EXIT.done;
  },
});

function schemaState(schema: string): string {
  const text = jsonSchemaText();
  if (create(schema, text)) return 'written';
  return readFileSync(schema, 'utf8') === text
    ? 'there already'
    : "there already, but not this version's, and left as it is ('podtwin schema' prints this version's)";
}

/** false: there is a file already. */
function create(file: string, text: string): boolean {
  let opened: number | null = null;
  try {
    opened = openSync(file, 'wx');
    writeFileSync(opened, text);
    return true;
  } catch (error) {
    // Half a file would stand in the way of the next attempt.
    if (opened !== null) rmSync(file, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw InputError.of('no-such-folder', `${file}: there is no folder ${dirname(file)}: make it first`);
    throw new RunError('cannot-write', `${file}: it cannot be written: ${message}`, { cause: error });
  } finally {
    if (opened !== null) closeSync(opened);
  }
}
