/** What customers pay for beside the hours of offerings, and how their bills are made out (../../../models/billing.ts). */
import { z } from 'zod';
import { price, quantity } from './fields.js';

export const prices = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Za-z€$£¥]{1,12}$/, { error: 'a currency is due here, in letters, e.g. EUR' })
    .prefault('credits')
    .describe('Its name, e.g. EUR. Default: credits.'),
  decimals: z
    .int()
    .min(0)
    .max(6)
    .prefault(2)
    .describe('Of amounts: each line of a bill is rounded to them. Default: 2.'),
  perGigabyte: price.optional().describe('Of network traffic, 10^9 bytes, both ways together.'),
  perCoreHour: price.optional().describe('Of VMs that are of no offering: each core, while they run.'),
  perGibHour: price.optional().describe('Of VMs that are of no offering: each GiB of memory, while they run.'),
  perDiskGibMonth: price.optional().describe("Of stopped VMs' disks, each GiB for 30 days."),
  perAddressHour: price.optional().describe('Of public addresses, while a customer holds one.'),
  increment: quantity('duration', 'positive')
    .prefault('1 s')
    .describe('Time is charged in whole increments: 1 s, 1 min, 1 h. Default: 1 s.'),
  roundUp: z
    .enum(['each', 'total'])
    .prefault('each')
    .describe(
      "What is rounded up to whole increments: each interval that a VM ran, or an account's time of an offering.",
    ),
  minimum: quantity('duration').prefault('0 s').describe('Charged for each start at least. Default: 0 s.'),
  chargeStoppedDisks: z.boolean().prefault(true).describe('Stopped VMs pay for their disk, where it has a price.'),
  chargeAddresses: z.boolean().prefault(true).describe('Public addresses are paid for, where they have a price.'),
  chargeTraffic: z
    .enum(['public', 'all'])
    .prefault('public')
    .describe('Traffic that is paid for: with the public network, or between VMs as well. Default: public.'),
  chargeRouters: z.boolean().prefault(false).describe('Routing appliances are charged like any VM of their offering.'),
});
