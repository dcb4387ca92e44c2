/**
 * The files that `initial` names, as texts and as the inventory in them. Guarantees that a file is read once however many
 * variants name it, and that what is wrong in it is told at its place there.
 */
import { InputError, type Problem } from '../base/errors.js';
import { textAt } from './data-files.js';
import { INVENTORY_TABLES, type Inventory, type InventoryFormat, type InventoryTables } from './inventory.js';
import { pathFrom, textOf } from './open-document.js';
import type { ReadFile } from './read-text.js';
import { entryOf, type TreeNode } from './tree.js';

/** Texts by the key of `initial` that holds them in a scenario that stands on its own. */
export type InitialTexts = Partial<Record<'data' | 'vmsData' | 'accountsData', string>>;

export interface ReadData {
  texts: InitialTexts;
  /** null: `initial` names none that can be read. */
  inventory: Inventory | null;
  problems: Problem[];
}

/** Where a text is from: a file, or the document itself. */
interface Source {
  path: string;
  text: string | null;
  node: TreeNode;
}

export class InitialData {
  private readonly read = new Map<string, ReadData>();

  constructor(
    private readonly readers: Readonly<Record<string, InventoryFormat>>,
    private readonly readFile?: ReadFile,
  ) {}

  of(root: TreeNode): ReadData {
    const initial = entryOf(root, 'initial')?.node;
    const name = textAt(initial, 'format')?.value;
    const format = name !== undefined && Object.hasOwn(this.readers, name) ? this.readers[name] : undefined;
    const main = sourceAt(initial, 'file', 'data');
    if (!format || !main) return { texts: {}, inventory: null, problems: [] };
    const allowed = typeof format === 'function' ? [] : format.tables;
    const tables = INVENTORY_TABLES.filter((table) => allowed.includes(table)).flatMap((table) => {
      const source = sourceAt(initial, table, `${table}Data`);
      return source ? [{ table, source }] : [];
    });
    const key = JSON.stringify([
      name,
      main.path,
      main.text,
      tables.map(({ table, source: { path, text } }) => [table, path, text]),
    ]);
    let known = this.read.get(key);
    if (!known) this.read.set(key, (known = this.readAll(format, main, tables)));
    return known;
  }

  private readAll(
    format: InventoryFormat,
    main: Source,
    tables: readonly { table: keyof InventoryTables; source: Source }[],
  ): ReadData {
    const problems: Problem[] = [];
    const text = this.textOf(main, problems);
    const texts: InitialTexts = text === null ? {} : { data: text };
    const given: InventoryTables = {};
    for (const { table, source } of tables) {
      const tableText = this.textOf(source, problems);
      if (tableText === null) continue;
      given[table] = { text: tableText, file: source.path };
      texts[`${table}Data`] = tableText;
    }
    if (text === null || problems.length > 0) return { texts, inventory: null, problems };
    const read = typeof format === 'function' ? format : format.read;
    try {
      return { texts, inventory: read(text, main.path, given), problems };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) problems.push(problem);
      return { texts, inventory: null, problems };
    }
  }

  private textOf({ path, text, node }: Source, problems: Problem[]): string | null {
    return text ?? textOf(path, node.origin, problems, this.readFile);
  }
}

function sourceAt(initial: TreeNode | undefined, fileKey: string, dataKey: string): Source | undefined {
  const data = textAt(initial, dataKey);
  if (data) return { path: `initial.${dataKey}`, text: data.value, node: data.node };
  const file = textAt(initial, fileKey);
  return file && { path: pathFrom(file.node.origin, file.value), text: null, node: file.node };
}
