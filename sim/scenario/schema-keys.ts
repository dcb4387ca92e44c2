/** Which keys the schema knows at a path: for suggestions, and so that no list of keys is kept twice. */
import type { z } from 'zod';
import { nodeAt, type TreeNode, type TreePath } from './tree.js';

/** What this file needs of zod's definitions. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: readonly z.ZodType[];
  items?: readonly z.ZodType[];
  getter?: () => z.ZodType;
}

export function keysAt(schema: z.ZodType, path: TreePath, root: TreeNode): string[] {
  let schemas = objects(schema);
  path.forEach((step, at) => {
    const value = nodeAt(root, path.slice(0, at + 1));
    schemas = schemas.flatMap((one) => stepInto(one, step)).flatMap((one) => objects(one, value));
  });
  return schemas.flatMap((one) =>
    Object.keys(definition(one).shape ?? {}).filter((key) => !isNever(definition(one).shape![key]!)),
  );
}

function definition(schema: z.ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

/** Wrappers taken off, unions spread. */
function objects(schema: z.ZodType, value?: TreeNode): z.ZodType[] {
  const def = definition(schema);
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : def.type === 'lazy' ? def.getter?.() : undefined);
  if (inner) return objects(inner, value);
  return def.options ? def.options.flatMap((option) => objects(option, value)) : [schema];
}

function stepInto(schema: z.ZodType, step: string | number): z.ZodType[] {
  const def = definition(schema);
  const next = typeof step === 'number' ? (def.element ?? def.items?.[step]) : (def.valueType ?? def.shape?.[step]);
  return next ? [next] : [];
}

/** A key that is refused as not built yet is no suggestion. */
function isNever(schema: z.ZodType): boolean {
  return objects(schema).every((one) => definition(one).type === 'never');
}
