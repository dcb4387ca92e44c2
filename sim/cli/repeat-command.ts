/** The command line that repeats a run. Guarantees: the shortest of those that leave out what changes nothing. */
import type { LoadedScenario } from '../scenario/loader.js';
import { loadScenario, type Alternatives } from '../run/load.js';
import { shellQuote } from './shell-quote.js';

/** `scenario` is what `file` loads to with `given`. */
export function repeatCommand(file: string, given: Alternatives, scenario: LoadedScenario, expect: boolean): string {
  const { variant, set = [], seed } = shortest(file, given, scenario);
  const words = ['podtwin', 'run', file.startsWith('-') ? `./${file}` : file];
  if (variant !== undefined) words.push('--variant', variant);
  if (seed !== undefined) words.push('--seed', String(seed));
  for (const one of set) words.push('--set', one);
  if (!expect && scenario.expect.length > 0) words.push('--no-expect');
  return words.map(shellQuote).join(' ');
}

function shortest(file: string, given: Alternatives, scenario: LoadedScenario): Alternatives {
  const same = (fewer: Alternatives): boolean => {
    try {
      return loadScenario(file, fewer).scenarioText === scenario.scenarioText;
    } catch {
      // Without it the file is wrong, or no longer there.
      return false;
    }
  };
  let least = given;
  const attempt = (fewer: Alternatives): void => {
    if (same(fewer)) least = fewer;
  };
  if (given.seed !== undefined) attempt({ ...least, seed: undefined });
  for (const setting of given.set ?? []) {
    const set = least.set ?? [];
    const at = set.indexOf(setting);
    attempt({ ...least, set: set.filter((_, position) => position !== at) });
  }
  return least;
}
