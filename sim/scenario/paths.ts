/**
 * Paths as variants and --set write them: zones.z1.pods.p.count. A list entry is addressed by its name, or by its number
 * from 0; a map's key that is not there yet is made (the schema says afterwards whether it may be there).
 */
import { suggestion } from './nearest.js';
import { entryOf, isNull, nameOf, withEntry, type MapNode, type Origin, type TreeNode } from './tree.js';

/** Keys that say what a document is, or where it comes from: alternatives cannot set them. */
const FIXED = ['podtwin', 'extends', 'variants', 'variant'];

/** Where a path leads nowhere; the message says what there is instead. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

/** The tree with `value` at `path`; throws PathError. */
export function setAt(root: TreeNode, path: string, value: TreeNode, keyOrigin: Origin): TreeNode {
  const steps = path.split('.');
  if (path.trim() === '' || steps.includes(''))
    throw new PathError(`'${path}' is no path; write e.g. zones.z1.pods.p.count`);
  if (steps.includes('__proto__')) throw new PathError("'__proto__' is no key of a scenario");
  if (FIXED.includes(steps[0]!)) throw new PathError(`'${steps[0]}' cannot be set by a path`);
  return set(root, steps, 0, value, keyOrigin);
}

function set(node: TreeNode, steps: readonly string[], at: number, value: TreeNode, keyOrigin: Origin): TreeNode {
  const step = steps[at];
  if (step === undefined) return value;
  if (node.kind === 'scalar' && !isNull(node)) {
    const where = steps.slice(0, at).join('.');
    throw new PathError(`${where} is '${node.source}', not a map: nothing can be set inside it; set ${where} itself`);
  }
  if (node.kind === 'list') {
    const index = indexOf(node.items, steps, at);
    const items = [...node.items];
    items[index] = set(items[index]!, steps, at + 1, value, keyOrigin);
    return { ...node, items };
  }
  const map: MapNode = node.kind === 'map' ? node : emptyMap(keyOrigin);
  const below = entryOf(map, step);
  const last = at === steps.length - 1;
  return withEntry(map, step, {
    keyOrigin: below && !last ? below.keyOrigin : keyOrigin,
    node: set(below?.node ?? emptyMap(keyOrigin), steps, at + 1, value, keyOrigin),
  });
}

function indexOf(items: readonly TreeNode[], steps: readonly string[], at: number): number {
  const step = steps[at]!;
  const names = items.map(nameOf);
  const named = names.indexOf(step);
  if (named >= 0) return named;
  if (/^\d+$/.test(step) && Number(step) < items.length) return Number(step);
  const known = names.filter((name) => name !== undefined);
  const where = steps.slice(0, at).join('.');
  throw new PathError(
    `${where} has no entry '${step}'${suggestion(step, known)}${items.length === 0 ? '; it is empty' : ''}`,
  );
}

function emptyMap(origin: Origin): MapNode {
  return { kind: 'map', origin, entries: new Map() };
}
