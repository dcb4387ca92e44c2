/** The files in a tar archive. Guarantees that one that is damaged or cut off is an InputError. */
import { extract } from 'tar-stream';
import { damaged } from './problem-list.js';

export interface TarEntry {
  name: string;
  bytes: Uint8Array;
}

/** `archive`: unpacked, if it was packed; `file` names it in errors. */
export function tarEntries(archive: Uint8Array, file: string): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  return new Promise((resolve, reject) => {
    const reader = extract();
    const refuse = (error: unknown): void =>
      reject(
        damaged(
          `this is no tar archive, or it is damaged or cut off (${error instanceof Error ? error.message : String(error)})`,
          file,
        ),
      );
    reader.on('entry', ({ name, type }, stream, next) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk as Buffer));
      stream.on('error', refuse);
      stream.on('end', () => {
        // Hidden ones are what systems put beside people's data.
        if (type === 'file' && !name.split('/').some((part) => part.startsWith('.') && part !== '.'))
          entries.push({ name, bytes: Buffer.concat(chunks) });
        next();
      });
    });
    reader.on('finish', () => resolve(entries));
    reader.on('error', refuse);
    reader.end(archive);
  });
}
