/**
 * The effective document as YAML: after extends, variant, --set and --seed, with the data it reads put in, so that it
 * loads to the same scenario on its own, from any folder, and is the same on every machine.
 */
import { Document, isMap, Scalar } from 'yaml';
import { scenarioSchema } from './schema/scenario.js';
import { toPlain, type TreeNode } from './tree.js';

/** The texts of the files that sections name; null: they name none. */
export interface DataTexts {
  initial: string | null;
  trace: string | null;
}

export function writeYaml(root: TreeNode, variant: string | null, texts: DataTexts): string {
  const plain = toPlain(root) as Record<string, unknown>;
  delete plain.extends;
  delete plain.variants;
  if (variant !== null) plain.variant = variant;
  const keys = Object.keys(scenarioSchema.shape).filter((key) => plain[key] !== undefined);
  const document = new Document(Object.fromEntries(keys.map((key) => [key, plain[key]])), {
    aliasDuplicateObjects: false,
  });
  document.commentBefore = ' The scenario as it ran: after extends, variant, --set and --seed, with its data.';
  putIn(document.get('initial'), texts.initial);
  putIn(document.getIn(['workload', 'trace']), texts.trace);
  return document.toString({ lineWidth: 0 });
}

/** In place of the file's name. */
function putIn(section: unknown, data: string | null): void {
  if (data === null || !isMap(section)) return;
  section.delete('file');
  const scalar = new Scalar(data);
  // Quotes keep every character; single ones, which need no escapes, where there is no line to break.
  scalar.type = /[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/.test(data) ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
  section.set('data', scalar);
}
