/**
 * The schema for editors (JSON Schema 2020-12), from the same source as the loader's checks. Guarantees: what it refuses
 * the loader refuses too; references, capacities and what is not built yet in a value only the loader sees.
 */
import { z } from 'zod';
import { scenarioSchema } from './schema/scenario.js';

export function jsonSchema(): object {
  const { required, ...schema } = z.toJSONSchema(scenarioSchema, { io: 'input' }) as Record<string, unknown>;
  return {
    ...schema,
    title: 'podtwin scenario',
    // What an extended file says need not be said again.
    anyOf: [{ required: ['extends'] }, { required }],
  };
}

/** As `podtwin schema` prints it and scenarios/schema.json holds it. */
export function jsonSchemaText(): string {
  return `${print(jsonSchema(), '', '')}\n`;
}

const LINE_WIDTH = 120;

/** JSON with short lists on one line, as the project's formatter has it. */
function print(value: unknown, indent: string, before: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const simple = value.every((item) => typeof item !== 'object' || item === null || Object.keys(item).length === 0);
    // A comma may follow.
    if (simple && before.length + flat.length + 1 <= LINE_WIDTH) return flat;
    return `[\n${value.map((item) => inner + print(item, inner, inner)).join(',\n')}\n${indent}]`;
  }
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + print(item, inner, start);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
