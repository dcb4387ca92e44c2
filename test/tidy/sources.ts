/**
 * The project's files as the tidy tests see them: every rule is a function from sources to problems, so that each is also
 * tried on a planted violation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Source {
  /** Relative to the project, with forward slashes. */
  path: string;
  text: string;
}

/** What tools and runs leave behind; none of it is committed. */
export const LEFT_BY_TOOLS = new Set(['node_modules', 'dist', 'out', 'coverage', '.git']);

/** All files below `folder`, in order of their paths. */
export function filesBelow(folder: string, root = ROOT): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (LEFT_BY_TOOLS.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...filesBelow(path, root));
    else found.push(path);
  }
  return found.sort();
}

export function read(path: string, root = ROOT): Source {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

let all: Source[] | undefined;

/** Every TypeScript source of the project. */
export function projectSources(): Source[] {
  all ??= filesBelow('')
    .filter((path) => /\.(ts|tsx|mts)$/.test(path))
    .map((path) => read(path));
  return all;
}

const parsed = new WeakMap<Source, ts.SourceFile>();

/** The syntax tree: rules that read it cannot be misled by comments and strings. */
export function treeOf(source: Source): ts.SourceFile {
  let tree = parsed.get(source);
  if (tree === undefined) {
    tree = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
    parsed.set(source, tree);
  }
  return tree;
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** "sim/engine/lane.ts:12" */
export function placeOf(source: Source, node: ts.Node): string {
  const tree = treeOf(source);
  return `${source.path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

export interface Import {
  specifier: string;
  /** "sim/engine/lane.ts:12" */
  place: string;
  /** Vanishes when compiled. */
  typeOnly: boolean;
}

/** Every import and re-export, `import()` and `import()` types too. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  walk(treeOf(source), (node) => {
    const place = placeOf(source, node);
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      found.push({ specifier: node.moduleSpecifier.text, place, typeOnly });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, place, typeOnly: node.isTypeOnly });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal))
        found.push({ specifier: node.argument.literal.text, place, typeOnly: true });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument))
        found.push({ specifier: argument.text, place, typeOnly: false });
    }
  });
  return found;
}
