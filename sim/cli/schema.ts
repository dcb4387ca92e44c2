/** `podtwin schema`. Guarantees the bytes that scenarios/schema.json holds. */
import { EXIT } from '../base/errors.js';
import { jsonSchemaText } from '../scenario/json-schema.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';

export const schemaCommand = command({
  about:
    'Prints the JSON Schema of scenario files. Editors that know it complete names and mark mistakes while you type; a ' +
    'file names it in a comment: # yaml-language-server: $schema=schema.json',
  positionals: {},
  options: JSON_OPTION,
  examples: [['schema > schema.json', 'beside your scenarios']],
  exits: [[EXIT.done, 'always']],
  run(_, output) {
    output.printRaw(jsonSchemaText());
    return EXIT.done;
  },
});
