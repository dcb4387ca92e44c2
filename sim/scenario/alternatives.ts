/** What lies over the file: a variant, --set arguments, --seed; in this order. */
import type { Problem } from '../base/errors.js';
import { suggestion } from './nearest.js';
import { parseArgument } from './parse-yaml.js';
import { PathError, setAt } from './paths.js';
import { entryOf, fromPlain, problemAt, type Entry, type Origin, type TreeNode } from './tree.js';

export function variantNamesOf(root: TreeNode): string[] {
  const variants = entryOf(root, 'variants')?.node;
  return variants?.kind === 'map' ? [...variants.entries.keys()] : [];
}

export function withVariant(root: TreeNode, name: string, problems: Problem[]): TreeNode {
  const variants = entryOf(root, 'variants')?.node;
  const variant = entryOf(variants, name)?.node;
  if (!variant) {
    const message = `the file has no variant '${name}'${suggestion(name, variantNamesOf(root)) || '; it has none'}`;
    problems.push(problemAt('unknown-name', { argument: `--variant ${name}` }, message));
    return root;
  }
  // What is no map of paths is told by the schema.
  const paths: Iterable<[string, Entry]> = variant.kind === 'map' ? variant.entries : [];
  let result = root;
  for (const [path, { keyOrigin, node }] of paths)
    result = set(result, path, node, keyOrigin, `variants.${name}: `, problems);
  return result;
}

export function withArgument(root: TreeNode, given: string, problems: Problem[]): TreeNode {
  const origin: Origin = { argument: `--set ${given}` };
  const equals = given.indexOf('=');
  if (equals < 0) {
    problems.push(problemAt('wrong-path', origin, 'write PATH=VALUE, e.g. --set duration=2d'));
    return root;
  }
  const value = parseArgument(given.slice(equals + 1), origin.argument);
  for (const problem of value.problems) problems.push(problem);
  if (!value.root && value.problems.length > 0) return root;
  return set(root, given.slice(0, equals).trim(), value.root ?? fromPlain(null, origin), origin, '', problems);
}

export function withSeed(root: TreeNode, seed: number): TreeNode {
  const origin: Origin = { argument: `--seed ${seed}` };
  return setAt(root, 'seed', fromPlain(seed, origin), origin);
}

function set(
  root: TreeNode,
  path: string,
  value: TreeNode,
  origin: Origin,
  prefix: string,
  problems: Problem[],
): TreeNode {
  try {
    return setAt(root, path, value, origin);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    problems.push(problemAt('wrong-path', origin, prefix + error.message));
    return root;
  }
}
