/** `podtwin verify`. Guarantees exit 0 only where both runs of every scenario asked for wrote down the same. */
import { EXIT } from '../base/errors.js';
import { loadScenario } from '../run/load.js';
import { VERSION } from '../run/version.js';
import { variantNames } from '../scenario/loader.js';
import { verify, type VerifyResult } from '../studies/verify.js';
import { command } from './command.js';
import { interruptible } from './interruptible.js';
import { alternativesOf, JSON_OPTION, notBoth, SCENARIO_OPTIONS } from './scenario-options.js';

interface Verified extends VerifyResult {
  file: string;
  variant: string | null;
}

export const verifyCommand = command({
  about:
    'Runs a scenario twice, in two processes and in different circumstances, and holds the digests and databases against ' +
    'each other. Nothing is kept.',
  positionals: { FILE: { describe: 'The scenario' } },
  options: {
    ...SCENARIO_OPTIONS,
    variants: { type: 'flag', describe: 'The file itself and all its variants' },
    ...JSON_OPTION,
  },
  examples: [
    ['verify my-cloud.yaml', 'says the digest that both runs had'],
    ['verify my-cloud.yaml --variants --json', '{"same": ..., "variants": [...]}'],
  ],
  exits: [
    [EXIT.done, 'the two are the same'],
    [EXIT.checkFailed, 'they differ; the first difference is named'],
    [EXIT.wrongInput, 'the scenario or an option is wrong'],
    [EXIT.runFailed, 'a run failed'],
    [EXIT.interrupted, 'interrupted'],
  ],
  async run(values, output) {
    notBoth(values);
    const { FILE: file } = values;
    const alternatives = alternativesOf(values);
    // Without a variant this checks them all.
    loadScenario(file, alternatives);
    const variants = [alternatives.variant, ...(values.variants ? variantNames(file) : [])];
    const results = await interruptible(async (signal) => {
      const done: Verified[] = [];
      for (const variant of variants) {
        const bar = output.progress(`verifying ${variant ?? file}`);
        const progress = (share: number): void => bar.show(share);
        const result = await verify(file, { ...alternatives, variant, signal, progress }).finally(() => bar.erase());
        done.push({ file, variant: variant ?? null, ...result });
        const { same, digests, difference } = result;
        const name = variant === undefined ? file : `${file}, variant ${variant}`;
        if (same) output.print(`${name}: same: digest ${digests[0]} twice, and equal databases (podtwin ${VERSION})`);
        else {
          const first = difference ?? 'their databases are equal';
          const message = `${name}: two runs differ: digests ${digests.join(' and ')}; first difference: ${first}`;
          output.error({ code: 'not-reproducible', message });
        }
      }
      return done;
    });
    const same = results.every((one) => one.same);
    if (output.json) output.printJson(values.variants ? { same, variants: results } : results[0]);
    return same ? EXIT.done : EXIT.checkFailed;
  },
});
