/**
 * JSON from outside, read with care: every damage is an InputError that names the file, line, column and path, and says
 * what was expected there. Unknown members are no damage: published files carry more than we need.
 */
import { InputError } from '../base/errors.js';
import { amountOf, tooMuch, type AmountKind } from './amounts.js';
import { formatJsonPath, jsonPlace, syntaxErrorPlace, type JsonPath } from './json-place.js';

export class JsonReader {
  private constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly path: JsonPath,
    private readonly value: unknown,
  ) {}

  static parse(given: string, file: string): JsonReader {
    const text = given.replace(/^\uFEFF/, '');
    try {
      return new JsonReader(text, file, [], JSON.parse(text));
    } catch {
      const { found, ...place } = syntaxErrorPlace(text);
      const what = text.trim() === '' ? 'the file is empty' : `this is no JSON: ${found} is unexpected here`;
      throw InputError.of('trace-damaged', what, { file, ...place });
    }
  }

  /** The member of a map; absent members read as undefined, which every reading below refuses. */
  get(key: string): JsonReader {
    const map = this.value;
    if (typeof map !== 'object' || map === null || Array.isArray(map)) throw this.error('a map is expected here');
    const value: unknown = Object.hasOwn(map, key) ? (map as Record<string, unknown>)[key] : undefined;
    return new JsonReader(this.text, this.file, [...this.path, key], value);
  }

  has(key: string): boolean {
    return typeof this.value === 'object' && this.value !== null && Object.hasOwn(this.value, key);
  }

  /** Of a map, in its order. */
  keys(): string[] {
    const map = this.value;
    if (typeof map !== 'object' || map === null || Array.isArray(map)) throw this.error('a map is expected here');
    return Object.keys(map);
  }

  /** The text that stands here; null: it is none. */
  words(): string | null {
    return typeof this.value === 'string' ? this.value : null;
  }

  items(): JsonReader[] {
    if (!Array.isArray(this.value)) throw this.error('a list is expected here');
    return this.value.map((item: unknown, at) => new JsonReader(this.text, this.file, [...this.path, at], item));
  }

  /** Ids stand as strings in some files and as numbers in others: both name the same thing. */
  id(): string {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return String(this.value);
    if (typeof this.value === 'string' && this.value !== '') return this.value;
    throw this.error('a name or number is expected here');
  }

  number(least: number): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value) || this.value < least)
      throw this.error(`a number of at least ${least} is expected here`);
    return this.value;
  }

  integer(least: number): number {
    const value = this.number(least);
    if (!Number.isSafeInteger(value)) throw this.error('a whole number is expected here');
    return value;
  }

  /** A whole number of units, in base units. */
  amount(kind: AmountKind, least: number, unit: number): number {
    const amount = amountOf(kind, this.integer(least), unit);
    if (amount === null) throw this.error(tooMuch(kind, 'this'));
    return amount;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.error('true or false is expected here');
    return this.value;
  }

  error(what: string): InputError {
    const found = this.value === undefined ? 'nothing' : JSON.stringify(this.value).slice(0, 40);
    const path = formatJsonPath(this.path) || 'the document';
    const place = { file: this.file, ...jsonPlace(this.text, this.path) };
    return InputError.of('trace-damaged', `${path}: ${what} (found ${found})`, place);
  }
}
