/**
 * The folder that a run is written into: put in place as a whole (whole-folder.ts). A folder that is no run is never
 * replaced.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../base/errors.js';
import { RUN_FILES } from './run-files.js';
import { APPLICATION_ID } from './schema.js';
import { WholeFolder } from './whole-folder.js';

/** "quickstart-no-defrag-42", and with `--set` a short hash of what was set. */
export function runFolderName(scenario: string, variant: string | null, seed: number, setHash?: string): string {
  const parts = [scenario, variant, String(seed), setHash].filter((part) => part !== null && part !== undefined);
  const name = parts.join('-').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return name.replace(/^[.-]+/, '') || 'run';
}

/** Six hex digits that tell one list of settings from another, order included: later ones win. */
export function hashOfSettings(settings: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 6);
}

export type RunFolder = WholeFolder;

/** InputError where the target is something else than a run or an empty folder; RunError where nothing can be written. */
export function beginRunFolder(target: string): WholeFolder {
  return new WholeFolder(target, { what: 'run', check: checkTarget });
}

function checkTarget(target: string): void {
  const no = (why: string): InputError =>
    InputError.of('not-a-run-folder', `${target}: ${why}: choose another folder with --out`);
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) throw no('there is a file of this name');
  if (isWithin(process.cwd(), target)) throw no('you are in this folder, and it would be replaced');
  const names = readdirSync(target);
  if (names.length === 0) return;
  for (const name of [RUN_FILES.summary, RUN_FILES.database])
    if (!names.includes(name)) throw no(`it is not empty and holds no run (there is no ${name}), so it is left alone`);
  const known: readonly string[] = Object.values(RUN_FILES);
  const other = names.find((name) => !known.includes(name));
  if (other !== undefined) throw no(`it holds '${other}' beside a run, which would be lost`);
  if (!isOurs(join(target, RUN_FILES.database)))
    throw no(`its ${RUN_FILES.database} is not of a run of podtwin, so it is left alone`);
}

/** Whether the path is the folder, or below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

/** By the header of the file, without opening it as a database. */
function isOurs(path: string): boolean {
  const header = Buffer.alloc(72);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, header.length, 0) < header.length) return false;
  } finally {
    closeSync(file);
  }
  return header.toString('latin1', 0, 15) === 'SQLite format 3' && header.readInt32BE(68) === APPLICATION_ID;
}
