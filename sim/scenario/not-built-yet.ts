/**
 * What the format has and this version does not act on. Such a key is refused at its place: to ignore it would change
 * what a result means. What is merely recorded (power models, ping intervals) is not refused. To build something, delete its
 * row and give its key a schema.
 */
import type { Problem } from '../base/errors.js';
import { entryOf, formatPath, keyOriginAt, problemAt, type TreeNode, type TreePath } from './tree.js';

interface NotBuiltYet {
  /** `*` stands for any list entry or key. */
  path: string;
  what: string;
  /** Values that are built; of maps and lists none is. Absent: the key is refused whatever it says. */
  except?: RegExp;
}

const NONE = /^none$/;

export const NOT_BUILT_YET: readonly NotBuiltYet[] = [
  { path: 'management.backup', what: 'a backup management cluster' },
  { path: 'policies.placement.exec', what: 'a policy in another program' },
  { path: 'policies.placement.module', what: 'a policy in a module of your own' },
  { path: 'policies.balance', except: NONE, what: 'rescheduling for load' },
  { path: 'policies.restart', what: 'restart after failures' },
  { path: 'policies.decisionTime', except: /^0+(\.0+)?\s*[a-z]+$/, what: "simulated time for a policy's thinking" },
  { path: 'failures', what: 'failures' },
];

export interface Refused {
  problem: Problem;
  path: TreePath;
}

export function refuseNotBuilt(root: TreeNode): Refused[] {
  return NOT_BUILT_YET.flatMap((row) =>
    matches(root, row.path.split('.'), [])
      .filter(([, node]) => isRefused(row, node))
      .map(([path]) => {
        const message = `${formatPath(root, path)} is not built yet (${row.what}); remove it to run the rest`;
        return { path, problem: problemAt('not-built-yet', keyOriginAt(root, path), message) };
      }),
  );
}

function isRefused({ except }: NotBuiltYet, node: TreeNode): boolean {
  const text = node.kind === 'scalar' ? node.source : null;
  return !(except && text !== null && except.test(text));
}

function matches(node: TreeNode, steps: readonly string[], path: TreePath): [TreePath, TreeNode][] {
  const [step, ...rest] = steps;
  if (step === undefined) return [[path, node]];
  return keysOf(node, step).flatMap((key) => {
    const entry = entryOf(node, key);
    return entry ? matches(entry.node, rest, [...path, key]) : [];
  });
}

function keysOf(node: TreeNode, step: string): (string | number)[] {
  if (step !== '*') return [step];
  if (node.kind === 'map') return [...node.entries.keys()];
  return node.kind === 'list' ? node.items.map((_, at) => at) : [];
}
