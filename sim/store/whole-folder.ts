/**
 * A folder that is put in place as a whole. The work is done in a hidden folder beside the target and moved into place at
 * the end: whoever interrupts it finds the former content whole, or none, never half of one.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { assert } from '../base/assert.js';
import { RunError } from '../base/errors.js';

export interface FolderKind {
  /** What it is in messages: "run". */
  what: string;
  /** Throws where the target is something that must not be replaced; looked at before and after the work. */
  check(target: string): void;
}

export class WholeFolder {
  /** Where to write: it becomes the target when all is there. */
  readonly path: string;
  private readonly target: string;
  private readonly made: string | undefined;
  private open = true;

  /** What `check` throws; RunError where nothing can be written. */
  constructor(
    target: string,
    private readonly kind: FolderKind,
  ) {
    const path = resolve(target);
    // A link goes on pointing to where the folder is.
    this.target = existsSync(path) ? realpathSync(path) : path;
    kind.check(this.target);
    const parent = dirname(this.target);
    this.made = this.orCannotWrite(() => mkdirSync(parent, { recursive: true }));
    this.orCannotWrite(() => tidy(this.target));
    this.path = this.orCannotWrite(() => newFolder(this.target));
  }

  /** Writes a file into it; RunError where there is no room. */
  write(name: string, content: string): void {
    assert(this.open, 'the folder is still open');
    this.orCannotWrite(() => writeFileSync(join(this.path, name), content));
  }

  /** Puts what was written in the target's place; what was there is gone then, as a whole. */
  commit(): void {
    if (!this.open) return;
    // It may have been put there meanwhile.
    this.kind.check(this.target);
    this.orCannotWrite(() => {
      for (const name of readdirSync(this.path)) syncPath(join(this.path, name));
      replace(this.path, this.target);
      syncPath(dirname(this.target));
    });
    this.open = false;
  }

  /** Takes everything back. After `commit` it does nothing, so that it may stand in a `finally`. */
  discard(): void {
    if (!this.open) return;
    this.open = false;
    rmSync(this.path, { recursive: true, force: true });
    removeEmpty(dirname(this.target), this.made);
  }

  private orCannotWrite<Result>(work: () => Result): Result {
    return orCannotWrite(this.kind.what, dirname(this.target), work);
  }
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

/** Clears up after processes that were killed: a half-written folder goes, a former one that lost its place gets it back. */
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

/** Another process may put its own there in between: then ours replaces that one. */
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

/** Folders that were made for it, from the innermost up, as long as nothing else came into them. */
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

function orCannotWrite<Result>(what: string, folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    const why = WHY[code] ?? `it failed with ${code}`;
    throw new RunError('cannot-write', `${folder}: the ${what} cannot be written here: ${why}`, { cause });
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
