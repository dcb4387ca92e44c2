/**
 * The fields that scenario files are made of. Each is one zod schema that is type, check, message and JSON Schema at
 * once. A quantity is written with its unit and read as a number in its base unit (see base/units.ts).
 */
import { z } from 'zod';
import {
  millionthsOf,
  MOST_PRICE,
  parseQuantity,
  QUANTITIES,
  quantityPattern,
  type QuantityKind,
} from '../../base/units.js';
import { parseAddress, parseAddressRange } from '../addresses.js';
import { bareNumberProblem, quantityProblem } from '../quantity-fault.js';
import { withArticle } from '../nearest.js';
import { parseVlanRange } from '../vlan-range.js';

/** What zod tells an error function. */
type Said = { input: unknown };

const quantities = new Map<string, ReturnType<typeof makeQuantity>>();

type Rule = 'any' | 'positive' | 'link';

/** `positive`, `link`: 0 is refused too. One schema a kind, so that the JSON Schema names each once. */
export function quantity(kind: QuantityKind, rule: Rule = 'any'): ReturnType<typeof makeQuantity> {
  const id = rule === 'any' ? kind : rule === 'link' ? 'linkSpeed' : `${kind}AboveZero`;
  const made = quantities.get(id) ?? makeQuantity(kind, rule, id);
  quantities.set(id, made);
  return made;
}

function makeQuantity(kind: QuantityKind, rule: Rule, id: string) {
  const { noun, example, units } = QUANTITIES[kind];
  const names = Object.keys(units).filter((unit) => unit !== '');
  const notText = ({ input }: Said): string =>
    typeof input === 'number'
      ? bareNumberProblem(kind, input)
      : `write ${withArticle(noun)} with its unit here, e.g. ${example}`;
  return z
    .string({ error: notText })
    .meta({
      id,
      pattern: quantityPattern(kind),
      description: `${withArticle(noun).replace('a', 'A')}: ${example}. Units: ${names.join(', ')}.`,
    })
    .transform((text, context) => {
      const read = parseQuantity(kind, text);
      const problem =
        'fault' in read
          ? quantityProblem(kind, text, read)
          : rule !== 'any' && read.value === 0
            ? `${rule === 'link' ? 'a link of 0 bps carries nothing' : `this ${noun} must be above 0`}; write e.g. ${example}`
            : null;
      if (problem === null && 'value' in read) return read.value;
      context.issues.push({ code: 'custom', message: problem ?? '', input: text });
      return z.NEVER;
    });
}

/** What a network link carries in each direction. */
export const linkSpeed = quantity('bitRate', 'link');

/** Seconds, for what models take. */
export const durationSeconds = quantity('duration').transform((micros) => micros / 1_000_000);

const NAME_RULE = 'letters, digits, - and _, a letter or digit first, at most 100 of them';

/** No dots and no slashes: names stand in paths like zones.z1.pods.p and z1/p01/h01. */
export const name = z
  .string({
    error: ({ input }: Said) =>
      typeof input === 'number' ? `a name is due here; write '${input}' in quotes` : undefined,
  })
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, {
    error: ({ input }: Said) => `'${String(input)}' is no name; use ${NAME_RULE}`,
  })
  .meta({ id: 'name', description: `A name: ${NAME_RULE}.` });

/** Of an hour, a gigabyte ...: what can be counted exactly. */
export const price = z
  .number()
  .min(0)
  .max(MOST_PRICE)
  // What is negative or too large is told above.
  .refine((amount) => amount < 0 || amount > MOST_PRICE || millionthsOf(amount) !== null, {
    error: ({ input }: Said) => `a price has six decimals at most; write ${Number(Number(input).toFixed(6))}`,
  })
  .meta({ id: 'price', description: 'A price: 0 or more, six decimals at most, in the currency of `prices`.' });

export const count = z.int().min(1).max(100_000);

/** Of a VM: operations on its disk in a second. */
export const iops = z.number().gt(0);

/** What a VM may use at most; 'none': no limit. */
export const throttle = z
  .strictObject({
    network: z
      .union([z.literal('none'), quantity('bitRate', 'positive')])
      .optional()
      .describe("Over its virtual NICs together, e.g. 100 Mbps. Default: 'none'."),
    iops: z
      .union([z.literal('none'), iops])
      .optional()
      .describe("Operations on its disk in a second. Default: 'none'."),
  })
  .prefault({});

/** A bare number from 0 to 1, or a percentage. */
export const ratio = z
  .union([z.number(), z.string()], { error: () => 'write a share from 0 to 1, e.g. 0.3 or 30 %' })
  .meta({ id: 'ratio', description: 'A share: 0.3 or 30 %.' })
  .transform((written, context) => shareOf(written, context, 1));

/** A share of a whole: what the shares of one list sum to is theirs to choose. */
export const weight = z
  .union([z.number(), z.string()], { error: () => 'write a share, e.g. 0.3 or 30 %' })
  .meta({ id: 'weight', description: 'A share of the whole: 0.3, 3 or 30 %; shares need not sum to 1.' })
  .transform((written, context) => shareOf(written, context, Number.MAX_SAFE_INTEGER));

function shareOf(written: number | string, context: z.core.$RefinementCtx, most: number): number {
  const read = parseQuantity('ratio', String(written));
  const problem =
    'fault' in read
      ? quantityProblem('ratio', String(written), read)
      : read.value > most
        ? `a share is at most 1; write ${typeof written === 'number' && written <= 100 ? `${written} %` : '100 %'}`
        : null;
  if (problem === null && 'value' in read) return read.value;
  context.issues.push({ code: 'custom', message: problem ?? '', input: written });
  return z.NEVER;
}

export const vlanRange = z
  .union([z.number(), z.string()], { error: () => 'write a VLAN ID or a range of them, e.g. 600 or 600-799' })
  .meta({ id: 'vlanRange', description: 'A VLAN ID or a range inside 1 to 4094: 600 or 600-799.' })
  .transform((written, context) => parsed(parseVlanRange(written), context, written));

export const addressRange = z
  .string({ error: () => 'write an address range, e.g. 10.0.0.0/8' })
  .meta({ id: 'addressRange', description: 'An IPv4 range: 10.0.0.0/8.' })
  .transform((written, context) => parsed(parseAddressRange(written), context, written));

export const address = z
  .string({ error: () => 'write an address, e.g. 10.1.1.1' })
  .meta({ id: 'address', description: 'An IPv4 address: 10.1.1.1.' })
  .transform((written, context) =>
    parsed(parseAddress(written) ?? `'${written}' is no address; write e.g. 10.1.1.1`, context, written),
  );

/** A parser's value, or its words as an issue. */
function parsed<Value>(result: Value | string, context: z.core.$RefinementCtx, input: unknown): Value {
  if (typeof result !== 'string') return result;
  context.issues.push({ code: 'custom', message: result, input });
  return z.NEVER;
}

/** A key of the format that this version does not act on: refused, see not-built-yet.ts. */
export function notBuiltYet(what: string) {
  return z.never().optional().describe(`Not built yet: ${what}.`);
}
