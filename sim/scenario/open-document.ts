/**
 * A scenario file with everything it extends, as one tree. Guarantees: every file is read once; a circle is refused; what
 * is wrong with a file on the way is told at its place there.
 */
import path from 'node:path';
import { InputError, type Problem } from '../base/errors.js';
import { layOver } from './merge.js';
import { parseYaml } from './parse-yaml.js';
import { FileFault, readText, type ReadFile } from './read-text.js';
import { describeNode, entryOf, problemAt, type Origin, type TreeNode } from './tree.js';

export interface Opened {
  /** null: nothing can be checked, the problems say why. */
  root: TreeNode | null;
  problems: Problem[];
}

export function openDocument(file: string, readFile?: ReadFile): Opened {
  const problems: Problem[] = [];
  const root = open(file, { file, line: 1, column: 1 }, [], problems, readFile);
  return { root, problems };
}

/** Where a path is taken from: the folder of the file that holds it; on the command line, the working folder. */
export function pathFrom(origin: Origin, written: string): string {
  return path.isAbsolute(written) || 'argument' in origin ? written : path.join(path.dirname(origin.file), written);
}

/** `asked`: what named the file. `above`: the files that led here. */
function open(
  file: string,
  asked: Origin,
  above: readonly string[],
  problems: Problem[],
  readFile?: ReadFile,
): TreeNode | null {
  const text = textOf(file, asked, problems, readFile);
  if (text === null) return null;
  const whole: Origin = { file, line: 1, column: 1 };
  const { root, problems: found } = parseYaml(text, file);
  for (const problem of found) problems.push(problem);
  if (!root) {
    if (found.length === 0)
      problems.push(
        problemAt('empty-file', whole, "the file is empty; begin with 'podtwin: 1', or see 'podtwin init'"),
      );
    return null;
  }
  if (root.kind !== 'map') {
    const message = `a scenario is a map that begins with 'podtwin: 1'; this is ${describeNode(root)}`;
    problems.push(problemAt('wrong-type', root.origin, message));
    return null;
  }
  const base = entryOf(root, 'extends')?.node;
  if (base?.kind !== 'scalar' || typeof base.value !== 'string') return root;
  const basePath = pathFrom(base.origin, base.value);
  const chain = [...above, path.resolve(file)];
  if (chain.includes(path.resolve(basePath))) {
    const message = `extends: '${base.value}' leads back to a file that extends this one; remove one of the two`;
    problems.push(problemAt('extends-circle', base.origin, message));
    return null;
  }
  const below = open(basePath, base.origin, chain, problems, readFile);
  return below && layOver(below, root);
}

/** A file named by a document or the command line; null after telling what is wrong with it. */
export function textOf(file: string, asked: Origin, problems: Problem[], readFile?: ReadFile): string | null {
  try {
    return readText(file, readFile);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const own = error.place ? { file, ...error.place } : asked;
    const named = 'file' in own && own.file === file ? '' : `'${file}': `;
    problems.push(problemAt('unreadable-file', own, `${named}${error.message}`));
    return null;
  }
}

/** The tree, or every problem as an InputError. */
export function openOrThrow(file: string, readFile?: ReadFile): TreeNode {
  const { root, problems } = openDocument(file, readFile);
  if (!root || problems.length > 0) throw new InputError(problems);
  return root;
}
