/**
 * Files as text. Guarantees: what cannot be read, or is no UTF-8, is a FileFault in words for people, with the place of
 * the first wrong byte where there is one. The only part of this layer that touches the file system.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { humanQuantity, MIB } from '../base/units.js';

export class FileFault extends Error {
  override readonly name = 'FileFault';
  constructor(
    message: string,
    /** Inside the file; absent: the file as a whole. */
    readonly place?: { line: number; column: number },
  ) {
    super(message);
  }
}

export type ReadFile = (path: string) => string;

/** `readFile` stands in for the file system in tests and tools; what it throws is told like an error of the system. */
export function readText(path: string, readFile?: ReadFile): string {
  let bytes: Uint8Array | string;
  try {
    bytes = readFile ? readFile(path) : readBytes(path);
  } catch (error) {
    throw error instanceof FileFault ? error : new FileFault(wordsOf(error));
  }
  return typeof bytes === 'string' ? bytes.replace(/^\uFEFF/, '') : decoded(bytes);
}

const LARGEST_BYTES = 256 * MIB;
const CHUNK_BYTES = MIB;

/** What came out of a pipe: it can be read once, and is asked for again. */
const piped = new Map<string, Uint8Array>();

/** To the end, which a device may not have. */
function readBytes(path: string): Uint8Array {
  const known = piped.get(path);
  if (known) return known;
  const file = openSync(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    for (let size = 0; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readSync(file, chunk);
      if (count === 0) break;
      size += count;
      if (size > LARGEST_BYTES)
        throw new FileFault(`it is larger than ${humanQuantity('memory', LARGEST_BYTES)}, which no scenario is`);
      chunks.push(chunk.subarray(0, count));
    }
    const bytes = Buffer.concat(chunks);
    if (!fstatSync(file).isFile()) piped.set(path, bytes);
    return bytes;
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // As a stream, the beginning of a character that goes wrong further on is held back.
    const good = new TextDecoder('utf-8').decode(bytes.subarray(0, firstWrongByte(bytes)), { stream: true });
    const lines = good.split('\n');
    const place = { line: lines.length, column: lines.at(-1)!.length + 1 };
    throw new FileFault('this is no UTF-8 text; save the file as UTF-8', place);
  }
}

/** The longest prefix that decodes, found by halving: a prefix cut inside a character still counts as good. */
function firstWrongByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

function wordsOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EISDIR: 'it is a folder, not a file',
    EACCES: 'it may not be read (permission denied)',
    EPERM: 'it may not be read (permission denied)',
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}
