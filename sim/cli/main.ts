/**
 * From a command line to an exit status. Guarantees: whatever goes wrong is told once, in words, with its code, and ends
 * in the status of its class; only a bug of podtwin shows a stack.
 */
import { EXIT } from '../base/errors.js';
import { VERSION } from '../run/version.js';
import { asksForHelp, chooseCommand } from './choose-command.js';
import type { Output } from './output.js';
import { tellError } from './tell-error.js';

export async function main(argv: readonly string[], output: Output): Promise<number> {
  const end = argv.indexOf('--');
  output.json = (end < 0 ? argv : argv.slice(0, end)).includes('--json');
  try {
    return await perform(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv, output);
  } catch (error) {
    return tellError(error, output);
  }
}

async function perform(argv: readonly string[], output: Output): Promise<number> {
  const chosen = chooseCommand(argv);
  if (asksForHelp(argv)) {
    const { generalHelp, helpOf } = await import('./help.js');
    const text = chosen ? helpOf(chosen.entry.name, await chosen.entry.load(), output) : generalHelp(output);
    output.printRaw(text);
    return EXIT.done;
  }
  if (chosen) {
    const [command, { parseArguments }] = await Promise.all([chosen.entry.load(), import('./parse-arguments.js')]);
    return command.run(parseArguments(chosen.entry.name, command, chosen.rest), output);
  }
  if (argv.includes('--version')) {
    if (output.json) output.printJson({ version: VERSION });
    else output.printRaw(VERSION);
    return EXIT.done;
  }
  return withoutCommand(argv, output);
}

async function withoutCommand(argv: readonly string[], output: Output): Promise<number> {
  const [option] = argv.filter((one) => one !== '--json');
  const message =
    option === undefined
      ? "say what to do: 'podtwin --help' lists the commands"
      : `podtwin has no option '${option}'; a command comes first, its options after it`;
  if (argv.length === 0) {
    const { generalHelp } = await import('./help.js');
    output.say(generalHelp(output));
    output.say('');
  }
  const { InputError } = await import('../base/errors.js');
  throw InputError.of(option === undefined ? 'no-command' : 'unknown-option', message);
}
