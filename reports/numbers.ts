/** Numbers as text, without a unit: what has one goes through sim/base/units. The same on every machine, in any locale. */

/** A whole number with its thousands apart: "12,345". */
export function countText(count: number): string {
  const digits = String(Math.abs(Math.round(count)));
  return (count < 0 ? '-' : '') + digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Money with its thousands apart and all its decimals: "1,234.50". */
export function amountText(amount: number, decimals: number): string {
  const [whole, part] = amount.toFixed(decimals).split('.');
  return countText(Number(whole)) + (part === undefined ? '' : `.${part}`);
}

/** Three digits that count: "0.312", "38.2", "1,240". */
export function figureText(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? countText(rounded) : String(rounded);
}

/** Three digits at least, so that a total can be told from another that is close: "38.2", "23,498". */
export function totalText(value: number): string {
  return value >= 1000 ? countText(value) : figureText(value);
}

/** A level between 0 and 1 in thousandths, so that columns of them line up; one too small to show is not shown as 0. */
export function levelText(level: number): string {
  if (level === 0 || level === 1) return String(level);
  return level < 0.0005 ? '<0.001' : level.toFixed(3);
}

/** "1 VM", "2 VMs". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** "a, b and c". */
export function listText(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}

/** "p01", "p01 to p04": of names that follow on each other; at least one. */
export function rangeText(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names[0]!} to ${names.at(-1)!}`;
}
