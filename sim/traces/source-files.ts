/**
 * Files and folders of a source as bytes and texts. Guarantees: gzip is seen by its first bytes, whatever the name; what
 * cannot be read, is cut off or is no UTF-8 is an InputError that names the file; folders list in the byte order of names.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../base/errors.js';
import { damaged } from './problem-list.js';

/** Unpacked, where it is packed. */
export function readBytes(file: string): Uint8Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw damaged(`the packed file is damaged or cut off (${why}); fetch it again`, file);
  }
}

export function readText(file: string): string {
  return decodeText(readBytes(file), file);
}

/** `firstLine`: where in the file these bytes begin. */
export function decodeText(bytes: Uint8Array, file: string, firstLine = 1): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged('this is no UTF-8 text', file, firstLine + lineOfWrongByte(bytes));
  }
}

/** Lines before the first that does not decode. */
function lineOfWrongByte(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const at = lenient.indexOf('\uFFFD');
  return lenient.slice(0, Math.max(0, at)).split('\n').length - 1;
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The files in a folder whose names match, or the file itself; hidden ones are nobody's data. */
export function filesOf(path: string, pattern = /./): string[] {
  if (!isFolder(path)) return [path];
  const names = readdirSync(path).filter((name) => !name.startsWith('.') && pattern.test(name));
  const files = names.sort(byBytes).map((name) => join(path, name));
  return files.filter((file) => !isFolder(file));
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function unreadable(path: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EISDIR: 'it is a folder, not a file',
    EACCES: 'it may not be read (permission denied)',
  };
  const why = words[code] ?? (error instanceof Error ? error.message : String(error));
  return InputError.of('unreadable-file', why, { file: path, line: 1, column: 1 });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
