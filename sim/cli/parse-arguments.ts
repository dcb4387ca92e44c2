/**
 * Arguments of a command, by its table. Guarantees: what the table does not hold is an InputError with the nearest name
 * that it does; nothing is guessed, dropped or overwritten in silence.
 */
import yargs from 'yargs';
import { InputError } from '../base/errors.js';
import { nearest } from '../scenario/nearest.js';
import type { ArgumentValues, Command, OptionSpec } from './command.js';
import { usageOf } from './help.js';

const PARSER = {
  'greedy-arrays': false,
  'dot-notation': false,
  'boolean-negation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'camel-case-expansion': false,
};

/** `argv` without the command's own words. */
export function parseArguments(name: string, command: Command, argv: readonly string[]): ArgumentValues {
  checkFlags(command, argv);
  const { _: given, ...parsed } = parse(name, command, argv);
  const words = (given as (string | number)[]).map(String);
  const values: ArgumentValues = {};
  for (const [option, spec] of Object.entries(command.options))
    values[option] = optionValue(option, spec, parsed[option]);
  for (const [positional, { optional, many }] of Object.entries(command.positionals)) {
    if (words.length === 0 && !optional)
      throw wrong('missing-argument', `${positional} is missing: ${usageOf(name, command)}`);
    values[positional] = many ? words.splice(0) : words.shift();
  }
  if (words.length > 0) throw tooMany(name, command, words[0]!);
  return values;
}

function parse(name: string, command: Command, argv: readonly string[]): Record<string, unknown> {
  let parser = yargs([...argv])
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration(PARSER)
    .strictOptions()
    .fail((message, error) => {
      throw failure(name, command, argv, error?.message ?? message);
    });
  for (const [option, { type, letter }] of Object.entries(command.options)) {
    const alias = letter === undefined ? {} : { alias: letter };
    parser = parser.option(
      option,
      type === 'flag' ? { type: 'boolean', ...alias } : { type: 'string', requiresArg: true, ...alias },
    );
  }
  return parser.parseSync();
}

/** The parser takes any text after `=` for false. */
function checkFlags(command: Command, argv: readonly string[]): void {
  for (const argument of argv) {
    if (argument === '--') return;
    const [, option] = /^--([\w-]+)=/.exec(argument) ?? [];
    if (option !== undefined && Object.hasOwn(command.options, option) && command.options[option]!.type === 'flag')
      throw wrong('wrong-option', `--${option} takes no value: leave it out, or write --${option}`);
  }
}

function optionValue(option: string, spec: OptionSpec, value: unknown): boolean | string | string[] | undefined {
  if (spec.type === 'flag') return value === true;
  const all = value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
  if (all.includes('')) throw needsValue(option, spec);
  if (spec.type === 'list') return all;
  if (all.length > 1) throw wrong('wrong-option', `--${option} may be given once; here it is ${all.join(' and ')}`);
  return all[0];
}

/** What the parser complains of, in our words. */
function failure(name: string, command: Command, argv: readonly string[], message: string): InputError {
  const [, lacking] = /following: (.*)$/.exec(message) ?? [];
  if (lacking !== undefined) {
    const option = nameOf(command, lacking.split(/, /)[0]!);
    return needsValue(option, command.options[option]!);
  }
  const [, unknown] = /^Unknown arguments?: (.*)$/.exec(message) ?? [];
  if (unknown === undefined) return wrong('wrong-option', message);
  return new InputError(
    wordsOf(command, argv, unknown.split(', ')).map((word) => ({
      code: 'unknown-option',
      message: unknownOption(name, command, word),
    })),
  );
}

/** With their dashes; "-seed", which the parser takes for five letters, as it was written. */
function wordsOf(command: Command, argv: readonly string[], unknown: readonly string[]): string[] {
  const single = argv.find((one) => /^-[a-z]/.test(one) && Object.hasOwn(command.options, one.slice(1)));
  return single ? [single] : unknown.map((word) => (word.length === 1 ? `-${word}` : `--${word}`));
}

function unknownOption(name: string, command: Command, dashed: string): string {
  const known = Object.keys(command.options);
  const word = dashed.replace(/^-+/, '');
  const near = nearest(word, known) ?? known.find((one) => word.length > 2 && one.startsWith(word));
  const exact = known.includes(word) ? word : near;
  const next = exact ? `did you mean '--${exact}'?` : `see 'podtwin ${name} --help'`;
  return `'podtwin ${name}' has no option '${dashed}'; ${next}`;
}

function needsValue(option: string, { value = 'VALUE' }: OptionSpec): InputError {
  return wrong('wrong-option', `--${option} needs a value: --${option} ${value}`);
}

function nameOf(command: Command, option: string): string {
  const found = Object.entries(command.options).find(([own, { letter }]) => own === option || letter === option);
  return found?.[0] ?? option;
}

function tooMany(name: string, command: Command, word: string): InputError {
  const setting = /^[\w.]+=/.test(word) && Object.hasOwn(command.options, 'set');
  const hint = setting ? ` (to set something: --set ${word})` : '';
  return wrong('too-many-arguments', `'${word}' is one argument too many${hint}: ${usageOf(name, command)}`);
}

function wrong(code: string, message: string): InputError {
  return InputError.of(code, message);
}
