/**
 * The one file that converts units. Inside podtwin: time in integer microseconds (`...Micros`) for events and float
 * seconds (`...Seconds`) in models, memory and disk in bytes, CPU in thousandths of a core (`cpuMillis`, integer),
 * rates in bits per second. Quantities in files and on the terminal are a number and a unit: read, written exactly
 * (what is read back is the same number) and written rounded for people.
 */
export const MICROS_PER_SECOND = 1_000_000;
export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;
export const TIB = 1024 * GIB;
export const MILLIS_PER_CORE = 1000;

const PIB = 1024 * TIB;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const WEEK_SECONDS = 7 * DAY_SECONDS;
const YEAR_SECONDS = 365 * DAY_SECONDS;

/** Seconds to the nearest microsecond: rounding up would move ends that reference answers fix. */
export function microsOf(seconds: number): number {
  return Math.round(seconds * MICROS_PER_SECOND);
}

export function secondsOf(micros: number): number {
  return micros / MICROS_PER_SECOND;
}

/** A price has six decimals at most, and is no larger than this: then its millionths are exact, whatever a double does. */
export const MOST_PRICE = 1_000_000_000;

/** Millionths of the currency's unit; null where the price is negative, too large, or has more than six decimals. */
export function millionthsOf(price: number): number | null {
  if (!(price >= 0 && price <= MOST_PRICE)) return null;
  const millionths = Math.round(price * 1e6);
  // The nearest number with six decimals is the price itself, or the price has more of them.
  return millionths / 1e6 === price ? millionths : null;
}

/**
 * What a quantity measures, with the base unit of its number: duration in microseconds, memory (and disk) in bytes, cpu
 * in thousandths of a core, bitRate in bits per second, byteRate in bytes per second, eventRate per second, ratio 1 (the
 * only one that may stand without a unit).
 */
export type QuantityKind = 'duration' | 'memory' | 'cpu' | 'bitRate' | 'byteRate' | 'eventRate' | 'ratio';

/** One of a unit is `times / over` base units: two whole numbers, so that both directions round once. */
interface Unit {
  times: number;
  over: number;
}

export interface QuantityTable {
  /** "duration", for messages. */
  noun: string;
  example: string;
  units: Readonly<Record<string, Unit>>;
  /** Units to write in, largest first; the last is written when no other gives the number back. */
  written: readonly string[];
  /** Unit for people's eyes where the number is 0, or below one of every unit. */
  small: string;
  /** The most that may be written; absent: what can be counted exactly. */
  most?: number;
  /** The base unit counts whole things: what is read is rounded to the nearest. */
  whole: boolean;
}

const unit = (times: number, over = 1): Unit => ({ times, over });
const micros = (seconds: number): Unit => unit(seconds * MICROS_PER_SECOND);
const per = (seconds: number): Unit => unit(1, seconds);

/** Every unit that files may use. */
export const QUANTITIES: Readonly<Record<QuantityKind, QuantityTable>> = {
  duration: {
    noun: 'duration',
    example: '10 min',
    units: {
      us: unit(1),
      ms: unit(1000),
      s: micros(1),
      m: micros(MINUTE_SECONDS),
      min: micros(MINUTE_SECONDS),
      h: micros(HOUR_SECONDS),
      d: micros(DAY_SECONDS),
      w: micros(WEEK_SECONDS),
    },
    written: ['d', 'h', 'min', 's', 'ms', 'us'],
    small: 's',
    // A time and two durations are still counted exactly.
    most: micros(100 * YEAR_SECONDS).times,
    whole: true,
  },
  memory: {
    noun: 'size',
    example: '4 GiB',
    units: {
      B: unit(1),
      KiB: unit(KIB),
      MiB: unit(MIB),
      GiB: unit(GIB),
      TiB: unit(TIB),
      PiB: unit(PIB),
      kB: unit(1e3),
      MB: unit(1e6),
      GB: unit(1e9),
      TB: unit(1e12),
      PB: unit(1e15),
    },
    written: ['PiB', 'TiB', 'GiB', 'MiB', 'KiB', 'B'],
    small: 'B',
    whole: true,
  },
  cpu: {
    noun: 'amount of CPU',
    example: '2 cores',
    units: {
      core: unit(MILLIS_PER_CORE),
      cores: unit(MILLIS_PER_CORE),
      millicore: unit(1),
      millicores: unit(1),
    },
    written: ['cores', 'millicores'],
    small: 'cores',
    whole: true,
  },
  bitRate: {
    noun: 'rate in bits',
    example: '10 Gbps',
    units: { bps: unit(1), kbps: unit(1e3), Mbps: unit(1e6), Gbps: unit(1e9), Tbps: unit(1e12) },
    written: ['Tbps', 'Gbps', 'Mbps', 'kbps', 'bps'],
    small: 'bps',
    whole: false,
  },
  byteRate: {
    noun: 'rate in bytes',
    example: '200 MBps',
    units: {
      Bps: unit(1),
      kBps: unit(1e3),
      MBps: unit(1e6),
      GBps: unit(1e9),
      KiBps: unit(KIB),
      MiBps: unit(MIB),
      GiBps: unit(GIB),
    },
    written: ['GBps', 'MBps', 'kBps', 'Bps'],
    small: 'Bps',
    whole: false,
  },
  eventRate: {
    noun: 'number per time',
    example: '2 per h',
    units: {
      'per s': per(1),
      'per m': per(MINUTE_SECONDS),
      'per min': per(MINUTE_SECONDS),
      'per h': per(HOUR_SECONDS),
      'per d': per(DAY_SECONDS),
      'per w': per(WEEK_SECONDS),
      'per y': per(YEAR_SECONDS),
    },
    written: ['per s', 'per min', 'per h', 'per d', 'per s'],
    small: 'per d',
    // Faster, and simulated time would not go on from one to the next.
    most: MICROS_PER_SECOND,
    whole: false,
  },
  ratio: {
    noun: 'share',
    example: '5 %',
    units: { '%': unit(1, 100), '': unit(1) },
    written: ['%', ''],
    small: '%',
    whole: false,
  },
};

