/**
 * A scenario document as a tree that knows where each part was written: in a file, or in an argument of the command
 * line. Trees are never changed: laying one over another, or setting a path, makes a new tree that shares what stays. A
 * null in a map means that the key is absent (so that a variant or an extending file can take something away).
 */
import type { Place, Problem } from '../base/errors.js';

/** `argument`: as given on the command line, e.g. "--set duration=7d". */
export type Origin = Place | { argument: string };

export type Scalar = string | number | boolean | null;

export type TreeNode =
  | { kind: 'map'; origin: Origin; entries: ReadonlyMap<string, Entry> }
  | { kind: 'list'; origin: Origin; items: readonly TreeNode[] }
  | { kind: 'scalar'; origin: Origin; value: Scalar; source: string };
export type MapNode = Extract<TreeNode, { kind: 'map' }>;

export interface Entry {
  keyOrigin: Origin;
  node: TreeNode;
}

/** Keys of maps and indices of lists, from the root. */
export type TreePath = readonly (string | number)[];

export function problemAt(code: string, origin: Origin, message: string): Problem {
  return 'argument' in origin
    ? { code, message: `${origin.argument}: ${message}` }
    : { code, message, place: { file: origin.file, line: origin.line, column: origin.column } };
}

/** The entry of a map, unless it is absent or null. */
export function entryOf(node: TreeNode | undefined, key: string | number): Entry | undefined {
  if (node?.kind === 'list') {
    const item = typeof key === 'number' ? node.items[key] : undefined;
    return item && { keyOrigin: item.origin, node: item };
  }
  const entry = node?.kind === 'map' ? node.entries.get(String(key)) : undefined;
  return entry && isNull(entry.node) ? undefined : entry;
}

export function nodeAt(root: TreeNode, path: TreePath): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const step of path) node = entryOf(node, step)?.node;
  return node;
}

/** Where the value at `path` is written; where there is none, the place of its key, or of what would hold it. */
export function originAt(root: TreeNode, path: TreePath): Origin {
  let node = root;
  for (const step of path) {
    const written: Entry | undefined = node.kind === 'map' ? node.entries.get(String(step)) : entryOf(node, step);
    if (!written) return node.origin;
    node = written.node;
  }
  return node.origin;
}

export function keyOriginAt(root: TreeNode, path: TreePath): Origin {
  const parent = nodeAt(root, path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.get(String(path.at(-1))) : undefined;
  return entry?.keyOrigin ?? originAt(root, path);
}

/** What a list entry is called in paths: its name, where it has one. */
export function nameOf(node: TreeNode): string | undefined {
  const name = entryOf(node, 'name')?.node;
  return name?.kind === 'scalar' && name.value !== null ? String(name.value) : undefined;
}

/** "zones.z1.pods.p.count": list entries by name where they have one, else by their index. */
export function formatPath(root: TreeNode, path: TreePath): string {
  const steps: string[] = [];
  let node: TreeNode | undefined = root;
  for (const step of path) {
    const next: TreeNode | undefined = entryOf(node, step)?.node;
    steps.push((typeof step === 'number' && next && nameOf(next)) || String(step));
    node = next;
  }
  return steps.join('.');
}

/** The plain value, for the schema: a key without a value is there, and has none. */
export function toPlain(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  const plain: Record<string, unknown> = {};
  for (const [key, entry] of node.entries) plain[key] = isNull(entry.node) ? undefined : toPlain(entry.node);
  return plain;
}

/** A tree for a plain value, all of it from one place. */
export function fromPlain(value: unknown, origin: Origin): TreeNode {
  if (Array.isArray(value)) return { kind: 'list', origin, items: value.map((item) => fromPlain(item, origin)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]): [string, Entry] => [
      key,
      { keyOrigin: origin, node: fromPlain(one, origin) },
    ]);
    return { kind: 'map', origin, entries: new Map(entries) };
  }
  return { kind: 'scalar', origin, value: value as Scalar, source: String(value) };
}

/** The tree with the node at `path`, which exists, replaced. */
export function replaceAt(root: TreeNode, path: TreePath, node: TreeNode): TreeNode {
  const [step, ...rest] = path;
  const entry = step === undefined ? undefined : entryOf(root, step);
  if (!entry) return node;
  const below = replaceAt(entry.node, rest, node);
  if (root.kind === 'list') return { ...root, items: root.items.map((item, at) => (at === step ? below : item)) };
  return withEntry(root as MapNode, String(step), { ...entry, node: below });
}

export function withEntry(map: MapNode, key: string, entry: Entry): MapNode {
  return { ...map, entries: new Map(map.entries).set(key, entry) };
}

export function isNull(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** "a map", "a list", "the text 'x'": what stands there, for messages. */
export function describeNode(node: TreeNode | undefined): string {
  if (!node || isNull(node)) return 'nothing';
  if (node.kind !== 'scalar') return `a ${node.kind}`;
  const text = node.source.length > 40 ? `${node.source.slice(0, 40)}...` : node.source;
  return typeof node.value === 'string' ? `the text '${text}'` : text;
}
