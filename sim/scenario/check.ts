/**
 * Every check of an effective document, all of them whatever the others find: what is not built yet, the schema, and on
 * the raw document the references and sums that a schema cannot see.
 */
import type { z } from 'zod';
import type { Problem } from '../base/errors.js';
import { checkBroadcast } from './checks/broadcast.js';
import { checkCapacity } from './checks/capacity.js';
import type { CheckContext } from './checks/context.js';
import { checkCourse } from './checks/course.js';
import { checkFlows } from './checks/flows.js';
import { checkNetwork } from './checks/network.js';
import { checkReferences } from './checks/references.js';
import { checkThrottles } from './checks/throttles.js';
import { checkWorkload } from './checks/workload.js';
import { checkZones } from './checks/zones.js';
import { Cursor } from './cursor.js';
import { refuseNotBuilt } from './not-built-yet.js';
import { issuePaths, schemaProblems } from './schema-problems.js';
import { scenarioSchema, type ScenarioFile } from './schema/scenario.js';
import { nodeAt, replaceAt, toPlain, type TreeNode, type TreePath } from './tree.js';

export interface Checked {
  problems: Problem[];
  /** The document as checked: texts from the command line as the schema wants them. */
  root: TreeNode;
  /** Where there are no problems. */
  file: ScenarioFile | null;
}

export function check(given: TreeNode, context: CheckContext): Checked {
  const { root, data, issues } = parseTyped(given);
  const refused = refuseNotBuilt(root);
  const covered = (path: TreePath): boolean => refused.some((one) => isWithin(path, one.path));
  const open = issues.filter((issue) => !issuePaths(root, issue).some(covered));
  const problems = [...refused.map(({ problem }) => problem), ...schemaProblems(scenarioSchema, root, open)];
  const cursor = new Cursor(root, problems);
  checkReferences(cursor, context);
  checkZones(cursor, context);
  checkNetwork(cursor);
  checkCapacity(cursor, context);
  checkThrottles(cursor);
  checkCourse(cursor, context);
  checkWorkload(cursor, context);
  checkFlows(cursor, context);
  checkBroadcast(cursor, context);
  return { problems, root, file: problems.length === 0 ? data : null };
}

interface Typed {
  root: TreeNode;
  data: ScenarioFile | null;
  issues: readonly z.core.$ZodIssue[];
}

/**
 * Parsed by the schema. On the command line everything is text: where the schema wants text and --set gave what YAML
 * takes for a number (`--set name=2024`), the text is taken.
 */
function parseTyped(root: TreeNode): Typed {
  const first = parse(root);
  let retyped = root;
  for (const issue of first.issues) {
    const path = issue.path as TreePath;
    const node = nodeAt(root, path);
    if (issue.code !== 'invalid_type' || issue.expected !== 'string') continue;
    if (node?.kind === 'scalar' && 'argument' in node.origin)
      retyped = replaceAt(retyped, path, { ...node, value: node.source });
  }
  return retyped === root ? first : parse(retyped);
}

function parse(root: TreeNode): Typed {
  const parsed = scenarioSchema.safeParse(toPlain(root));
  return parsed.success ? { root, data: parsed.data, issues: [] } : { root, data: null, issues: parsed.error.issues };
}

function isWithin(path: TreePath, outer: TreePath): boolean {
  return outer.every((step, at) => path[at] === step);
}
