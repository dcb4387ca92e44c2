/**
 * Finds the command that the words of a command line call. Guarantees: a name that is not known is an InputError with the
 * nearest one that is; one that is planned says so.
 */
import { InputError } from '../base/errors.js';
import { VERSION } from '../run/version.js';
import { nearest } from '../scenario/nearest.js';
import { COMMANDS, NOT_BUILT_YET, type CommandEntry } from './commands.js';

export interface Chosen {
  entry: CommandEntry;
  /** The arguments without the command's own words. */
  rest: string[];
}

/** null: no command is named. */
export function chooseCommand(argv: readonly string[]): Chosen | null {
  const first = nextWord(argv, 0);
  if (first === null) return null;
  const name = argv[first]!;
  const two = (word: string): boolean => word.startsWith(`${name} `);
  const inner = COMMANDS.filter((one) => two(one.name)).map((one) => one.name.slice(name.length + 1));
  const second = nextWord(argv, first + 1);
  const word = second === null ? null : argv[second]!;
  const entry = COMMANDS.find((one) => one.name === `${name} ${word}`);
  if (entry) return { entry, rest: argv.filter((_, at) => at !== first && at !== second) };
  if (word !== null && NOT_BUILT_YET.includes(`${name} ${word}`)) throw notBuiltYet(`${name} ${word}`);
  const own = COMMANDS.find((one) => one.name === name);
  if (inner.length > 0 && (word !== null || !own) && !asksForHelp(argv)) throw wrongInner(name, word, inner, !!own);
  if (own) return { entry: own, rest: argv.filter((_, at) => at !== first) };
  if (inner.length > 0) return null;
  throw unknown(name, argv, first);
}

export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((one) => one === '--help' || one === '-h');
}

/** Where the next argument stands that is no option. */
function nextWord(argv: readonly string[], from: number): number | null {
  const at = argv.findIndex((one, position) => position >= from && !one.startsWith('-'));
  return at < 0 ? null : at;
}

function notBuiltYet(name: string): InputError {
  const message = `this version of podtwin (${VERSION}) does not have '${name}' yet; 'podtwin --help' lists what it has`;
  return InputError.of('not-built-yet', message);
}

function wrongInner(name: string, word: string | null, inner: readonly string[], alone: boolean): InputError {
  const list = inner.map((one) => `'podtwin ${name} ${one}'`).join(', ');
  const known = alone ? `'podtwin ${name}' and ${list}` : list;
  const what = word === null ? `say what to ${name}` : `'podtwin ${name}' has no '${word}'`;
  return InputError.of('unknown-command', `${what}; there is ${known}`);
}

function unknown(name: string, argv: readonly string[], at: number): InputError {
  if (NOT_BUILT_YET.includes(name)) return notBuiltYet(name);
  const before = argv.slice(0, at).find((one) => one !== '--json');
  if (before !== undefined)
    return InputError.of(
      'unknown-command',
      `the command comes first, its options after it: podtwin run FILE ${before} ...`,
    );
  if (/\.ya?ml$/.test(name))
    return InputError.of('unknown-command', `say what to do with ${name}; did you mean 'podtwin run ${name}'?`);
  const words = [...new Set(COMMANDS.map((one) => one.name.split(' ')[0]!))];
  const near = nearest(name, [...words, ...NOT_BUILT_YET]);
  const next = near === undefined ? "'podtwin --help' lists what it has" : `did you mean '${near}'?`;
  return InputError.of('unknown-command', `podtwin has no command '${name}'; ${next}`);
}
