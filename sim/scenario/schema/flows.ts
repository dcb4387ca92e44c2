/** Finite transfers: those that happen at given times, and what all of them are sure of. */
import { z } from 'zod';
import { name, quantity, ratio } from './fields.js';
import { fileOrData } from './workload.js';

const end = z.string();

const flow = z.strictObject({
  at: quantity('duration').describe('When it begins, from the start of the run.'),
  from: end.describe(
    "A host (z1/p01/h01), a storage server (z1/p01/s1), a zone's template store (z1/templates), public.",
  ),
  to: end.describe('Another of these, in the same zone.'),
  size: quantity('memory').describe('How much is to get there.'),
  name: name.optional().describe('What reports call it. Default: none.'),
  kind: name.prefault('flow').describe('What sort of transfer reports count it as. Default: flow.'),
  cap: quantity('bitRate', 'positive')
    .optional()
    .describe('The fastest that its sender sends. Default: what the links let through.'),
  weight: z
    .number()
    .min(1e-6)
    .max(1e6)
    .prefault(1)
    .describe('Its share of a link that is full, beside the others there: 2 gets twice what 1 gets. Default: 1.'),
  guaranteed: quantity('bitRate').prefault('0 bps').describe('What it is sure of on each link. Default: 0 bps.'),
  every: quantity('duration', 'positive')
    .optional()
    .describe('Again after this time, and again; with count, or to the end of the run. Default: once.'),
  count: z.int().min(1).max(1_000_000).optional().describe('How often in all; goes with every.'),
});

const FORMS = 'write a list of {at: 1h, from: z1/p01/h01, to: z1/p02/h03, size: 10 GiB}, or {file: ./flows.csv}';

export const flows = z
  .union([z.array(flow), z.strictObject(fileOrData)], {
    error: ({ input }) => (typeof input === 'object' && input !== null ? undefined : FORMS),
  })
  .prefault([])
  .describe(
    'Transfers at given times: a list, or a CSV table with the columns at, from, to, size and if wanted name, kind, cap, weight, guaranteed. Default: none.',
  );

export const transfers = z.strictObject({
  share: ratio
    .prefault('5 %')
    .describe(
      'Share of a link that copies and flows are sure of, however much the other traffic asks for, so that they end. Default: 5 %, an assumption.',
    ),
});
