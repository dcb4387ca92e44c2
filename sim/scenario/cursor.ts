/**
 * A tolerant look into a raw document: what is absent or of the wrong kind reads as undefined, so that references and
 * sums can be checked however much else is wrong. What the schema refuses, the schema reports; here it is passed over.
 */
import type { Problem } from '../base/errors.js';
import { parseQuantity, type QuantityKind } from '../base/units.js';
import { entryOf, formatPath, keyOriginAt, nodeAt, originAt, problemAt, type TreeNode, type TreePath } from './tree.js';

export class Cursor {
  constructor(
    private readonly root: TreeNode,
    private readonly problems: Problem[],
    readonly path: TreePath = [],
    private readonly node: TreeNode | undefined = nodeAt(root, path),
  ) {}

  get exists(): boolean {
    return this.node !== undefined;
  }

  get(...steps: string[]): Cursor {
    let node = this.node;
    for (const step of steps) node = entryOf(node, step)?.node;
    return new Cursor(this.root, this.problems, [...this.path, ...steps], node);
  }

  items(): Cursor[] {
    const items = this.node?.kind === 'list' ? this.node.items : [];
    return items.map((item, at) => new Cursor(this.root, this.problems, [...this.path, at], item));
  }

  keys(): string[] {
    return this.node?.kind === 'map' ? [...this.node.entries.keys()].filter((key) => this.get(key).exists) : [];
  }

  get isMap(): boolean {
    return this.node?.kind === 'map';
  }

  text(): string | undefined {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'string' ? this.node.value : undefined;
  }

  isTrue(): boolean {
    return this.node?.kind === 'scalar' && this.node.value === true;
  }

  isFalse(): boolean {
    return this.node?.kind === 'scalar' && this.node.value === false;
  }

  /** Names of the entries of a list. */
  names(key: string): string[] {
    return this.get(key)
      .items()
      .flatMap((item) => item.get('name').text() ?? []);
  }

  number(): number | undefined {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'number' ? this.node.value : undefined;
  }

  /** A whole number of at least 1; 1 where it is absent or the schema refuses it. */
  count(): number {
    const number = this.number() ?? 1;
    return Number.isInteger(number) && number >= 1 && number <= 100_000 ? number : 1;
  }

  /** undefined where it is absent or no such quantity; `preset` where it is absent. */
  quantity(kind: QuantityKind, preset?: string): number | undefined {
    const text = this.exists ? (this.text() ?? (kind === 'ratio' ? String(this.number()) : undefined)) : preset;
    const read = text === undefined ? undefined : parseQuantity(kind, text);
    return read && 'value' in read ? read.value : undefined;
  }

  /** At the value, with the path before the message. */
  report(code: string, message: string): void {
    const prefix = this.path.length === 0 ? '' : `${formatPath(this.root, this.path)}: `;
    this.problems.push(problemAt(code, originAt(this.root, this.path), prefix + message));
  }

  /** What has a place of its own, as in a file that the document names. */
  add(problem: Problem): void {
    this.problems.push(problem);
  }

  /** At the key rather than at its value. */
  reportKey(code: string, message: string): void {
    this.problems.push(
      problemAt(code, keyOriginAt(this.root, this.path), `${formatPath(this.root, this.path)}: ${message}`),
    );
  }
}
