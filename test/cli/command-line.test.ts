import { openSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMMANDS, NOT_BUILT_YET } from '../../sim/cli/commands.js';
import { VERSION } from '../../sim/run/version.js';
import { expectWrongInput, jsonOf, Place, PROGRAM, SMALL } from './podtwin.js';

describe('help', () => {
  test('names every command, and what the program exits with', async () => {
    const { status, stdout, stderr } = await new Place().podtwin('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const width = Math.max(...COMMANDS.map(({ name }) => name.length));
    for (const { name, brief } of COMMANDS) expect(stdout).toContain(`${name.padEnd(width)}  ${brief}`);
    for (const name of NOT_BUILT_YET) expect(stdout).not.toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const exit of ['0', '1', '2', '3', '130']) expect(stdout).toMatch(new RegExp(`^ +${exit} +\\w`, 'm'));
  });

  test.each(COMMANDS.map(({ name }) => name))(
    'of %s: usage, options, examples that parse, exit statuses',
    async (name) => {
      const { helpOf } = await import('../../sim/cli/help.js');
      const { chooseCommand } = await import('../../sim/cli/choose-command.js');
      const { parseArguments } = await import('../../sim/cli/parse-arguments.js');
      const { Output } = await import('../../sim/cli/output.js');
      const command = await COMMANDS.find((one) => one.name === name)!.load();
      const text = helpOf(name, command, new Output({ write: () => true }, { write: () => true }, {}));
      for (const option of Object.keys(command.options)) expect(text).toMatch(new RegExp(`^ .*--${option}\\b`, 'm'));
      expect(Object.keys(command.options)).toContain('json');
      expect(text).toMatch(/^Usage: podtwin .*\n\n\S/);
      expect(command.examples.length).toBeGreaterThan(0);
      expect(command.exits.map(([status]) => status)).toContain(0);
      for (const [line] of command.examples) {
        const argv = line.replace(/ > .*/, '').split(' ');
        const chosen = chooseCommand(argv)!;
        const called = await chosen.entry.load();
        expect(() => parseArguments(chosen.entry.name, called, chosen.rest)).not.toThrow();
        expect(text).toContain(`podtwin ${line}`);
      }
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    },
  );

  test('after a command, before it, and as a word', async () => {
    const place = new Place();
    const [after, before, word] = await Promise.all([
      place.podtwin('run', '--help'),
      place.podtwin('-h', 'run'),
      place.podtwin('help', 'run'),
    ]);
    expect(after.stdout).toMatch(/^Usage: podtwin run FILE \[options\]/);
    expect([before, word]).toEqual([after, after]);
  });

  test('without a command: on standard error, exit 2', async () => {
    expectWrongInput(await new Place().podtwin(), /^Commands:/m, /error\[no-command\]/);
  });
});

test('the version, also as JSON; the program can be started as it is', async () => {
  const place = new Place();
  expect(await place.podtwin('--version')).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: '' });
  expect(jsonOf(await place.podtwin('--version', '--json'))).toEqual({ version: VERSION });
  expect(statSync(PROGRAM).isFile()).toBe(true);
});

describe('what is not known', () => {
  test.each<[string, RegExp]>([
    ['rnu x.yaml', /^error\[unknown-command\]: podtwin has no command 'rnu'; did you mean 'run'\?$/m],
    ['frobnicate', /no command 'frobnicate'; 'podtwin --help' lists/],
    ['small.yaml', /say what to do with small\.yaml; did you mean 'podtwin run small\.yaml'\?/],
    ['--seed 5 run small.yaml', /the command comes first, its options after it: podtwin run FILE --seed/],
    ['--foo', /no option '--foo'/],
    ['compare small.yaml', /error\[not-built-yet\]: this version of podtwin \(.*\) does not have 'compare' yet/],
    ['comparre', /did you mean 'compare'\?/],
    ['bench', /say what to bench; there is 'podtwin bench engine'/],
    ['bench defrag', /does not have 'bench defrag' yet/],
    ['bench migrations --migrations 0', /--migrations takes a whole number/],
    ['bench network --flows many', /--flows takes a whole number/],
    ['models chek', /'podtwin models' has no 'chek'; there is 'podtwin models' and 'podtwin models check'/],
    ['run', /FILE is missing: podtwin run FILE/],
    ['run a b', /'b' is one argument too many/],
    ['run small.yaml seed=3', /'seed=3' is one argument too many \(to set something: --set seed=3\)/],
    [
      'run small.yaml --sede 3',
      /error\[unknown-option\]: 'podtwin run' has no option '--sede'; did you mean '--seed'\?/,
    ],
    ['run small.yaml -seed 3', /^error\[unknown-option\]: .* no option '-seed'; did you mean '--seed'\?\n$/],
    ['run small.yaml -x --frob', /'-x'.*\n.*'--frob'; see 'podtwin run --help'/],
    ['run small.yaml --seed', /--seed needs a value: --seed N/],
    ['run small.yaml --out=', /--out needs a value: --out DIR/],
    ['run small.yaml --seed x', /--seed takes a whole number, e\.g\. --seed 43; this is 'x'/],
    ['run small.yaml --seed -5', /this is '-5'/],
    ['run small.yaml --seed 1.5', /this is '1\.5'/],
    ['run small.yaml --seed 1 --seed 2', /--seed may be given once; here it is 1 and 2/],
    ['run small.yaml --quiet=yes', /--quiet takes no value/],
    ['run small.yaml --variant one-pod --variants', /error\[conflicting-options\]: .*give one of the two/],
    ['run small.yaml --variant one-pot', /--variant one-pot: .*did you mean 'one-pod'\?/],
    ['verify small.yaml --variant one-pod --variants', /error\[conflicting-options\]/],
    ['bench engine --seconds soon', /--seconds takes a number/],
    ['models check migrations x.csv', /x.csv:1:1: error\[unreadable-file\]: there is no such file/],
    ['models check maxmin x.csv', /x\.csv:1:1: .*there is no such file/],
    ['models check placment x.json', /no check 'placment'; did you mean 'placement'\?/],
    ['models check frob x.json', /no check 'frob'; .*: placement/],
  ])('%s', async (line, said) => {
    const place = new Place({ 'small.yaml': SMALL });
    expectWrongInput(await place.podtwin(...line.split(' ')), said);
    expect(place.names()).toEqual(['small.yaml']);
  });

  test('under --json: one document on standard output, the words on standard error', async () => {
    const ended = await new Place().podtwin('run', '--json', '--sede', '3', 'x.yaml');
    expect(ended.status).toBe(2);
    const message = "'podtwin run' has no option '--sede'; did you mean '--seed'?";
    const problem = { code: 'unknown-option', message, file: null, line: null, column: null };
    expect(jsonOf(ended)).toEqual({ error: { code: 'unknown-option', message, problems: [problem] } });
    expect(ended.stderr).toBe(`error[unknown-option]: ${message}\n`);
  });
});

describe('output', () => {
  test('a reader that goes away ends it quietly', async () => {
    const { child, ended } = new Place().start(['schema']);
    child.stdout!.destroy();
    const { status, stderr } = await ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.skipIf(process.platform !== 'linux')('that cannot be written is not taken for success', async () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = await new Place().start(['schema'], { stdio: ['ignore', full, 'pipe'] }).ended;
    expect(status).toBe(3);
    expect(stderr).toMatch(/^error\[cannot-write\]: standard output cannot be written: .*no space left.*\n$/);
  });
});
