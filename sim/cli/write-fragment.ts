/**
 * The folder that a fragment is written into. Guarantees: it is put in place as a whole once all is in it; what is there
 * is replaced only where it is a former fragment of the same kind, or empty.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../base/errors.js';
import { WholeFolder } from '../store/whole-folder.js';
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
  const folder = new WholeFolder(target, { what: 'fragment', check: (path) => checkFragmentFolder(path, kind) });
  try {
    const all = { [FRAGMENT_FILE]: yaml, ...files };
    for (const [name, text] of Object.entries(all)) folder.write(name, text);
    folder.commit();
    return Object.keys(all);
  } finally {
    folder.discard();
  }
}
