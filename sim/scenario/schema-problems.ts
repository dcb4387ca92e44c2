/** From the schema's issues to problems with a place, in words that say what to write instead. */
import type { z } from 'zod';
import type { Problem } from '../base/errors.js';
import { nearest, suggestion } from './nearest.js';
import { keysAt } from './schema-keys.js';
import {
  describeNode,
  formatPath,
  keyOriginAt,
  nodeAt,
  originAt,
  problemAt,
  type TreeNode,
  type TreePath,
} from './tree.js';

type Issue = z.core.$ZodIssue;

/** zod's own words where the schema has none: to be replaced by ours. */
const NO_WORDS = /^Invalid (input|option|string)|^Too (small|big)|^Unrecognized/;

/** What to write for a key that must be there; a quantity's own message has its example. */
const EXAMPLES: Readonly<Record<string, string>> = {
  podtwin: '1',
  name: 'my-cloud',
  duration: '7d',
  zones: '[{name: z1, pods: [...]}]',
  hosts: '[{name: h, count: 4}]',
  offerings: '{small: {cpu: 1 core, memory: 2 GiB}}',
  account: 'acme',
  measure: 'fragmentation.mean',
  format: 'vm-rescheduling',
  'trace.format': 'podtwin-trace',
  from: 'z1/p01/h01',
  to: 'z1/p01/h02',
};

export function schemaProblems(schema: z.ZodType, root: TreeNode, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => flat(issue, root, [])).flatMap((issue) => problemsOf(schema, root, issue));
}

/** Where an issue of the schema lies, unions looked into. */
export function issuePaths(root: TreeNode, issue: Issue): TreePath[] {
  return flat(issue, root, []).map(({ path }) => path as TreePath);
}

/** Unions taken apart: of their branches, the one that what is written was meant for. */
function flat(issue: Issue, root: TreeNode, above: TreePath): Issue[] {
  const path = [...above, ...issue.path] as (string | number)[];
  const here = { ...issue, path } as Issue;
  if (issue.code !== 'invalid_union' || !NO_WORDS.test(issue.message) || issue.errors.length === 0) return [here];
  const node = nodeAt(root, path);
  const branches = issue.errors.map((errors) => errors.flatMap((error) => flat(error, root, path)));
  const meant = branches.filter((branch) => branch.every((error) => !isMismatch(error, node, path.length)));
  const kinds = branches.filter((branch) => branch.every(({ code }) => code !== 'invalid_value'));
  return meant[0] ?? kinds[0] ?? branches[0]!;
}

/** The branch is for another kind of value than the one that is written. */
function isMismatch(issue: Issue, node: TreeNode | undefined, depth: number): boolean {
  if (issue.path.length !== depth) return false;
  if (issue.code === 'invalid_value') return true;
  if (issue.code !== 'invalid_type') return false;
  const due =
    issue.expected === 'object' || issue.expected === 'record' ? 'map' : issue.expected === 'array' ? 'list' : 'scalar';
  return node !== undefined && node.kind !== due;
}

function problemsOf(schema: z.ZodType, root: TreeNode, issue: Issue): Problem[] {
  const path = issue.path as TreePath;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const where = path.length === 0 ? '' : ` in ${formatPath(root, path)}`;
      const message = `unknown key '${key}'${where}${suggestion(key, keysAt(schema, path, root))}`;
      return problemAt('unknown-key', keyOriginAt(root, [...path, key]), message);
    });
  if (issue.code === 'invalid_key') {
    const words = issue.issues[0]?.message ?? 'this key is no name';
    return [problemAt('wrong-value', keyOriginAt(root, path), `${formatPath(root, path)}: ${words}`)];
  }
  const node = nodeAt(root, path);
  const last = String(path.at(-1) ?? '');
  if (!node) {
    const example =
      EXAMPLES[path.slice(-2).join('.')] ?? EXAMPLES[last] ?? /e\.g\. ([^,;(]+)/.exec(issue.message)?.[1]?.trim();
    const what = example ? `; add e.g. '${last}: ${example}'` : '; add it';
    const message = `${formatPath(root, path)} is missing${what}`;
    return [problemAt('missing-key', originAt(root, path), message)];
  }
  const [code, words] = wordsFor(issue, node);
  const prefix = path.length === 0 ? '' : `${formatPath(root, path)}: `;
  return [problemAt(code, node.origin, prefix + words)];
}

function wordsFor(issue: Issue, node: TreeNode): [code: string, words: string] {
  if (!NO_WORDS.test(issue.message)) return [issue.code === 'custom' ? 'wrong-value' : 'wrong-type', issue.message];
  switch (issue.code) {
    case 'invalid_type':
      return ['wrong-type', `${typeWord(issue.expected)} is due here, not ${describeNode(node)}`];
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = node.kind === 'scalar' ? nearest(node.source, values) : undefined;
      const instead = near === undefined ? '' : `; did you mean '${near}'?`;
      return ['wrong-value', `${describeNode(node)} is not allowed here${instead} (allowed: ${values.join(', ')})`];
    }
    case 'too_small':
      return ['out-of-range', limit('at least', issue.origin, issue.minimum, issue.inclusive !== false)];
    case 'too_big':
      return ['out-of-range', limit('at most', issue.origin, issue.maximum, issue.inclusive !== false)];
    default:
      return ['wrong-value', `${describeNode(node)} is not allowed here`];
  }
}

function limit(word: string, of: string, bound: number | bigint, inclusive: boolean): string {
  if (of === 'array') return `${word} ${bound} ${bound === 1 ? 'entry is' : 'entries are'} due here`;
  if (of === 'string') return 'some text is due here';
  return inclusive ? `a number of ${word} ${bound} is due here` : `a number above ${bound} is due here`;
}

function typeWord(expected: string): string {
  const words: Record<string, string> = {
    object: 'a map (key: value)',
    record: 'a map (key: value)',
    array: 'a list',
    tuple: 'a list',
    string: 'text (in quotes if it looks like a number)',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
  };
  return words[expected] ?? expected;
}
