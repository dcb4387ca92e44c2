/** The options of every command that reads a scenario. Guarantees that a wrong seed is told and not run. */
import { InputError } from '../base/errors.js';
import type { Alternatives } from '../run/load.js';
import type { OptionSpecs } from './command.js';

export const SCENARIO_OPTIONS = {
  seed: { type: 'text', value: 'N', describe: "Another seed than the file's" },
  set: {
    type: 'list',
    value: 'PATH=VALUE',
    describe: "Set one thing, as written in the file: --set duration=2d, --set 'zones.z1.pods.p.count=4'; repeatable",
  },
  variant: { type: 'text', value: 'NAME', describe: "One of the file's variants instead of the file itself" },
} as const satisfies OptionSpecs;

export const JSON_OPTION = {
  json: { type: 'flag', describe: 'One JSON document on standard output, and nothing else there' },
} as const satisfies OptionSpecs;

interface Given {
  seed: string | undefined;
  set: string[];
  variant: string | undefined;
}

export function alternativesOf({ seed, set, variant }: Given): Alternatives {
  return { seed: seed === undefined ? undefined : seedOf(seed), set, variant };
}

/** For commands that offer all variants as well. */
export function notBoth({ variant, variants }: { variant: string | undefined; variants: boolean }): void {
  if (variant !== undefined && variants)
    throw InputError.of('conflicting-options', '--variant runs one, --variants runs all of them: give one of the two');
}

function seedOf(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(seed))
    throw InputError.of('wrong-option', `--seed takes a whole number, e.g. --seed 43; this is '${text}'`);
  return seed;
}
