/** Defragmentation: which policy, how often, and what a round may cost. */
import { z } from 'zod';
import { name, quantity } from './fields.js';

const any = z.literal('any');

const rounds = z.strictObject({
  name: name.describe('The policy.'),
  every: z
    .union([z.literal('on-request'), quantity('duration', 'positive')])
    .prefault('1 h')
    .describe("From the beginning of a round to the next; 'on-request': only by events. Default: 1 h."),
  maxMigrations: z
    .union([any, z.int().min(1).max(1_000_000)])
    .prefault(50)
    .describe("In a round; 'any': no limit. Default: 50."),
  maxBytes: z
    .union([any, quantity('memory', 'positive')])
    .prefault('any')
    .describe('To copy in a round, disks that come along included. Default: any number.'),
  maxDowntime: z
    .union([any, quantity('duration', 'positive')])
    .prefault('any')
    .describe('Of all moved guests of a round together. Default: any.'),
  horizon: z
    .union([z.literal('none'), quantity('duration', 'positive')])
    .prefault('none')
    .describe(
      "What is copied must be saved again, of traffic between pods, in so long; 'none': whatever brings VMs together is worth it. Default: none.",
    ),
});

export const defrag = z
  .union([z.null(), z.literal('none'), name.transform((policy) => rounds.parse({ name: policy })), rounds], {
    error: ({ input }) =>
      typeof input === 'object' && input !== null
        ? undefined
        : "write none, a policy's name, or {name: ..., every: 1 h}",
  })
  .optional()
  .describe('Defragmentation: a name, or {name: ..., every: 1 h, maxMigrations: 50}. Default: none.');
