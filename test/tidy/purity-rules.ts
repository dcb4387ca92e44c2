/** What pure layers may not use, read from the syntax tree; each message says what to use instead. */
import ts from 'typescript';
import { PURE } from './import-table.js';
import { placeOf, treeOf, walk, type Source } from './sources.js';

const TIME = 'time comes in as an argument (now, atMicros)';
const DEADLINE = 'return the earliest deadline (wakeAt), or schedule an event on the lane';
const WAIT = 'return data and be called again with what was waited for';
const LOCALE = 'not the same on every machine: compare with < and >, format with sim/base';
const OUTSIDE = 'pass it in from sim/run or sim/cli';

/** Names of the surroundings, and what to use instead. */
const GLOBALS: Readonly<Record<string, string>> = {
  Date: TIME,
  performance: TIME,
  setTimeout: DEADLINE,
  setInterval: DEADLINE,
  setImmediate: DEADLINE,
  clearTimeout: DEADLINE,
  clearInterval: DEADLINE,
  clearImmediate: DEADLINE,
  queueMicrotask: DEADLINE,
  Promise: WAIT,
  Intl: LOCALE,
  WeakRef: 'what the garbage collector does is not the same in every run: remove entries yourself',
  FinalizationRegistry: 'what the garbage collector does is not the same in every run: remove entries yourself',
  console: 'return it, or record it',
  process: OUTSIDE,
  globalThis: OUTSIDE,
  require: OUTSIDE,
  fetch: OUTSIDE,
  crypto: 'draw from a stream of sim/engine/streams, or from the draw() that is passed in',
  Buffer: 'use Uint8Array or DataView',
  eval: OUTSIDE,
};

/** Of Math, what is exact everywhere, and log and exp, which a test pins. */
const MATH = new Set(
  (
    'abs ceil floor round trunc sign min max sqrt fround imul clz32 log log1p exp expm1 ' +
    'PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2'
  ).split(' '),
);

function mathInstead(name: string): string {
  if (name === 'random') return 'draw from a stream of sim/engine/streams, or from the draw() that is passed in';
  if (name === 'pow') return 'multiply, or write Math.exp(y * Math.log(x)): pow is not the same on every machine';
  if (name === 'hypot') return 'write Math.sqrt(x * x + y * y)';
  return 'not the same on every machine: use arithmetic, Math.log, Math.exp or Math.sqrt';
}

/** Methods of any object. */
const METHODS: Readonly<Record<string, string>> = {
  localeCompare: LOCALE,
  toLocaleString: LOCALE,
  toLocaleUpperCase: LOCALE,
  toLocaleLowerCase: LOCALE,
  toLocaleDateString: LOCALE,
  toLocaleTimeString: LOCALE,
};

export function purityProblems(sources: readonly Source[]): string[] {
  return sources.filter(({ path }) => PURE.some((folder) => path.startsWith(`${folder}/`))).flatMap(impurities);
}

/** What no layer does on the way from input to result, pure or not: chance without a seed, orders of a locale. */
export function chanceProblems(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => /^(sim|models|reports)\//.test(path))
    .flatMap((source) => {
      const found: string[] = [];
      walk(treeOf(source), (node) => {
        const member = memberOf(node);
        const banned =
          member !== null &&
          ((member.object === 'Math' && member.name === 'random') || Object.hasOwn(METHODS, member.name));
        const what = banned ? `${member.object ?? ''}.${member.name}` : null;
        const instead = banned ? (METHODS[member.name] ?? mathInstead(member.name)) : LOCALE;
        if (what !== null || (ts.isIdentifier(node) && node.text === 'Intl' && isReference(node)))
          found.push(`${placeOf(source, node)}: ${what ?? 'Intl'}: ${instead}`);
      });
      return found;
    });
}

function impurities(source: Source): string[] {
  const found: string[] = [];
  walk(treeOf(source), (node) => {
    const problem = impurityOf(node);
    if (problem !== null) found.push(`${placeOf(source, node)}: ${problem}`);
  });
  return found;
}

function impurityOf(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return `async: ${WAIT}`;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return `await: ${WAIT}`;
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
      return `**: ${mathInstead('pow')}`;
  }
  if (ts.isStringLiteralLike(node) && node.text.startsWith('node:') && isSpecifier(node))
    return `${node.text}: ${OUTSIDE}`;
  const member = memberOf(node);
  if (member?.object === 'Math' && !MATH.has(member.name)) return `Math.${member.name}: ${mathInstead(member.name)}`;
  if (member && Object.hasOwn(METHODS, member.name)) return `.${member.name}: ${METHODS[member.name]}`;
  if (ts.isIdentifier(node) && Object.hasOwn(GLOBALS, node.text) && isReference(node))
    return `${node.text}: ${GLOBALS[node.text]}`;
  if (ts.isVariableDeclaration(node) && node.initializer && isMath(node.initializer))
    return 'Math as a value: write Math.name(...) where it is used';
  return null;
}

const isMath = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'Math';

/** `object.name` or `object['name']`; object is null where it is no plain name. */
function memberOf(node: ts.Node): { object: string | null; name: string } | null {
  const of = (object: ts.Expression, name: string): { object: string | null; name: string } => ({
    object: ts.isIdentifier(object) ? object.text : null,
    name,
  });
  if (ts.isPropertyAccessExpression(node)) return of(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return of(node.expression, node.argumentExpression.text);
  return null;
}

/** Whether the name means the global thing: not a member, a key, or a declaration's own name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  if (ts.isParameter(parent) || ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isGetAccessorDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isEnumMember(parent) ||
    ts.isNamedTupleMember(parent) ||
    ts.isLabeledStatement(parent)
  );
}

function isSpecifier(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword)
  );
}
