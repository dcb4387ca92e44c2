/**
 * Places in JSON text: JSON.parse gives values without them, so they are looked for only once something is wrong. Guarantees
 * a 1-based line and column for any path into text that JSON.parse accepts.
 */
export type JsonPath = readonly (string | number)[];

/** "cluster_list[0].host_info[3].node_id" */
export function formatJsonPath(path: JsonPath): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
    line++;
    start = end + 1;
  }
  return { line, column: Math.min(offset, text.length) - start + 1 };
}

/** Where the value at `path` begins; where the path leads nowhere, the innermost value on it that exists. */
export function jsonPlace(text: string, path: JsonPath): { line: number; column: number } {
  let at = skipSpace(text, 0);
  for (const step of path) {
    const next = typeof step === 'number' ? itemAt(text, at, step) : memberAt(text, at, step);
    if (next < 0) break;
    at = next;
  }
  return lineAndColumn(text, at);
}

/**
 * Where text that JSON.parse refuses stops being JSON, and what stands there. The engine's own message is not used: it has
 * the position in some versions only.
 */
export function syntaxErrorPlace(text: string): { line: number; column: number; found: string } {
  const offset = syntaxErrorOffset(text);
  const found = offset >= text.trimEnd().length ? 'the end of the file' : `'${text[offset]!}'`;
  return { ...lineAndColumn(text, offset), found };
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Walks the text with the open brackets on a stack of its own; answers with the first offset that fits no rule. */
function syntaxErrorOffset(text: string): number {
  const open: ('{' | '[')[] = [];
  let at = skipSpace(text, 0);
  for (;;) {
    // A value is due here (or the end of a bracket that was just opened).
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char);
      at = skipSpace(text, at + 1);
      if (text[at] !== (char === '{' ? '}' : ']')) {
        if (char === '{') at = pastKey(text, at);
        if (at < 0) return -at - 1;
        continue;
      }
    } else {
      const end = char === '"' ? matchEnd(STRING, text, at) : matchEnd(SCALAR, text, at);
      if (end < 0) return at;
      at = end;
    }
    // A value ended: brackets close until a comma asks for the next one.
    for (at = skipSpace(text, at); ; at = skipSpace(text, at + 1)) {
      const inner = open.at(-1);
      if (inner === undefined) return at;
      if (text[at] === ',') break;
      if (text[at] !== (inner === '{' ? '}' : ']')) return at;
      open.pop();
    }
    at = skipSpace(text, at + 1);
    if (open.at(-1) === '{') at = pastKey(text, at);
    if (at < 0) return -at - 1;
  }
}

/** Past `"key":` to its value; a negative number, -offset - 1, where there is none. */
function pastKey(text: string, at: number): number {
  const end = matchEnd(STRING, text, at);
  if (end < 0) return -at - 1;
  const colon = skipSpace(text, end);
  return text[colon] === ':' ? skipSpace(text, colon + 1) : -colon - 1;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function itemAt(text: string, list: number, index: number): number {
  if (text[list] !== '[') return -1;
  let at = skipSpace(text, list + 1);
  for (let item = 0; text[at] !== ']'; item++) {
    if (item === index) return at;
    at = afterComma(text, skipValue(text, at));
  }
  return -1;
}

/** The last member of that name counts, as for JSON.parse. */
function memberAt(text: string, map: number, key: string): number {
  if (text[map] !== '{') return -1;
  let found = -1;
  let at = skipSpace(text, map + 1);
  while (text[at] !== '}') {
    const keyEnd = skipString(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (JSON.parse(text.slice(at, keyEnd)) === key) found = value;
    at = afterComma(text, skipValue(text, value));
  }
  return found;
}

function afterComma(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === ',' ? skipSpace(text, at + 1) : at;
}

/** Past one value: brackets are counted, strings jumped over, so that depth costs no stack. */
function skipValue(text: string, start: number): number {
  let at = start;
  let depth = 0;
  do {
    const char = text[at]!;
    if (char === '"') at = skipString(text, at);
    else if (char === '{' || char === '[') {
      depth++;
      at++;
    } else if (char === '}' || char === ']') {
      depth--;
      at++;
    } else if (depth > 0) at++;
    else while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++;
  } while (depth > 0);
  return at;
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
