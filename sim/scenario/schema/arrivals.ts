/** How often, when in the week, ever more: arrivals as files write them, and names that stand for published distributions. */
import { z } from 'zod';
import { MICROS_PER_SECOND, parseQuantity } from '../../base/units.js';
import { suggestion } from '../nearest.js';
import type { ArrivalCurveSpec, AzureSpec, DistributionSpec } from '../resolved.js';
import { countDistribution, durationDistribution } from './distribution.js';
import { durationSeconds, quantity } from './fields.js';

/** Curves by name; models/workload/arrival-curves.ts has their shapes. */
export const CURVES = ['flat', 'office-day', 'office-week'] as const;

const DEPLOYMENTS = ['azure-2017-deployments', 'azure-2019-deployments'] as const;
export const AZURE = ['azure-2017', 'azure-2019'] as const;

/** The year in the name: which of Azure's two datasets. */
export function azureOf(name: string): AzureSpec {
  return { kind: 'azure', year: name.includes('2017') ? 2017 : 2019 };
}

/** A text that is no quantity was meant as a name. */
function misnamed(what: string, names: readonly string[]) {
  return ({ input }: { input: unknown }): string | undefined =>
    typeof input === 'string' && /^[A-Za-z]/.test(input) && !names.includes(input)
      ? `there is no ${what} '${input}'${suggestion(input, names)}`
      : undefined;
}

export const vmCounts = z.union([z.enum(DEPLOYMENTS).transform(azureOf), countDistribution], {
  error: misnamed('distribution of numbers of VMs', DEPLOYMENTS),
});

export const lifetime = z.union(
  [
    z.literal('none').transform((): null => null),
    z.enum(AZURE).transform((name): AzureSpec | DistributionSpec => azureOf(name)),
    durationDistribution,
  ],
  { error: misnamed('lifetime', ['none', ...AZURE]) },
);

export const sizes = z.enum(AZURE).transform(azureOf);

const POINT_RULE = 'write a number of 0 or more, in proportion to those of the other points';

const ownCurve = z
  .strictObject({
    points: z
      .array(z.tuple([durationSeconds, z.number({ error: () => POINT_RULE }).min(0, { error: () => POINT_RULE })]))
      .min(1)
      .max(10_000)
      .describe('Points [time in the period, arrivals relative to the other points]; straight lines between them.'),
    period: durationSeconds
      .prefault('7d')
      .describe('After this time the curve begins again. Default: 7d, a week from Monday 0:00.'),
  })
  .transform(({ points, period }, context): ArrivalCurveSpec => {
    const problem = curveProblem(points, period);
    if (problem === null)
      return { periodSeconds: period, points: points.map(([seconds, relative]) => ({ seconds, relative })) };
    context.issues.push({ code: 'custom', message: problem, input: points });
    return z.NEVER;
  });

function curveProblem(points: readonly [number, number][], period: number): string | null {
  if (period < 60) return 'the period must be 1 min or more; write e.g. 7d';
  const late = points.findIndex(([seconds]) => seconds > period);
  if (late >= 0) return `point ${late + 1} comes after the end of the period; write a longer period, or leave it out`;
  const back = points.findIndex(([seconds], at) => at > 0 && seconds < points[at - 1]![0]);
  if (back >= 0) return `times must ascend; point ${back + 1} does not`;
  // Above 0 for more than an instant: at one end at least of some piece that takes time, the last one back to the first included.
  const round = [...points, [points[0]![0] + period, points[0]![1]] as const];
  const rises = round.some(([seconds, relative], at) => {
    const before = round[at - 1];
    return before !== undefined && seconds > before[0] && relative + before[1] > 0;
  });
  return rises ? null : 'nothing ever arrives along this curve; give some time a number above 0';
}

const curve = z
  .union([z.enum(CURVES), ownCurve], {
    error: (issue) =>
      typeof issue.input === 'object'
        ? undefined
        : (misnamed('curve', CURVES)(issue) ?? `write ${CURVES.join(', ')}, or points`),
  })
  .describe(`When in the day and week: ${CURVES.join(', ')}, or points of your own. Time 0 is Monday 0:00.`);

const GROWTH_RULE = "write how much more in which time, e.g. '10 % per 30d'";

/** Per second, compounding; null: it is no growth. */
export function parseGrowth(text: string): number | null {
  const match = /^(.+?)(?:\s+per\s+|\s*\/\s*)(.+)$/.exec(text.trim());
  if (!match) return null;
  const more = parseQuantity('ratio', match[1]!);
  const time = parseQuantity('duration', /^\d|^\./.test(match[2]!) ? match[2]! : `1 ${match[2]!}`);
  if (!('value' in more) || !('value' in time) || time.value === 0) return null;
  return Math.log1p(more.value) / (time.value / MICROS_PER_SECOND);
}

const growth = z
  .string({ error: () => GROWTH_RULE })
  .meta({ id: 'growth', pattern: '^.+( per |/).+$', description: 'Growth, compounding: 10 % per 30d.' })
  .transform((text, context): number => {
    const perSecond = parseGrowth(text);
    if (perSecond !== null) return perSecond;
    context.issues.push({ code: 'custom', message: `'${text}' is no growth; ${GROWTH_RULE}`, input: text });
    return z.NEVER;
  });

const rate = quantity('eventRate');

const along = {
  curve: curve.optional(),
  growth: growth.optional().describe('How the rate grows over the run, e.g. 10 % per 30d. Default: not.'),
};

/** Of customers. */
export const accountArrivals = z.strictObject({
  poisson: rate.optional().describe('A Poisson process, e.g. 2 per h; along a curve, the mean over its period.'),
  ...along,
});

/** Of further VMs, each customer's. */
export const vmArrivals = z.strictObject({
  poisson: rate
    .optional()
    .describe(
      "A Poisson process, e.g. 1 per d; along a curve, the mean over its period. Default: 13.4 VMs per d, as Azure's customers in 2019, and then along office-week.",
    ),
  ...along,
  group: vmCounts
    .optional()
    .describe('VMs that come at once, e.g. azure-2019-deployments; rounded, at least 1. Default: 1.'),
});
