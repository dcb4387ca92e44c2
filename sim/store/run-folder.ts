/**
 * The folder that a run is written into. The work is done in a hidden folder beside the target and moved into place at
 * the end: whoever interrupts a run finds the former result whole, or none, never half of one. A folder that is no run
 * is never replaced.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { assert } from '../base/assert.js';
import { InputError, RunError } from '../base/errors.js';
import { RUN_FILES } from './run-files.js';
import { APPLICATION_ID } from './schema.js';

export interface RunFolder {
  /** Where to write: it becomes the target when all is there. */
  readonly path: string;
  /** Writes a file into it; RunError where there is no room. */
  write(name: string, content: string): void;
  /** Puts what was written in the target's place; a former run there is gone then, as a whole. */
  commit(): void;
  /** Takes everything back. After `commit` it does nothing, so that it may stand in a `finally`. */
  discard(): void;
}

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

/** InputError where the target is something else than a run or an empty folder; RunError where nothing can be written. */
export function beginRunFolder(target: string): RunFolder {
  const path = resolve(target);
  // A link goes on pointing to where the run is.
  return new PartialFolder(existsSync(path) ? realpathSync(path) : path);
}

class PartialFolder implements RunFolder {
  readonly path: string;
  private readonly made: string | undefined;
  private open = true;

  constructor(private readonly target: string) {
    checkTarget(target);
    const parent = dirname(target);
    this.made = orCannotWrite(parent, () => mkdirSync(parent, { recursive: true }));
    orCannotWrite(parent, () => tidy(target));
    this.path = orCannotWrite(parent, () => newFolder(target));
  }

  write(name: string, content: string): void {
    assert(this.open, 'the run folder is still open');
    orCannotWrite(dirname(this.target), () => writeFileSync(join(this.path, name), content));
  }

  commit(): void {
    if (!this.open) return;
    // It may have been put there meanwhile.
    checkTarget(this.target);
    orCannotWrite(dirname(this.target), () => {
      for (const name of readdirSync(this.path)) syncPath(join(this.path, name));
      replace(this.path, this.target);
      syncPath(dirname(this.target));
    });
    this.open = false;
  }

  discard(): void {
    if (!this.open) return;
    this.open = false;
    rmSync(this.path, { recursive: true, force: true });
    removeEmpty(dirname(this.target), this.made);
  }
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

function isWithin(path: string, folder: string): boolean {
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

const PARTIAL = 'partial';
const FORMER = 'former';
const ATTEMPTS = 10;

/** Hidden names beside the target: `.name.partial-<pid>` is under way, `.name.former-<pid>` is being replaced. */
function hidden(target: string, kind: string, count = 0): string {
  return join(dirname(target), `.${basename(target)}.${kind}-${process.pid}${count === 0 ? '' : `.${count}`}`);
}

function newFolder(target: string): string {
  for (let count = 0; ; count++) {
    const path = hidden(target, PARTIAL, count);
    try {
      mkdirSync(path);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Clears up after processes that were killed: a half-written run goes, a former one that lost its place gets it back. */
function tidy(target: string): void {
  const parent = dirname(target);
  const pattern = /^(partial|former)-(\d+)(\.\d+)?$/;
  const prefix = `.${basename(target)}.`;
  for (const name of readdirSync(parent).sort()) {
    const match = name.startsWith(prefix) ? pattern.exec(name.slice(prefix.length)) : null;
    if (!match || isAlive(Number(match[2]))) continue;
    const path = join(parent, name);
    if (match[1] === FORMER && !existsSync(target)) renameSync(path, target);
    else rmSync(path, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process lives too.
    return codeOf(error) === 'EPERM';
  }
}

/** Another process may put its run there in between: then ours replaces that one. */
function replace(path: string, target: string): void {
  for (let attempt = 0; ; attempt++) {
    const former = freeName(target);
    const moved = tryRename(target, former, ['ENOENT']);
    try {
      if (!tryRename(path, target, attempt < ATTEMPTS ? ['ENOTEMPTY', 'EEXIST'] : [])) continue;
    } catch (error) {
      if (moved) tryRename(former, target, ['ENOTEMPTY', 'EEXIST']);
      throw error;
    } finally {
      if (existsSync(target)) rmSync(former, { recursive: true, force: true });
    }
    return;
  }
}

function freeName(target: string): string {
  let count = 0;
  while (existsSync(hidden(target, FORMER, count))) count++;
  return hidden(target, FORMER, count);
}

/** false where it failed with one of these codes. */
function tryRename(from: string, to: string, codes: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/** Folders that were made for the run, from the innermost up, as long as nothing else came into them. */
function removeEmpty(folder: string, first: string | undefined): void {
  if (first === undefined) return;
  for (let path = folder; path.startsWith(first); path = dirname(path)) {
    try {
      rmdirSync(path);
    } catch {
      return;
    }
  }
}

/** What is said to be there survives a power cut, where the file system can promise that (not all can for folders). */
function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'EBADF'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    closeSync(file);
  }
}

function orCannotWrite<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    const why = WHY[code] ?? `it failed with ${code}`;
    throw new RunError('cannot-write', `${folder}: the run cannot be written here: ${why}`, { cause });
  }
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'you may not write in this folder',
  EPERM: 'you may not write in this folder',
  EROFS: 'the file system is for reading only',
  ENOSPC: 'there is no space left: free some, or choose another folder with --out',
  EDQUOT: 'your quota is used up: free some space, or choose another folder with --out',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENAMETOOLONG: 'the name is too long',
};

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
