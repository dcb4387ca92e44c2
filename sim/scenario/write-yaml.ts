/**
 * The effective document as YAML: after extends, variant, --set and --seed, with the data it reads put in, so that it
 * loads to the same scenario on its own, from any folder, and is the same on every machine.
 */
import { Document, isMap, Scalar } from 'yaml';
import type { InitialTexts } from './initial-data.js';
import { scenarioSchema } from './schema/scenario.js';
import { toPlain, type TreeNode } from './tree.js';

/** Of the files that sections name; null: the section names none. */
export interface DataTexts {
  /** By the key of `initial` that holds each instead. */
  initial: InitialTexts;
  trace: string | null;
  flows: string | null;
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
  const initial = document.get('initial');
  if (isMap(initial))
    for (const [key, text] of Object.entries(texts.initial)) {
      initial.delete(FILE_KEYS[key as keyof InitialTexts]);
      initial.set(key, quoted(text));
    }
  put(document.getIn(['workload', 'trace']), texts.trace);
  put(document.get('flows'), texts.flows);
  return document.toString({ lineWidth: 0 });
}

function put(section: unknown, text: string | null): void {
  if (text === null || !isMap(section)) return;
  section.delete('file');
  section.set('data', quoted(text));
}

/** What names the file whose text stands in the key. */
const FILE_KEYS = { data: 'file', vmsData: 'vms', accountsData: 'accounts' } as const;

/** Quotes keep every character; single ones, which need no escapes, where there is no line to break. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = /[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/.test(text) ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
  return scalar;
}
