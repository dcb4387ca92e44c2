/** `podtwin report`. Guarantees that what it writes comes from the recorded run alone: nothing is run again. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { htmlReport } from '../../reports/html-report.js';
import { EXIT } from '../base/errors.js';
import { openRun } from '../store/open-run.js';
import { RUN_FILES } from '../store/run-files.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { shellQuote } from './shell-quote.js';
import { checkReportFile, checkTablesFolder, writeReportFile, writeTables } from './write-report.js';

export const reportCommand = command({
  about:
    "Writes a recorded run's report again, as this version of podtwin writes it, and its tables as CSV: links, switches, " +
    'customers, broadcast, overloads, storage, transfers, run-outs, samples, VLAN IDs, bills and refusals. A former report, or ' +
    'a former folder of tables, is replaced as a whole; anything else that is there is left as it is.',
  positionals: { RUN: { describe: "A run's folder, or its results.sqlite" } },
  options: {
    html: {
      type: 'text',
      value: 'FILE',
      describe: `The report; default: ${RUN_FILES.report} beside the database, unless --csv is given`,
    },
    csv: { type: 'text', value: 'DIR', describe: 'A folder for the tables, a file each' },
    ...JSON_OPTION,
  },
  examples: [
    ['report out/quickstart-42', 'writes out/quickstart-42/report.html again'],
    ['report results.sqlite --html planned.html', 'of a database that came without its folder'],
    ['report out/quickstart-42 --csv tables', 'tables/links.csv and the others, for a spreadsheet'],
  ],
  exits: [
    [EXIT.done, 'written'],
    [EXIT.wrongInput, 'no such run, or something else is where the output is to go; nothing is written'],
    [EXIT.runFailed, 'it cannot be written'],
  ],
  run({ RUN: path, html: given, csv }, output) {
    const run = openRun(path);
    try {
      const folder = statSync(path).isDirectory() ? path : dirname(path);
      const html = given ?? (csv === undefined ? join(folder, RUN_FILES.report) : null);
      // Both of them first: where one cannot be written, neither is.
      if (html !== null) checkReportFile(html);
      if (csv !== undefined) checkTablesFolder(csv);
      if (html !== null) writeReportFile(html, htmlReport(run, { command: repeatCommand(folder) }));
      const files = csv === undefined ? [] : writeTables(csv, run);
      const tables = csv === undefined ? null : { folder: csv, files };
      if (output.json) output.printJson({ run: path, digest: run.summary.digest, html, csv: tables });
      if (html !== null) output.print(`${html}: written`);
      for (const file of files) output.print(`${join(csv!, file)}: written`);
    } finally {
      run.close();
    }
    return EXIT.done;
  },
});

/** By the scenario as it ran: where it came from is not recorded. */
function repeatCommand(folder: string): string {
  const file = join(folder, RUN_FILES.scenario);
  return `podtwin run ${shellQuote(existsSync(file) ? (file.startsWith('-') ? `./${file}` : file) : RUN_FILES.scenario)}`;
}
