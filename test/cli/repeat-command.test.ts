import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { repeatCommand } from '../../sim/cli/repeat-command.js';
import { shellQuote } from '../../sim/cli/shell-quote.js';
import { loadScenario, type Alternatives } from '../../sim/run/load.js';
import { Place, SMALL } from './podtwin.js';

function repeated(given: Alternatives, expectations = true): string {
  const file = new Place({ 'small.yaml': SMALL }).at('small.yaml');
  return repeatCommand(file, given, loadScenario(file, given), expectations).replace(file, 'small.yaml');
}

test.each<[string, Alternatives, string]>([
  ['nothing given', {}, 'podtwin run small.yaml'],
  ['what the file says already', { seed: 5, set: ['duration=2h', 'samples=10m'] }, 'podtwin run small.yaml'],
  ['another seed', { seed: 6 }, 'podtwin run small.yaml --seed 6'],
  ['a variant', { variant: 'crowded', seed: 5 }, 'podtwin run small.yaml --variant crowded'],
  ['later ones win', { set: ['duration=1h', 'duration=3h'] }, 'podtwin run small.yaml --set duration=3h'],
  [
    'and are kept where they undo',
    { variant: 'one-pod', set: ['zones.z1.pods.p.count=2'] },
    'podtwin run small.yaml --variant one-pod --set zones.z1.pods.p.count=2',
  ],
  ['as a shell takes it', { set: ["about='it is'"] }, `podtwin run small.yaml --set 'about='\\''it is'\\'''`],
])('%s', (_, given, command) => {
  expect(repeated(given)).toBe(command);
});

test('--no-expect only where something is expected', () => {
  expect(repeated({}, false)).toBe('podtwin run small.yaml --no-expect');
  expect(repeated({ variant: 'one-pod' }, false)).toBe('podtwin run small.yaml --variant one-pod');
});

test.skipIf(process.platform === 'win32')('quoted so that a shell gives it back', () => {
  const words = ['plain', 'a b', "it's", '$HOME `x` "y"', '*', '', '\\', 'a\nb', 'ü'];
  const said = execFileSync('sh', ['-c', `printf '%s|' ${words.map(shellQuote).join(' ')}`], { encoding: 'utf8' });
  expect(said).toBe(words.map((word) => `${word}|`).join(''));
});
