/** The help texts, from the same tables that the parser reads. Guarantees: nothing is offered that there is not. */
import { EXIT } from '../base/errors.js';
import { VERSION } from '../run/version.js';
import type { Command, OptionSpec } from './command.js';
import { COMMANDS } from './commands.js';
import type { Output } from './output.js';
import { wrapText } from '../../reports/wrap-text.js';

const WIDEST = 110;
const HELP: readonly (readonly [string, string])[] = [['-h, --help', 'This text']];

/** "podtwin run FILE [options]" */
export function usageOf(name: string, { positionals }: Command): string {
  const words = Object.entries(positionals).map(([word, { optional, many }]) => {
    const shown = many ? `${word}...` : word;
    return optional ? `[${shown}]` : shown;
  });
  return ['podtwin', name, ...words, '[options]'].join(' ');
}

export function helpOf(name: string, command: Command, output: Output): string {
  const { bold } = output.paint;
  const rows = (title: string, list: readonly (readonly [string, string])[]): string[] =>
    list.length === 0 ? [] : ['', bold(title), ...listOf(list, output.width)];
  return [
    `${bold('Usage:')} ${usageOf(name, command)}`,
    '',
    ...wrapText(command.about, width(output)),
    ...rows(
      'Arguments:',
      Object.entries(command.positionals).map(([word, { describe }]) => [word, describe]),
    ),
    ...rows('Options:', [...Object.entries(command.options).map(optionRow), ...HELP]),
    ...(command.details ?? []).flatMap((list) => rows(list.title, list.rows)),
    ...rows(
      'Examples:',
      command.examples.map(([line, what]) => [`podtwin ${line}`, what]),
    ),
    ...rows(
      'Exits with:',
      command.exits.map(([status, when]) => [String(status), when]),
    ),
  ].join('\n');
}

export function generalHelp(output: Output): string {
  const { bold } = output.paint;
  const list = (rows: readonly (readonly [string, string])[]): string[] => listOf(rows, output.width);
  return [
    `podtwin ${VERSION}: a deterministic simulator of a pod-structured cloud datacenter.`,
    '',
    `${bold('Usage:')} podtwin COMMAND [arguments] [options]`,
    '',
    bold('Commands:'),
    ...list(COMMANDS.map(({ name, brief }) => [name, brief])),
    '',
    bold('Options:'),
    ...list([
      ['-h, --help', 'This text; after a command, all about that command'],
      ['--version', 'The version of podtwin'],
      ['--json', 'With any command: one JSON document on standard output, and nothing else there'],
    ]),
    '',
    bold('To begin:'),
    ...list([
      ['podtwin init my-cloud', 'writes my-cloud.yaml, explained line by line'],
      ['podtwin validate my-cloud.yaml', 'checks it'],
      ['podtwin run my-cloud.yaml', 'runs it and writes out/my-cloud-1/ with report.html in it'],
    ]),
    '',
    bold('Exits with:'),
    ...list([
      [String(EXIT.done), 'done, and everything expected held'],
      [String(EXIT.checkFailed), 'a check or an expectation failed'],
      [String(EXIT.wrongInput), 'the input was wrong: a file, an option, a folder'],
      [String(EXIT.runFailed), 'the run itself failed: no space, or a bug of podtwin'],
      [String(EXIT.interrupted), 'interrupted'],
    ]),
  ].join('\n');
}

function optionRow([name, { type, value = 'VALUE', letter, describe }]: [string, OptionSpec]): [string, string] {
  const long = type === 'flag' ? `--${name}` : `--${name} ${value}`;
  return [letter === undefined ? long : `-${letter}, ${long}`, describe];
}

/** Two columns; a long first one has the second below it. */
function listOf(rows: readonly (readonly [string, string])[], columns: number): string[] {
  const left = Math.min(40, Math.max(...rows.map(([first]) => first.length)));
  return rows.flatMap(([first, second]) => {
    const [line = '', ...more] = wrapText(second, Math.min(columns, WIDEST) - left - 4);
    const below = more.map((one) => `${' '.repeat(left + 4)}${one}`);
    if (first.length > left) return [`  ${first}`, `${' '.repeat(left + 4)}${line}`, ...below];
    return [`  ${first.padEnd(left)}  ${line}`, ...below];
  });
}

function width(output: Output): number {
  return Math.min(output.width, WIDEST);
}
