/** The part of README.md that describes the tables, from their one description. */
import { markdownTable } from '../base/markdown-table.js';
import { TABLES, type Column, type Table } from './schema.js';
import { CHANGE_KINDS, fieldsOf } from './transaction-columns.js';

export const DOCS_BEGIN = '<!-- tables: generated from schema.ts by schema-docs.ts, and held equal by a test -->';
export const DOCS_END = '<!-- end of tables -->';

export function schemaDocs(): string {
  return [DOCS_BEGIN, ...TABLES.map(tableDocs), kindDocs(), DOCS_END].join('\n\n');
}

/** `readme` with its generated part as it should be. */
export function withSchemaDocs(readme: string): string {
  const begin = readme.indexOf(DOCS_BEGIN);
  const end = readme.indexOf(DOCS_END);
  if (begin < 0 || end < begin) return `${readme.trimEnd()}\n\n${schemaDocs()}\n`;
  return readme.slice(0, begin) + schemaDocs() + readme.slice(end + DOCS_END.length);
}

function tableDocs({ name, about, columns, key }: Table): string {
  const rows = columns.map((column) => [
    `\`${column.name}\`${key.includes(column.name) ? ' (key)' : ''}`,
    typeOf(column),
    column.unit ?? '',
    column.about,
  ]);
  return `### ${name}\n\n${about}\n\n${markdownTable(['column', 'type', 'unit', 'what it is'], rows)}`;
}

function typeOf({ type, nullable }: Column): string {
  return nullable ? `${type} or NULL` : type;
}

function kindDocs(): string {
  const rows = CHANGE_KINDS.map((kind) => [
    `\`${kind}\``,
    fieldsOf(kind)
      .map(({ column }) => `\`${column}\``)
      .join(', '),
  ]);
  return `### Kinds of transaction\n\nBeside \`lane\`, \`number\`, \`at_micros\` and \`kind\`, a kind fills these columns:\n\n${markdownTable(['kind', 'columns'], rows)}`;
}
