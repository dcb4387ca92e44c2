/**
 * Columns of numbers from a Parquet file, of any compression that Parquet knows. Guarantees: a file that is none, is cut
 * off, or lacks a column is an InputError with the file; a cell that is no exact number, with column and row.
 */
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { InputError } from '../base/errors.js';
import { damaged } from './problem-list.js';
import { readBytes } from './source-files.js';

export async function readParquetColumns<Name extends string>(
  path: string,
  names: readonly Name[],
): Promise<Record<Name, number[]>> {
  const bytes = readBytes(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const metadata = await parquetMetadataAsync(file);
    const known = parquetSchema(metadata).children.map(({ element }) => element.name);
    const missing = names.filter((name) => !known.includes(name));
    if (missing.length > 0)
      throw damaged(`the table has no column '${missing.join("', '")}'; it has ${known.join(', ')}`, path);
    const rows = await parquetReadObjects({ file, metadata, columns: [...names], compressors });
    const columns = Object.fromEntries(names.map((name) => [name, new Array<number>(rows.length)]));
    rows.forEach((row, at) => {
      for (const name of names) columns[name]![at] = numberOf(row[name], () => `column ${name}, row ${at + 1}`, path);
    });
    return columns as Record<Name, number[]>;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw damaged(`this is no Parquet file, or it is damaged (${why})`, path);
  }
}

function numberOf(value: unknown, where: () => string, path: string): number {
  if (typeof value === 'bigint') {
    if (BigInt(Number(value)) === value) return Number(value);
  } else if (value instanceof Date) return value.getTime();
  else if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw damaged(
    `${where()}: a number is due (found ${value === null || value === undefined ? 'nothing' : String(value).slice(0, 40)})`,
    path,
  );
}
