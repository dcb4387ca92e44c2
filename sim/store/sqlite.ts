/**
 * The door to SQLite. The native module is loaded when first needed, so that nothing else depends on it, and every way in
 * which it or the disk can let us down comes out as an error that says what to do.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { InputError, RunError } from '../base/errors.js';

export type Database = BetterSqlite3.Database;
export type Statement = BetterSqlite3.Statement<unknown[]>;

/** From this major on the module's binaries need a newer interface of Node's than Node 20 has, and crash without it. */
const FIRST_MAJOR_WITH_NAPI_10 = 13;

let loaded: typeof BetterSqlite3 | undefined;

/** Loads the native module; `load` is for tests. */
export function loadBinding(load: NodeJS.Require = createRequire(import.meta.url)): typeof BetterSqlite3 {
  const advice = 'try "npm rebuild better-sqlite3", with this version of Node';
  try {
    const { version } = load('better-sqlite3/package.json') as { version: string };
    if (Number.parseInt(version) >= FIRST_MAJOR_WITH_NAPI_10 && Number(process.versions.napi) < 10)
      throw new Error(`better-sqlite3 ${version} needs a newer Node than ${process.version}`);
    const Binding = load('better-sqlite3') as typeof BetterSqlite3;
    // The module looks for its binary only when a database is opened.
    new Binding(':memory:').close();
    return Binding;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new RunError('sqlite-missing', `the SQLite module better-sqlite3 does not load (${why}): ${advice}`, {
      cause,
    });
  }
}

function binding(): typeof BetterSqlite3 {
  return (loaded ??= loadBinding());
}

export function createDatabase(path: string): Database {
  const Binding = binding();
  try {
    return new Binding(path);
  } catch (cause) {
    throw explained(path, cause);
  }
}

/** For reading only. */
export function openDatabase(path: string): Database {
  const Binding = binding();
  try {
    const database = new Binding(path, { readonly: true, fileMustExist: true });
    // Reads the header: a file that is no database shows only now.
    database.pragma('schema_version');
    return database;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** What is wrong with a database that somebody else wrote is wrong input; any other error is as it is. */
export function unreadable(path: string, cause: unknown): unknown {
  if (codeOf(cause) === null) return cause;
  return InputError.of('not-a-run', `${path}: not a database that can be read (${(cause as Error).message})`);
}

/** An error of the database's as one that names the file and says what to do; any other as it is. */
export function explained(path: string, cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === null) return cause;
  if (code.startsWith('SQLITE_FULL'))
    return new RunError('disk-full', `${path}: no space left to write the run: free some, or choose another folder`, {
      cause,
    });
  const { message } = cause as Error;
  if (/^SQLITE_(CANTOPEN|READONLY|IOERR|PERM)/.test(code))
    return new RunError(
      'cannot-write',
      `${path}: cannot be written (${message}): check that ${dirname(path)} exists, may be written, and has room`,
      { cause },
    );
  return new RunError('database-failed', `${path}: ${message} (${code})`, { cause });
}

/** SQLite's own code; null where the error is none of SQLite's. */
function codeOf(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('code' in cause)) {
    // The module says this one by itself, without a code.
    return cause instanceof TypeError && /directory does not exist/.test(cause.message) ? 'SQLITE_CANTOPEN' : null;
  }
  return typeof cause.code === 'string' && cause.code.startsWith('SQLITE_') ? cause.code : null;
}

/** The files that SQLite may leave beside a database. */
export function sideFiles(path: string): string[] {
  return ['-journal', '-wal', '-shm'].map((end) => path + end);
}
