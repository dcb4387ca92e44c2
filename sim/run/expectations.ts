/** `expect` held against a summary: a path of names that ends at a number. */
import type { Expectation } from '../scenario/resolved.js';
import type { ExpectationResult, Summary } from '../store/types.js';

export function checkExpectations(expectations: readonly Expectation[], summary: Summary): ExpectationResult[] {
  return expectations.map((expectation) => {
    const actual = measureOf(summary, expectation.measure);
    return { ...expectation, actual, held: actual !== null && holds(expectation, actual) };
  });
}

function holds({ atLeast, atMost, equals }: Expectation, actual: number): boolean {
  return (
    (atLeast === undefined || actual >= atLeast) &&
    (atMost === undefined || actual <= atMost) &&
    (equals === undefined || actual === equals)
  );
}

/** The number at a path; null where there is none. A refusal reason that did not occur counts as 0; without a reason all count. */
export function measureOf(summary: Summary, path: string): number | null {
  const names = path.split('.');
  if (/^vms\.(refused|failed)(\.|$)/.test(path)) {
    const counts = names[1] === 'refused' ? summary.vms.refused : summary.vms.failed;
    if (names.length === 2) return Object.values(counts).reduce((sum, count) => sum + count, 0);
    const reason = names.slice(2).join('.');
    return Object.hasOwn(counts, reason) ? counts[reason]! : 0;
  }
  let value: unknown = summary;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'number' ? value : null;
}
