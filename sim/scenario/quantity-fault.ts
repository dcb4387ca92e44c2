/** Words for what is wrong with a quantity: always what to write instead. */
import { humanQuantity, QUANTITIES, type QuantityFault, type QuantityKind } from '../base/units.js';
import { nearest, withArticle } from './nearest.js';

/** A word for a unit that people write out. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  week: 'w',
  weeks: 'w',
  msec: 'ms',
  usec: 'us',
  µs: 'us',
  μs: 'us',
  bit: 'bps',
  cpu: 'cores',
  cpus: 'cores',
  vcpu: 'cores',
  vcpus: 'cores',
  percent: '%',
  bytes: 'B',
};

export function quantityProblem(kind: QuantityKind, written: string, fault: QuantityFault): string {
  const { noun, example, units, most } = QUANTITIES[kind];
  const known = Object.keys(units).filter((unit) => unit !== '');
  switch (fault.fault) {
    case 'not-a-number':
      return `'${written}' is no ${noun}; write a number and a unit, e.g. ${example}`;
    case 'no-unit':
      return `${fault.number} has no unit; write ${withArticle(noun)}, e.g. ${exampleWith(kind, fault.number)} (units: ${known.join(', ')})`;
    case 'unknown-unit': {
      // Never the nearest word: a minute is one letter away.
      if (/\bmon(ths?)?\b/i.test(fault.unit))
        return `'${fault.unit}': months differ in length; write days, e.g. ${kind === 'eventRate' ? '3 per d' : '30 d'}`;
      const near = nearestUnit(fault.unit, known);
      const other = near === undefined ? kindOf(fault.unit) : undefined;
      if (other)
        return `'${fault.unit}' is a unit of ${withArticle(QUANTITIES[other].noun)}; write ${withArticle(noun)} here, e.g. ${example} (units: ${known.join(', ')})`;
      const instead = near ? `; did you mean '${fault.number} ${near}'?` : '';
      return `'${fault.unit}' is no unit of ${withArticle(noun)}${instead} (units: ${known.join(', ')})`;
    }
    case 'negative':
      return `${withArticle(noun)} is not negative; write e.g. ${example}`;
    case 'too-large':
      return most === undefined
        ? `'${written}' is larger than anything that can be counted exactly; write a smaller ${noun}`
        : `'${written}' is more than podtwin can simulate; write ${humanQuantity(kind, most)} at most`;
    case 'too-small':
      return `'${written}' is less than the smallest ${noun} counted; write 0 or a larger one`;
  }
}

/** Where a number stands and a quantity is due. */
export function bareNumberProblem(kind: QuantityKind, number: number): string {
  return quantityProblem(
    kind,
    String(number),
    !Number.isFinite(number)
      ? { fault: 'not-a-number' }
      : number < 0
        ? { fault: 'negative' }
        : { fault: 'no-unit', number: String(number) },
  );
}

/** The number as written, with the unit of the kind's example. */
function exampleWith(kind: QuantityKind, number: string): string {
  return `${number}${QUANTITIES[kind].example.replace(/^[\d.]+/, '')}`;
}

function nearestUnit(unit: string, known: readonly string[]): string | undefined {
  const bare = unit.replace(/^(per|\/)\s*/, '');
  const spelt = SPELT_OUT[bare.toLowerCase()];
  const names = [spelt, spelt && `per ${spelt}`, `per ${bare}`, ...known.filter((one) => same(one, unit))];
  const found = names.find((name) => name !== undefined && known.includes(name));
  return found ?? (kindOf(unit) ? undefined : nearest(unit, known, Math.max(1, Math.floor(unit.length / 3))));
}

/** Which quantity the unit belongs to. */
function kindOf(unit: string): QuantityKind | undefined {
  return (Object.keys(QUANTITIES) as QuantityKind[]).find((kind) => Object.hasOwn(QUANTITIES[kind].units, unit));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
