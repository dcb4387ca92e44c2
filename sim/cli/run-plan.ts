/**
 * What `podtwin run` is about to do. Guarantees that every scenario is checked before anything is written or run, and that
 * each run has a folder of its own.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../base/errors.js';
import { loadScenario, type Alternatives } from '../run/load.js';
import { variantNames, type LoadedScenario } from '../scenario/loader.js';
import { RUN_FILES } from '../store/run-files.js';
import { hashOfSettings, runFolderName } from '../store/run-folder.js';

export interface PlannedRun {
  scenario: LoadedScenario;
  alternatives: Alternatives;
  /** The folder, as it is shown. */
  target: string;
}

const OUT = 'out';

/** `out`: the run's folder; with `variants` the one that holds theirs. Throws InputError with all that is wrong. */
export function planRuns(
  file: string,
  alternatives: Alternatives,
  { variants, out }: { variants: boolean; out: string | undefined },
): PlannedRun[] {
  // Without a variant the file's variants are checked with it.
  const base = { scenario: loadScenario(file, alternatives), alternatives };
  const others = (variants ? variantNames(file) : []).map((variant) => {
    const own = { ...alternatives, variant };
    return { scenario: loadScenario(file, own), alternatives: own };
  });
  if (!variants) return [{ ...base, target: out ?? join(OUT, folderName(base.scenario, alternatives)) }];
  if (out !== undefined && existsSync(join(out, RUN_FILES.database)))
    throw InputError.of(
      'not-a-run-folder',
      `${out}: this is the folder of a single run: name one that can hold several`,
    );
  return [base, ...others].map((run) => ({ ...run, target: join(out ?? OUT, folderName(run.scenario, alternatives)) }));
}

function folderName({ name, variant, seed }: LoadedScenario, { set = [] }: Alternatives): string {
  return runFolderName(name, variant, seed, set.length === 0 ? undefined : hashOfSettings(set));
}
