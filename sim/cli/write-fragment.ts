/**
 * The folder that a fragment is written into. Guarantees: it is put in place as a whole once all is in it; what is there
 * is replaced only where it is a former fragment of the same kind, or empty.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, RunError } from '../base/errors.js';
import { FRAGMENT_FILE, isFragment, type Fragment, type FragmentKind } from './trace-fragment.js';

const KNOWN = [FRAGMENT_FILE, 'vms.csv', 'hosts.csv', 'accounts.csv'];

/** Before the reading, which may take long. */
export function checkFragmentFolder(folder: string, kind: FragmentKind): void {
  const no = (why: string): InputError =>
    InputError.of('not-a-fragment-folder', `${folder}: ${why}: choose another folder with --out`);
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw no('there is a file of this name');
  const names = readdirSync(folder);
  if (names.length === 0) return;
  const other = names.find((name) => !KNOWN.includes(name));
  if (other !== undefined) throw no(`it holds '${other}', which is none of podtwin trace's, and is left alone`);
  if (!names.includes(FRAGMENT_FILE) || !isFragment(readFileSync(join(folder, FRAGMENT_FILE), 'utf8'), kind))
    throw no(`it is not empty and holds no ${kind} written by podtwin trace, so it is left alone`);
}

/** Names of the files, the fragment first. */
export function writeFragment(target: string, { kind, yaml, files }: Fragment): string[] {
  const folder = resolve(target);
  const parent = dirname(folder);
  let partial: string | null = null;
  try {
    mkdirSync(parent, { recursive: true });
    partial = join(parent, `.${basename(folder)}.partial-${process.pid}`);
    // Of a process that was killed, and had our number.
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial);
    const all = { [FRAGMENT_FILE]: yaml, ...files };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(partial, name), text);
    // It may have been put there meanwhile.
    checkFragmentFolder(folder, kind);
    replace(partial, folder);
    return Object.keys(all);
  } catch (error) {
    if (partial !== null) rmSync(partial, { recursive: true, force: true });
    if (error instanceof InputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new RunError('cannot-write', `${target}: it cannot be written: ${why}`, { cause: error });
  }
}

function replace(partial: string, folder: string): void {
  if (!existsSync(folder)) return renameSync(partial, folder);
  const former = `${partial}-former`;
  renameSync(folder, former);
  try {
    renameSync(partial, folder);
  } catch (error) {
    renameSync(former, folder);
    throw error;
  }
  rmSync(former, { recursive: true, force: true });
}
