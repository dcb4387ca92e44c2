/** How the project's files are laid out and written, as functions from files to problems. */
import ts from 'typescript';
import { placeOf, treeOf, walk, type Source } from './sources.js';

const FIXED = ['package.json', 'tsconfig.json', 'README.md', 'sim', 'scenarios', 'models', 'viz', 'reports', 'test'];
/** What tools need beside them; dot files and dot folders too. */
const FOR_TOOLS = ['LICENSE', 'package-lock.json', 'tsconfig.base.json', 'eslint.config.js', 'vitest.config.ts'];

export function topLevelProblems(names: readonly string[]): string[] {
  const allowed = new Set([...FIXED, ...FOR_TOOLS]);
  return names
    .filter((name) => !name.startsWith('.') && !allowed.has(name))
    .map((name) => `${name}: the top level is fixed (${FIXED.join(' ')}): put it into the folder that it belongs to`);
}

export const LONGEST_FILE_LINES = 350;

/** `allowed` says, by path, why a file is longer. */
export function lengthProblems(sources: readonly Source[], allowed: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  for (const { path, text } of sources) {
    const lines = text.trimEnd().split('\n').length;
    if (lines > LONGEST_FILE_LINES && !Object.hasOwn(allowed, path))
      problems.push(`${path}: ${lines} lines: split it by what its parts guarantee (${LONGEST_FILE_LINES} at most)`);
    if (lines <= LONGEST_FILE_LINES && Object.hasOwn(allowed, path))
      problems.push(`${path}: ${lines} lines: no longer too long, take it off the list`);
  }
  const known = new Set(sources.map(({ path }) => path));
  for (const path of Object.keys(allowed))
    if (!known.has(path)) problems.push(`${path}: on the list, but there is no such file`);
  return problems;
}

/** Configuration that its tool wants as a default export. */
const DEFAULT_EXPORT_NEEDED = /(^|\/)(eslint|vitest|vite)\.config\.[jt]s$/;

export function defaultExportProblems(sources: readonly Source[]): string[] {
  const problems: string[] = [];
  for (const source of sources.filter(({ path }) => !DEFAULT_EXPORT_NEEDED.test(path))) {
    walk(treeOf(source), (node) => {
      const byModifier =
        ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
      const byName = ts.isExportSpecifier(node) && node.name.text === 'default';
      if (ts.isExportAssignment(node) || byModifier || byName)
        problems.push(`${placeOf(source, node)}: default export: give it a name, the file's`);
    });
  }
  return problems;
}

/** Tests say what they expect in their names; every other file begins with what it guarantees. */
export function headerProblems(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => /^(sim|models|reports|viz|test)\//.test(path) && !path.endsWith('.test.ts'))
    .filter(({ text }) => !/^(#!.*\n)?\/\*\*[\s\S]{10,}?\*\//.test(text))
    .map(({ path }) => `${path}:1: begin with a comment that says what the file guarantees`);
}

// Put together here so that this file does not hold what it looks for.
const HOMES = ['work', 'home', 'root', 'Users', 'mnt'].join('|');
const MACHINE_PATH = new RegExp(`(?<![\\w.@/-])/(${HOMES})/\\w`);
const REGISTRY = new RegExp(['https?://[\\w.-]*regi' + 'stry[\\w.-]*', '"resol' + 'ved": "http'].join('|'));
const UNFINISHED = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);

/** Any text file. */
export function textProblems(files: readonly Source[]): string[] {
  const problems: string[] = [];
  for (const { path, text } of files) {
    text.split('\n').forEach((line, at) => {
      const place = `${path}:${at + 1}`;
      if (MACHINE_PATH.test(line))
        problems.push(`${place}: a path of one machine: make it relative, or take it from the environment`);
      if (REGISTRY.test(line))
        problems.push(`${place}: a registry's address: leave it to the user's npm configuration`);
      if (UNFINISHED.test(line))
        problems.push(`${place}: unfinished: finish it, or say in sim/LIMITATIONS.md what is missing`);
    });
  }
  return problems;
}

/** SQL without an order gives rows in an order that another version of the database may change. */
export function sqlProblems(sources: readonly Source[]): string[] {
  const problems: string[] = [];
  for (const source of sources) {
    walk(treeOf(source), (node) => {
      const whole = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
      if (!whole) return;
      for (const statement of node.getText(treeOf(source)).slice(1, -1).split(';'))
        if (needsOrder(statement, isPrepared(node)))
          problems.push(`${placeOf(source, node)}: SELECT without ORDER BY: say which order the rows come in`);
    });
  }
  return problems;
}

/** Whether the text is handed to the database here: then it is SQL in capitals or not. Elsewhere capitals tell it from prose. */
function isPrepared(node: ts.Node): boolean {
  const call = node.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
  return ['prepare', 'exec'].includes(call.expression.name.text);
}

/** A single row of aggregates has no order, and a view's belongs to the query over it. */
function needsOrder(statement: string, prepared: boolean): boolean {
  const text = prepared ? statement.trim().toUpperCase() : statement.trim();
  if (!/^(SELECT|(WITH|INSERT)\b[\s\S]*\bSELECT)\b/.test(text) || !/\bFROM\b/.test(text)) return false;
  if (/\bORDER\s+BY\b/.test(text)) return false;
  const columns = /^SELECT\s+([\s\S]*?)\bFROM\b/.exec(text)?.[1];
  const aggregates = columns
    ?.split(/,(?![^(]*\))/)
    .every((column) => /^\s*(COUNT|SUM|MIN|MAX|AVG|TOTAL)\s*\(/i.test(column));
  return !(aggregates === true && !/\bGROUP\s+BY\b/.test(text));
}
