/**
 * YAML text to a tree with places. Guarantees: of broken YAML the first error only (the others follow from it); every
 * repeated key; no alias that contains itself, and none that blows up; no tag that would make code of text.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Place, Problem } from '../base/errors.js';
import { problemAt, type Entry, type Origin, type Scalar, type TreeNode } from './tree.js';

/** Nodes of a document with its aliases written out: far above any inventory, far below what fills a memory. */
const MAX_NODES = 2_000_000;

export interface Parsed {
  /** null: nothing to go on with. */
  root: TreeNode | null;
  problems: Problem[];
}

export function parseYaml(text: string, file: string): Parsed {
  return parse(text, (place) => ({ file, ...place }));
}

/** The value of a command-line argument: YAML, so that numbers, lists and maps can be given. */
export function parseArgument(text: string, argument: string): Parsed {
  return parse(text, () => ({ argument }));
}

function parse(text: string, origin: (place: Omit<Place, 'file'>) => Origin): Parsed {
  const lines = new LineCounter();
  const at = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset);
    return origin({ line: Math.max(1, line), column: Math.max(1, col) });
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, merge: false });
    const broken = document.errors[0] ?? document.warnings[0];
    if (broken) {
      const problem = problemAt(
        'yaml-syntax',
        at(broken.pos[0]),
        `broken YAML: ${advice(broken.code, broken.message)}`,
      );
      return { root: null, problems: [problem] };
    }
    const builder = new Builder(at);
    const root = document.contents === null ? null : builder.node(document.contents as Node);
    return { root: builder.tooLarge ? null : root, problems: builder.problems };
  } catch (error) {
    // Thousands of brackets in each other exhaust the parser's stack.
    if (!(error instanceof RangeError)) throw error;
    const problem = problemAt(
      'yaml-syntax',
      origin({ line: 1, column: 1 }),
      'broken YAML: nested too deeply to be read',
    );
    return { root: null, problems: [problem] };
  }
}

/** What to do about the mistakes that people make most. */
function advice(code: string, message: string): string {
  const said = message.replace(/ at line \d+, column \d+:?[^]*$/, '');
  if (/Nested mappings|implicit keys|BLOCK_AS_IMPLICIT_KEY/.test(message) || code === 'BLOCK_AS_IMPLICIT_KEY')
    return `${said}; a text that contains ': ' must stand in quotes, and keys of one map in one column`;
  if (/call stack/.test(message)) return 'nested too deeply to be read';
  if (code === 'TAB_AS_INDENT') return `${said}; indent with spaces`;
  if (code === 'MULTIPLE_DOCS') return 'a scenario file holds one document; remove the line "---" or "..."';
  if (code === 'TAG_RESOLVE_FAILED') return `${said}; tags (!name) are not read`;
  return said;
}

class Builder {
  readonly problems: Problem[] = [];
  /** Aliases make it more than can be checked: nothing else is told of the document. */
  tooLarge = false;
  private readonly anchors = new Map<string, { node: TreeNode; size: number } | 'open'>();
  private size = 0;

  constructor(private readonly at: (offset: number) => Origin) {}

  node(from: Node): TreeNode {
    const origin = this.at(from.range?.[0] ?? 0);
    if (isAlias(from)) return this.alias(from.source, origin);
    const anchor = (from as { anchor?: string }).anchor;
    const before = this.size++;
    if (anchor !== undefined) this.anchors.set(anchor, 'open');
    const node = this.content(from, origin);
    if (anchor !== undefined) this.anchors.set(anchor, { node, size: this.size - before });
    return node;
  }

  private content(from: Node, origin: Origin): TreeNode {
    if (isMap(from)) return { kind: 'map', origin, entries: this.entries(from as YamlMap) };
    if (isSeq(from)) return { kind: 'list', origin, items: from.items.map((item) => this.item(item, origin)) };
    const value: unknown = isScalar(from) ? from.value : null;
    const source = isScalar(from) && typeof from.source === 'string' ? from.source : String(value);
    return { kind: 'scalar', origin, value: scalar(value), source };
  }

  private item(item: unknown, origin: Origin): TreeNode {
    return item === null ? { kind: 'scalar', origin, value: null, source: '' } : this.node(item as Node);
  }

  private entries(map: YamlMap): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const { key, value } of map.items) {
      const keyOrigin = this.at(key?.range?.[0] ?? map.range?.[0] ?? 0);
      const name = isScalar(key) && key.value !== null ? String(key.source ?? key.value) : null;
      const node = this.item(value, keyOrigin);
      if (name === null || name === '__proto__')
        this.problem('wrong-type', keyOrigin, 'a key must be a name; put it in quotes if it begins with [ { * & ! ?');
      else if (entries.has(name))
        this.problem(
          'duplicate-key',
          keyOrigin,
          `'${name}' stands twice in this map: remove one, or put them together`,
        );
      else entries.set(name, { keyOrigin, node });
    }
    return entries;
  }

  private alias(name: string, origin: Origin): TreeNode {
    const nothing: TreeNode = { kind: 'scalar', origin, value: null, source: '' };
    const found = this.anchors.get(name);
    if (found === undefined || found === 'open') {
      const why = found === 'open' ? 'stands inside what it names' : 'names nothing further up';
      this.problem('yaml-syntax', origin, `the alias *${name} ${why}; put a text that begins with * in quotes`);
      return nothing;
    }
    this.size += found.size;
    if (this.size <= MAX_NODES) return found.node;
    this.size -= found.size;
    if (this.tooLarge) return nothing;
    this.tooLarge = true;
    this.problem('yaml-syntax', origin, `the alias *${name} makes the document larger than ${MAX_NODES} values`);
    return nothing;
  }

  private problem(code: string, origin: Origin, message: string): void {
    this.problems.push(problemAt(code, origin, message));
  }
}

interface YamlMap {
  range?: Document['range'];
  items: { key: (Node & { source?: string }) | null; value: Node | null }[];
}

function scalar(value: unknown): Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : String(value);
}
