/** Live migration: whose rules, how far and how many at once; and what VMs' memory is like. */
import { z } from 'zod';
import { quantity, ratio } from './fields.js';

const atOnce = z.union([z.literal('any'), z.int().min(1).max(1_000_000)]);

export const migration = z
  .strictObject({
    rules: z
      .enum(['qemu', 'xen', 'xen-2005', 'simgrid'])
      .prefault('qemu')
      .describe("Whose rules for pre-copy. Default: qemu's."),
    downtimeLimit: quantity('duration', 'positive')
      .prefault('300 ms')
      .describe('The guest is stopped once what is left would take no longer. Default: 300 ms.'),
    bandwidth: z
      .union([z.literal('unlimited'), quantity('bitRate', 'positive')])
      .prefault('unlimited')
      .describe('The most that a migration may use. Default: unlimited, so what the network leaves.'),
    perHost: atOnce.prefault(2).describe("At once from or to a host; 'any': no limit. Default: 2."),
    perPodUplink: atOnce.prefault(4).describe("At once from or to a pod, across pods; 'any': no limit. Default: 4."),
    perZone: atOnce.prefault('any').describe('At once in a zone. Default: any number.'),
    timeout: quantity('duration', 'positive')
      .prefault('800 s')
      .describe('When it has not converged by then ... Default: 800 s.'),
    ifNotConverging: z
      .enum(['abort', 'pause', 'post-copy', 'auto-converge'])
      .prefault('abort')
      .describe(
        '... it is given up, the guest is stopped and the rest copied, or copied after it; or it is slowed all along. Default: abort.',
      ),
    disks: z
      .enum(['mirror', 'snapshot'])
      .prefault('mirror')
      .describe(
        'How a disk comes along (to another pod, or off a host): kept in sync with what the guest writes, or copied from snapshots, what is left with the guest stopped. Default: mirror.',
      ),
    diskTimeout: quantity('duration', 'positive')
      .prefault('4 h')
      .describe('A disk that has not been copied by then stays where it is. Default: 4 h.'),
  })
  .prefault({})
  .describe('How VMs are migrated.');

export const memory = z
  .strictObject({
    nonZero: ratio.prefault(0.6).describe('Share of its memory that is not zeros. Default: 0.6.'),
    hot: z
      .strictObject({
        size: ratio.prefault(0.05).describe('Share of its memory. Default: 5 %.'),
        rate: quantity('byteRate').prefault('20 MBps').describe('Default: 20 MBps.'),
      })
      .prefault({})
      .describe('Pages that are written again and again.'),
    cold: z
      .strictObject({ rate: quantity('byteRate').prefault('1 MBps').describe('Default: 1 MBps.') })
      .prefault({})
      .describe('The other pages that are not zeros.'),
  })
  .prefault({})
  .describe("VMs' memory, as a live migration meets it: how fast it is written, in pages of 4 KiB.");