/** Why a text is no quantity: words and next steps are the caller's, who knows the place. */
export type QuantityFault =
  | { fault: 'not-a-number' }
  | { fault: 'no-unit'; number: string }
  | { fault: 'unknown-unit'; number: string; unit: string }
  | { fault: 'negative' }
  | { fault: 'too-large' }
  | { fault: 'too-small' };

const NUMBER_AND_UNIT = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)$/;

/** Reads "256 GiB", "10Gbps", "2 per h", "5 %" in the units of `kind`; spaces around the unit are free. */
export function parseQuantity(kind: QuantityKind, text: string): { value: number } | QuantityFault {
  const { units, whole, most = Number.MAX_SAFE_INTEGER } = QUANTITIES[kind];
  const match = NUMBER_AND_UNIT.exec(text.trim());
  if (!match) return { fault: 'not-a-number' };
  const number = match[1]!;
  const name = match[2]!.replace(/^\/\s*/, 'per ').replace(/\s+/g, ' ');
  const found = Object.hasOwn(units, name) ? units[name] : undefined;
  if (!found) return name === '' ? { fault: 'no-unit', number } : { fault: 'unknown-unit', number, unit: match[2]! };
  const amount = Number(number);
  if (amount < 0) return { fault: 'negative' };
  const exact = (amount * found.times) / found.over;
  const value = whole ? Math.round(exact) : exact;
  if (value > most) return { fault: 'too-large' };
  if (value === 0 && amount > 0) return { fault: 'too-small' };
  return { value: value === 0 ? 0 : value };
}

/** The shortest way to write the value (in the kind's base unit) that reads back as exactly the same number. */
export function exactQuantity(kind: QuantityKind, value: number): string {
  const { units, written } = QUANTITIES[kind];
  let shortest: string | null = null;
  for (const name of value === 0 ? [written.at(-1)!] : written) {
    const amount = (value * units[name]!.over) / units[name]!.times;
    const text = `${amount} ${name}`.trimEnd();
    if (!readsBack(kind, text, value)) continue;
    if (shortest === null || digits(text) < digits(shortest)) shortest = text;
  }
  return shortest ?? withMoreDigits(kind, value, written.at(-1)!);
}

/** For people: three digits in the unit in which the number is at least 1, e.g. "1.5 GiB", "12.3 min", "45 %". */
export function humanQuantity(kind: QuantityKind, value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const { units, written, small } = QUANTITIES[kind];
  const amountIn = (name: string): number => (value * units[name]!.over) / units[name]!.times;
  const name = written.find((one) => Math.abs(amountIn(one)) >= 0.9995) ?? small;
  const amount = roundedTo3(amountIn(name));
  return `${amount} ${name === 'cores' && amount === '1' ? 'core' : name}`;
}

/** A regular expression for schemas: what `parseQuantity` may accept (numbers out of range apart). */
export function quantityPattern(kind: QuantityKind): string {
  const names = Object.keys(QUANTITIES[kind].units).map((name) => name.replace(/^per /, '(?:per +|/ *)'));
  return `^ *\\+?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)? *(?:${names.join('|')}) *$`;
}

function readsBack(kind: QuantityKind, text: string, value: number): boolean {
  const read = parseQuantity(kind, text);
  return 'value' in read && read.value === value;
}

/** Digits of the number; an exponent counts as many, so that it is written only where nothing else does. */
function digits(text: string): number {
  const number = text.split(' ')[0]!;
  return number.length + (number.includes('e') ? 100 : 0);
}

/** Two roundings may miss by a few units in the last place: the neighbours of the quotient are tried. */
function withMoreDigits(kind: QuantityKind, value: number, name: string): string {
  const { times, over } = QUANTITIES[kind].units[name]!;
  const amount = (value * over) / times;
  for (let step = 1; step <= 4; step++)
    for (const near of [amount * (1 + step * Number.EPSILON), amount * (1 - (step * Number.EPSILON) / 2)])
      if (readsBack(kind, `${near} ${name}`, value)) return `${near} ${name}`;
  return `${amount} ${name}`;
}

function roundedTo3(amount: number): string {
  const size = Math.abs(amount);
  if (size >= 100) return amount.toFixed(0);
  return String(Number(amount.toPrecision(3)));
}
