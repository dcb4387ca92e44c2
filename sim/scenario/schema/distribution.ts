/** How many, how long: distributions as files write them, in the unit that is due, and as the engine draws from them. */
import { z } from 'zod';
import type { DistributionSpec } from '../resolved.js';
import { durationSeconds, ratio, weight } from './fields.js';

export const DISTRIBUTION_KINDS = [
  'exponential',
  'lognormal',
  'weibull',
  'uniform',
  'empirical',
  'zipf',
  'mixture',
] as const;

/** Durations in seconds. */
export const durationDistribution = distributionOf('durationDistribution', durationSeconds, '10 min', false);

/** Of anything that is drawn as a count, written or from a heavy tail: more would only fill the memory. */
export const MOST_COUNTED = 100_000;
const COUNT_RULE = `write a number from 0 to ${MOST_COUNTED}, e.g. 3`;

/** Counts: bare numbers, and Zipf's ranks. */
export const countDistribution = distributionOf(
  'countDistribution',
  z
    .number({ error: () => COUNT_RULE })
    .min(0, { error: () => COUNT_RULE })
    .max(MOST_COUNTED, { error: () => COUNT_RULE }),
  '3',
  true,
);

/** Shares of a whole, 0 to 1; what is drawn above 1 counts as 1. */
export const ratioDistribution = distributionOf('ratioDistribution', ratio, '20 %', false);

type Written = Partial<{
  exponential: { mean: number };
  lognormal: { median?: number | undefined; mean?: number | undefined; sigma?: number | undefined };
  weibull: { scale: number; shape: number };
  uniform: [number, number];
  empirical: [number, number][];
  zipf: { count: number; exponent: number };
  mixture: { weight: number; of: DistributionSpec }[];
}>;

function distributionOf(
  id: string,
  value: z.ZodType<number>,
  example: string,
  zipf: boolean,
): z.ZodType<DistributionSpec> {
  const positive = z.number().gt(0);
  const shape = {
    exponential: z.strictObject({ mean: value }).optional(),
    lognormal: z
      .strictObject({ median: value.optional(), mean: value.optional(), sigma: z.number().min(0).optional() })
      .optional()
      .describe('Two of median, mean and sigma.'),
    weibull: z.strictObject({ scale: value, shape: positive }).optional(),
    uniform: z.tuple([value, value]).optional().describe('From, to.'),
    empirical: z
      .array(z.tuple([value, ratio]))
      .min(1)
      .optional()
      .describe('Points [value, cumulative share], ascending, to a share of 1; straight lines between them.'),
    mixture: z
      .array(z.strictObject({ weight, of: z.lazy((): z.ZodType<DistributionSpec> => distribution) }))
      .min(1)
      .optional()
      .describe('Each drawn from with its weight.'),
    ...(zipf
      ? { zipf: z.strictObject({ count: z.int().min(1).max(1e6), exponent: z.number().min(0) }).optional() }
      : {}),
  };
  const kinds = Object.keys(shape).join(', ');
  const choice = z
    .strictObject(shape)
    .meta({ minProperties: 1, maxProperties: 1 })
    .transform((written, context): DistributionSpec => {
      // An unknown key is told already: that no known one stands beside it follows from it.
      if (context.issues.length > 0) return z.NEVER;
      const spec = specOf(written as Written, kinds);
      if (typeof spec !== 'string') return spec;
      context.issues.push({ code: 'custom', message: spec, input: written });
      return z.NEVER;
    });
  const constant = value.transform((number): DistributionSpec => ({ kind: 'constant', value: number }));
  const distribution = z
    .union([constant, choice])
    .meta({ id, description: `A fixed value (${example}), or one of: ${kinds}.` });
  return distribution;
}

/** A string says what is wrong. */
function specOf(written: Written, kinds: string): DistributionSpec | string {
  const given = DISTRIBUTION_KINDS.filter((kind) => written[kind] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none' : given.join(' and ');
    return `one distribution is due here, of ${kinds}; found ${found}`;
  }
  const { exponential, lognormal, weibull, uniform, empirical, zipf, mixture } = written;
  if (exponential) return exponential.mean > 0 ? { kind: 'exponential', ...exponential } : 'the mean must be above 0';
  if (lognormal) return lognormalOf(lognormal);
  if (weibull) return weibull.scale > 0 ? { kind: 'weibull', ...weibull } : 'the scale must be above 0';
  if (uniform) {
    const [low, high] = uniform;
    return low <= high ? { kind: 'uniform', low, high } : 'the range is reversed; write the smaller end first';
  }
  if (empirical) return empiricalOf(empirical);
  if (zipf) return { kind: 'zipf', ...zipf };
  return mixture!.some((part) => part.weight > 0)
    ? { kind: 'mixture', parts: mixture! }
    : 'the weights of a mixture must not all be 0';
}

/** mean = median * exp(sigma^2 / 2): any two give the third. */
function lognormalOf({ median, mean, sigma }: NonNullable<Written['lognormal']>): DistributionSpec | string {
  const given = [median, mean, sigma].filter((one) => one !== undefined);
  if (given.length !== 2) return 'a lognormal has exactly two of median, mean and sigma, e.g. {median: 1h, mean: 5h}';
  if (median === 0 || mean === 0) return 'median and mean of a lognormal must be above 0';
  if (median !== undefined && sigma !== undefined) return { kind: 'lognormal', median, sigma };
  if (mean !== undefined && sigma !== undefined) {
    const half = mean / Math.exp((sigma * sigma) / 2);
    return half > 0 ? { kind: 'lognormal', median: half, sigma } : 'so large a sigma leaves no median above 0';
  }
  if (mean! < median!) return 'the mean of a lognormal is at least its median';
  return { kind: 'lognormal', median: median!, sigma: Math.sqrt(2 * Math.log(mean! / median!)) };
}

function empiricalOf(points: [number, number][]): DistributionSpec | string {
  for (let at = 1; at < points.length; at++)
    if (points[at]![0] < points[at - 1]![0] || points[at]![1] < points[at - 1]![1])
      return `values and cumulative shares must ascend; point ${at + 1} does not`;
  if (points.at(-1)![1] !== 1) return 'the last cumulative share must be 1 (100 %)';
  return { kind: 'empirical', points: points.map(([value, cumulative]) => ({ value, cumulative })) };
}
