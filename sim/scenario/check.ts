/**
 * Every check of an effective document, all of them whatever the others find: what is not built yet, the schema, and on
 * the raw document the references and sums that a schema cannot see.
 */
import type { z } from 'zod';
import type { Problem } from '../base/errors.js';
import { checkCapacity } from './checks/capacity.js';
import type { CheckContext } from './checks/context.js';
import { checkCourse } from './checks/course.js';
import { checkReferences } from './checks/references.js';
import { checkZones } from './checks/zones.js';
import { Cursor } from './cursor.js';
import { refuseNotBuilt } from './not-built-yet.js';
import { issuePaths, schemaProblems } from './schema-problems.js';
import { scenarioSchema, type ScenarioFile } from './schema/scenario.js';
import { nodeAt, toPlain, type TreeNode, type TreePath } from './tree.js';

export interface Checked {
  problems: Problem[];
  /** Where there are no problems. */
  file: ScenarioFile | null;
}

export function check(root: TreeNode, context: CheckContext): Checked {
  const refused = refuseNotBuilt(root);
  const problems = refused.map(({ problem }) => problem);
  const { data, issues } = parseTyped(root);
  const covered = (path: TreePath): boolean => refused.some((one) => isWithin(path, one.path));
  const open = issues.filter((issue) => !issuePaths(root, issue).some(covered));
  problems.push(...schemaProblems(scenarioSchema, root, open));
  const cursor = new Cursor(root, problems);
  checkReferences(cursor, context);
  checkZones(cursor, context);
  checkCapacity(cursor, context);
  checkCourse(cursor, context);
  return { problems, file: problems.length === 0 ? data : null };
}

/**
 * Parsed by the schema. On the command line everything is text: where the schema wants text and --set gave what YAML
 * takes for a number (`--set name=2024`), the text is taken.
 */
function parseTyped(root: TreeNode): { data: ScenarioFile | null; issues: readonly z.core.$ZodIssue[] } {
  const plain = toPlain(root);
  const first = scenarioSchema.safeParse(plain);
  if (first.success) return { data: first.data, issues: [] };
  let retyped = 0;
  for (const issue of first.error.issues) {
    const path = issue.path as TreePath;
    const node = nodeAt(root, path);
    if (issue.code !== 'invalid_type' || issue.expected !== 'string') continue;
    if (node?.kind !== 'scalar' || !('argument' in node.origin)) continue;
    const holder = path.slice(0, -1).reduce((value, step) => (value as Record<string, unknown>)[step], plain);
    (holder as Record<string, unknown>)[path.at(-1)!] = node.source;
    retyped++;
  }
  const second = retyped > 0 ? scenarioSchema.safeParse(plain) : first;
  return second.success ? { data: second.data, issues: [] } : { data: null, issues: second.error.issues };
}

function isWithin(path: TreePath, outer: TreePath): boolean {
  return outer.every((step, at) => path[at] === step);
}
