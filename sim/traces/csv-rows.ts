/**
 * CSV as rows of texts, with the place of every cell. Guarantees: rows have as many cells as the first one has (what does
 * not is a problem, and left out); empty lines are nothing; places are looked for only once something is wrong, so that
 * they cost nothing. Files larger than a text may be come in pieces that end with a line.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { Place } from '../base/errors.js';
import { cellColumn, recordStarts, type RecordStart } from './csv-places.js';
import { damaged, type ProblemList } from './problem-list.js';
import { decodeText } from './source-files.js';

export interface CsvOptions {
  delimiter?: ',' | ';';
  /** Line of the file that the text begins with. */
  firstLine?: number;
}

export class CsvRows {
  private starts: RecordStart[] | null = null;

  private constructor(
    private readonly text: string,
    readonly file: string,
    private readonly delimiter: string,
    private readonly firstLine: number,
    /** Cells without the spaces around them. */
    readonly rows: string[][],
  ) {}

  static parse(given: string, file: string, { delimiter = ',', firstLine = 1 }: CsvOptions = {}): CsvRows {
    const text = given.replace(/^\uFEFF/, '');
    try {
      const rows = parse(text, { ...OPTIONS, delimiter });
      return new CsvRows(text, file, delimiter, firstLine, rows);
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
      throw damaged(`this is no CSV: ${error.message}`, file, firstLine + line - 1);
    }
  }

  /** 0-based row and cell; without a cell, where the row begins. */
  place(row: number, cell = 0): Place {
    this.starts ??= recordStarts(this.text);
    const start = this.starts[row] ?? { offset: this.text.length, line: 1 };
    const column = cellColumn(this.text, start.offset, this.delimiter, cell);
    return { file: this.file, line: this.firstLine + start.line - 1, column };
  }

  /** Rows from `first` on that have `width` cells, with their number; others are told. */
  *whole(first: number, width: number, problems: ProblemList): Generator<[row: number, cells: string[]]> {
    for (let row = first; row < this.rows.length; row++) {
      const cells = this.rows[row]!;
      if (cells.length === width) yield [row, cells];
      else
        problems.add(`this row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}; ${width} are due`, () =>
          this.place(row),
        );
    }
  }
}

const OPTIONS = {
  // Both, in one file too.
  record_delimiter: ['\r\n', '\n'],
  ...{ trim: true, relax_column_count: true, skip_empty_lines: true },
};

const PIECE_BYTES = 16 * 1024 * 1024;

/** Pieces that end with a line and in which every quote is closed. */
export function* csvPieces(bytes: Uint8Array, file: string, pieceBytes = PIECE_BYTES): Generator<CsvRows> {
  let line = 1;
  for (let from = 0; from < bytes.length;) {
    let to = endOfLine(bytes, Math.min(bytes.length, from + pieceBytes));
    while (to < bytes.length && quotesIn(bytes, from, to) % 2 === 1) to = endOfLine(bytes, to + 1);
    const piece = bytes.subarray(from, to);
    yield CsvRows.parse(decodeText(piece, file, line), file, { firstLine: line });
    line += count(piece, 0x0a);
    from = to;
  }
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(0x0a, Math.max(0, from - 1));
  return end < 0 ? bytes.length : end + 1;
}

function quotesIn(bytes: Uint8Array, from: number, to: number): number {
  return count(bytes.subarray(from, to), 0x22);
}

function count(bytes: Uint8Array, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found++;
  return found;
}
