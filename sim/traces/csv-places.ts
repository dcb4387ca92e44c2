/** Where the records and cells of CSV text stand: the parser gives them without places. Empty lines are no records. */
export interface RecordStart {
  offset: number;
  /** 1-based, in the text. */
  line: number;
}

export function recordStarts(text: string): RecordStart[] {
  const starts: RecordStart[] = [];
  let line = 1;
  for (let offset = 0; offset < text.length;) {
    const end = recordEnd(text, offset);
    const record = text.slice(offset, end);
    if (record.trim() !== '') starts.push({ offset, line });
    line += count(record, '\n') + 1;
    offset = end + 1;
  }
  return starts;
}

/** 1-based column of the cell-th cell of the record at `offset`. */
export function cellColumn(text: string, offset: number, delimiter: string, cell: number): number {
  let at = offset;
  for (let found = 0, quoted = false; found < cell && at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '\n') return 1;
    else if (!quoted && char === delimiter) found++;
  }
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at - offset + 1;
}

/** The next line's end that is in no quotes. */
function recordEnd(text: string, offset: number): number {
  let open = false;
  for (let from = offset; ;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    if (count(text.slice(from, end), '"') % 2 === 1) open = !open;
    if (!open || end === text.length) return end;
    from = end + 1;
  }
}

function count(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found++;
  return found;
}
