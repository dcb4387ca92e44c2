/**
 * Where `podtwin report` writes. Guarantees: a file or folder is whole or as it was, and only a former report, or a former
 * folder of tables, is ever replaced.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CSV_TABLES, csvName, csvTable } from '../../reports/csv.js';
import { REPORT_MARK } from '../../reports/html-report.js';
import { InputError, RunError } from '../base/errors.js';
import type { RecordedRun } from '../store/open-run.js';
import { isWithin } from '../store/run-folder.js';
import { columnNames } from '../store/schema.js';
import { WholeFolder } from '../store/whole-folder.js';

/** Before anything is read or written. */
export function checkReportFile(file: string): void {
  const no = (why: string): InputError => InputError.of('not-a-report', `${file}: ${why}: choose another with --html`);
  const folder = dirname(file);
  if (!existsSync(folder))
    throw InputError.of('no-such-folder', `${file}: there is no folder ${folder}: make it first`);
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) throw no('it is a folder');
  if (!readFileSync(file, 'utf8').includes(REPORT_MARK)) throw no('it is no report of podtwin, and is left as it is');
}

export function writeReportFile(file: string, text: string): void {
  checkReportFile(file);
  const partial = join(dirname(file), `.report.partial-${process.pid}`);
  try {
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (cause) {
    throw new RunError('cannot-write', `${file}: it cannot be written: ${(cause as Error).message}`, { cause });
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Before anything is read or written: a folder of nothing but tables as they are written here, or none. */
export function checkTablesFolder(folder: string): void {
  const no = (why: string): InputError =>
    InputError.of('not-a-tables-folder', `${folder}: ${why}: choose another folder with --csv`);
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw no('there is a file of this name');
  if (isWithin(process.cwd(), folder)) throw no('you are in this folder, and it would be replaced');
  const known = new Map(CSV_TABLES.map((table) => [csvName(table), table]));
  for (const name of readdirSync(folder)) {
    const table = known.get(name);
    if (table === undefined) throw no(`it holds '${name}', which podtwin report did not write, and is left alone`);
    const path = join(folder, name);
    const head = statSync(path).isFile() ? readFileSync(path, 'utf8').split('\n', 1)[0]! : '';
    // Another version may have had other columns, but a table of ours begins with its key.
    if (!/^[a-z0-9_,]+$/.test(head) || head.split(',')[0] !== columnNames(table)[0])
      throw no(`its '${name}' is no table of podtwin, and is left alone`);
  }
}

/** Names of the files. */
export function writeTables(target: string, run: RecordedRun): string[] {
  const folder = new WholeFolder(target, { what: 'folder of tables', check: checkTablesFolder });
  try {
    for (const table of CSV_TABLES) folder.write(csvName(table), csvTable(run, table));
    folder.commit();
    return CSV_TABLES.map(csvName);
  } finally {
    folder.discard();
  }
}
