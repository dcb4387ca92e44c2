/**
 * `podtwin run`. Guarantees: everything is checked before anything is written; each run's folder is whole or not there; a
 * failed expectation is named, and its run is kept.
 */
import { actualText, boundsText } from '../../reports/expectation-text.js';
import { terminalSummary } from '../../reports/terminal-summary.js';
import { variantsTable } from '../../reports/variants-table.js';
import { EXIT, RunError } from '../base/errors.js';
import { openRun } from '../store/open-run.js';
import { beginRunFolder, type RunFolder } from '../store/run-folder.js';
import type { Summary } from '../store/types.js';
import { command } from './command.js';
import { interruptible } from './interruptible.js';
import type { Output } from './output.js';
import { repeatCommand } from './repeat-command.js';
import { planRuns, type PlannedRun } from './run-plan.js';
import { alternativesOf, JSON_OPTION, notBoth, SCENARIO_OPTIONS } from './scenario-options.js';
import { writeRun } from './write-run.js';

export const runCommand = command({
  about:
    'Runs a scenario and writes a folder with report.html, summary.json, results.sqlite and scenario.yaml (as it ran): ' +
    'out/NAME-SEED, with the variant and a short hash of --set in its name. A former run there is replaced as a whole.',
  positionals: { FILE: { describe: 'The scenario' } },
  options: {
    ...SCENARIO_OPTIONS,
    variants: {
      type: 'flag',
      describe: 'The file itself and all its variants, a folder each, side by side at the end',
    },
    out: {
      type: 'text',
      value: 'DIR',
      letter: 'o',
      describe: 'The folder to write; with --variants the one to hold theirs',
    },
    'no-expect': { type: 'flag', describe: "Do not hold the result against the file's expect" },
    ...JSON_OPTION,
    quiet: { type: 'flag', letter: 'q', describe: 'No summary and no progress; failed expectations are still named' },
  },
  examples: [
    ['run scenarios/quickstart.yaml', 'a week, in a moment: out/quickstart-42/report.html'],
    ['run my-cloud.yaml --seed 7 --set duration=30d', 'with another seed, for a month'],
    ['run my-cloud.yaml --variants', 'all its variants side by side'],
    ['run my-cloud.yaml --json > summary.json', 'for a program'],
  ],
  exits: [
    [EXIT.done, 'done, and every expectation held'],
    [EXIT.checkFailed, 'an expectation failed; the result is written'],
    [EXIT.wrongInput, 'the scenario, an option or the folder is wrong; nothing is written'],
    [EXIT.runFailed, 'the run itself failed (no space, no permission); nothing is written'],
    [EXIT.interrupted, 'interrupted; nothing is written'],
  ],
  async run(values, output) {
    notBoth(values);
    const { FILE: file, variants, out, quiet } = values;
    const plan = planRuns(file, alternativesOf(values), { variants, out });
    const expect = !values['no-expect'];
    const summaries = await interruptible((signal) => performRuns(plan, { file, expect, quiet, signal, output }));
    if (output.json) output.printJson(variants ? { variants: summaries } : summaries[0]);
    else if (!quiet) printSummaries(summaries, plan, variants, output);
    if (!output.json && (quiet || variants)) tellWarnings(summaries, output);
    return tellExpectations(summaries, output);
  },
});

interface RunOptions {
  file: string;
  expect: boolean;
  quiet: boolean;
  signal: AbortSignal;
  output: Output;
}

async function performRuns(plan: readonly PlannedRun[], options: RunOptions): Promise<Summary[]> {
  const { file, expect, quiet, signal, output } = options;
  const folders: RunFolder[] = [];
  const summaries: Summary[] = [];
  try {
    // All of them first: a folder that cannot be written is found before the first run, not after it.
    for (const { target } of plan) folders.push(beginRunFolder(target));
    for (const [at, run] of plan.entries()) {
      const { scenario, alternatives } = run;
      const count = plan.length > 1 ? ` (${at + 1} of ${plan.length})` : '';
      const progress = output.progress(`${scenario.variant ?? scenario.name}${count}`, quiet);
      const command = repeatCommand(file, alternatives, scenario, expect);
      summaries.push(await writeRun(run, { folder: folders[at]!, expect, command, signal, progress }));
    }
  } catch (error) {
    throw summaries.length > 0 ? afterSome(error, plan.slice(0, summaries.length)) : error;
  } finally {
    for (const folder of folders) folder.discard();
  }
  return summaries;
}

/** Says which variants are done: they are kept. */
function afterSome(error: unknown, done: readonly PlannedRun[]): unknown {
  if (!(error instanceof RunError)) return error;
  const kept = done.map(({ target }) => target).join(', ');
  return new RunError(error.code, `${error.message} (done before, and kept: ${kept})`, { cause: error });
}

function printSummaries(
  summaries: readonly Summary[],
  plan: readonly PlannedRun[],
  variants: boolean,
  output: Output,
): void {
  const options = { colour: output.colour, width: output.width };
  output.print(
    variants
      ? variantsTable(summaries, options)
      : terminalSummary(summaries[0]!, options, networkNames(plan[0]!.target)),
  );
  output.print('');
  for (const { target } of plan) output.print(target);
}

/** From what was written down: a summary names no links. */
function networkNames(target: string): Parameters<typeof terminalSummary>[2] {
  const run = openRun(target);
  try {
    return { links: run.network('links'), runOuts: run.network('runOuts') };
  } finally {
    run.close();
  }
}

/** Read them before trusting the result: they stand in a run's summary, but not where there is none for people. */
function tellWarnings(summaries: readonly Summary[], output: Output): void {
  for (const summary of summaries)
    for (const { code, message } of summary.warnings)
      output.warning({ code, message: `${nameOf(summary)}: ${message}` });
}

/** Returns the exit status. */
function tellExpectations(summaries: readonly Summary[], output: Output): number {
  const missed = summaries.flatMap((summary) =>
    summary.expect
      .filter(({ held }) => !held)
      .map((one) => `${nameOf(summary)}: ${one.measure} is ${actualText(one)}, expected ${boundsText(one)}`),
  );
  for (const message of missed) output.error({ code: 'expectation-failed', message });
  return missed.length > 0 ? EXIT.checkFailed : EXIT.done;
}

function nameOf({ scenario, variant }: Summary): string {
  return variant === null ? scenario : `${scenario}, variant ${variant}`;
}
