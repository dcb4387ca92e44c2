/**
 * The effective document as YAML: after extends, variant, --set and --seed, with the data it reads put in, so that it
 * loads to the same scenario on its own, from any folder, and is the same on every machine.
 */
import { Document, isMap, Scalar } from 'yaml';
import { scenarioSchema } from './schema/scenario.js';
import { toPlain, type TreeNode } from './tree.js';

/** `data`: the text of the file that `initial` names; null: it names none. */
export function writeYaml(root: TreeNode, variant: string | null, data: string | null): string {
  const plain = toPlain(root) as Record<string, unknown>;
  delete plain.extends;
  delete plain.variants;
  if (variant !== null) plain.variant = variant;
  const keys = Object.keys(scenarioSchema.shape).filter((key) => plain[key] !== undefined);
  const document = new Document(Object.fromEntries(keys.map((key) => [key, plain[key]])), {
    aliasDuplicateObjects: false,
  });
  document.commentBefore = ' The scenario as it ran: after extends, variant, --set and --seed, with its data.';
  const initial = document.get('initial');
  if (data !== null && isMap(initial)) {
    initial.delete('file');
    const scalar = new Scalar(data);
    // Quotes keep every character; single ones, which need no escapes, where there is no line to break.
    scalar.type = /[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/.test(data) ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
    initial.set('data', scalar);
  }
  return document.toString({ lineWidth: 0 });
}
