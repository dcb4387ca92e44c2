/** What the checks of references know beside the document. */
import { BUILT_IN_TYPES } from '../schema/datacenter.js';
import type { FlowTable } from '../flow-table.js';
import type { Inventory } from '../inventory.js';
import type { MeasureTree } from '../measures.js';
import { suggestion, withArticle } from '../nearest.js';
import type { Cursor } from '../cursor.js';
import type { TraceWorkload } from '../trace-workload.js';

export interface PolicyOptionCheck {
  name: string;
  /** What is due in place of the value, e.g. "write a number from 0 to 1"; null: it is right. */
  wrong(value: unknown): string | null;
}

/** What `broadcast` may set. */
export interface BroadcastParameter {
  name: string;
  /** For messages; of a table's size it is "entries". */
  unit: string;
}

export interface CheckContext {
  /** Placement policies, with the options that each takes. */
  policies: ReadonlyMap<string, readonly PolicyOptionCheck[]>;
  /** Defragmentation policies. */
  defragPolicies: readonly string[];
  /** Formats that `initial` can be read in, each with the tables that it takes beside its file. */
  formats: ReadonlyMap<string, readonly string[]>;
  /** Formats that `workload.trace` can be read in. */
  traceFormats: readonly string[];
  /** Whether `flows` may name a table. */
  readsFlows: boolean;
  broadcast: readonly BroadcastParameter[];
  measures: MeasureTree;
  /** Reasons for refusals; null: not known, so not checked. */
  reasons: readonly string[] | null;
  /** The hosts and VMs that `initial` brings; null: none, or not readable. */
  inventory: Inventory | null;
  /** The customers and VMs that `workload.trace` brings; null: none, or not readable. */
  trace: TraceWorkload | null;
  /** The table that `flows` names; null: none, or not readable. */
  flows: FlowTable | null;
}

export type TypeSection = keyof typeof BUILT_IN_TYPES;

/** The zone that `part` (an account, `initial`) names; without one, the first. */
export function homeZone(root: Cursor, part: Cursor): string | undefined {
  return part.get('zone').text() ?? root.names('zones')[0];
}

/** Declared types, then the built-in ones. */
export function typeNames(root: Cursor, section: TypeSection): string[] {
  return [...new Set([...root.get(section).keys(), ...Object.keys(BUILT_IN_TYPES[section])])];
}

/** What an entry without `type` has: the only one declared, else `preset` where that is unambiguous. */
export function defaultType(declared: readonly string[], preset: string): string | null {
  if (declared.length === 1) return declared[0]!;
  return declared.length === 0 || declared.includes(preset) ? preset : null;
}

/** Thousands of references to one list of names: make it a Set once. */
export function refer(cursor: Cursor, what: string, known: Iterable<string>): void {
  const name = cursor.text();
  if (name === undefined) return;
  const names = known instanceof Set ? (known as ReadonlySet<string>) : new Set(known);
  if (!names.has(name))
    cursor.report('unknown-name', `no ${what} '${name}' is declared${suggestion(name, [...names])}`);
}

export function referKeys(cursor: Cursor, what: string, known: readonly string[]): void {
  for (const name of cursor.keys())
    if (!known.includes(name))
      cursor.get(name).reportKey('unknown-name', `no ${what} '${name}' is declared${suggestion(name, known)}`);
}

/** Every name once; reported at the later one. */
export function unique(cursors: readonly Cursor[], what: string): void {
  const seen = new Set<string>();
  for (const cursor of cursors) {
    const name = cursor.get('name').text();
    if (name === undefined) continue;
    if (seen.has(name))
      cursor.get('name').report('duplicate-name', `${withArticle(what)} named '${name}' stands further up`);
    seen.add(name);
  }
}
