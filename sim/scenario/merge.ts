/**
 * Laying a document over the one it extends: maps merge by key, everything else is replaced. A distribution is a choice,
 * not a collection: `{exponential: ...}` over `{lognormal: ...}` replaces it, although both are maps.
 */
import { DISTRIBUTION_KINDS } from './schema/distribution.js';
import type { Entry, MapNode, TreeNode } from './tree.js';

export function layOver(base: TreeNode, over: TreeNode): TreeNode {
  if (base.kind !== 'map' || over.kind !== 'map' || isChoice(over)) return over;
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key);
    entries.set(key, below ? { keyOrigin: entry.keyOrigin, node: layOver(below.node, entry.node) } : entry);
  }
  return { kind: 'map', origin: over.origin, entries };
}

function isChoice({ entries }: MapNode): boolean {
  const [key] = entries.keys();
  return entries.size === 1 && DISTRIBUTION_KINDS.some((kind) => kind === key);
}
