/** What VMs use of their CPU over time, as files say it. */
import { z } from 'zod';
import type { CpuUseSpec } from '../resolved.js';
import { ratioDistribution } from './distribution.js';
import { ratio } from './fields.js';

/** Shapes over the day and week; the models have a curve for each (tested). */
export const CPU_CURVE_NAMES = ['office-day'] as const;

const named = z
  .enum(['none', 'azure-2017'])
  .transform((name): CpuUseSpec | null => (name === 'none' ? null : { kind: name }));

const FORMS = '{constant: 20 %} or {curve: office-day, mean: 20 %}';

const shaped = z
  .strictObject(
    {
      constant: ratio.optional().describe('Share of its CPU that each VM uses.'),
      curve: z.enum(CPU_CURVE_NAMES).optional().describe('Shape over the day and week; time 0 is a Monday, 0:00.'),
      mean: ratioDistribution
        .optional()
        .describe(
          'With curve: mean share of its CPU that a VM uses, fixed or drawn for each. Peaks above its whole CPU are cut off.',
        ),
    },
    { error: ({ code }) => (code === 'invalid_type' ? `write none, azure-2017, ${FORMS} here` : undefined) },
  )
  .transform(({ constant, curve, mean }, context): CpuUseSpec => {
    // An unknown key is told already: that no known one stands beside it follows from it.
    if (context.issues.length > 0) return z.NEVER;
    if (constant !== undefined && curve === undefined && mean === undefined)
      return { kind: 'constant', ratio: constant };
    if (constant === undefined && curve !== undefined && mean !== undefined) return { kind: 'curve', curve, mean };
    context.issues.push({ code: 'custom', message: `write ${FORMS} here`, input: { constant, curve, mean } });
    return z.NEVER;
  });

export const cpuUse = z.union([named, shaped]).meta({
  id: 'cpuUse',
  description: `What VMs use of their CPU over time: ${FORMS}, or azure-2017: on the curve office-day, the mean of each VM drawn from the published distribution. none, the default: not modelled, and beside VMs of a known use it counts as nothing.`,
});
