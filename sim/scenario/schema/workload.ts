/** Customers and what they do: named accounts, the synthetic workload, VMs that run at the start, scripted events. */
import { z } from 'zod';
import { cpuUse } from './cpu-use.js';
import { countDistribution, durationDistribution } from './distribution.js';
import { name, notBuiltYet, quantity, weight } from './fields.js';

const vmCount = z.int().min(1).max(1_000_000);

export const account = z.strictObject({
  name,
  zone: name.optional().describe('Default: the first zone.'),
  vms: z.record(name, vmCount).prefault({}).describe('VMs started on arrival: how many of each offering.'),
  cpuUse: cpuUse.prefault('none'),
});

/** Also the shape of renewed starts: `{poisson: 2 per h}`. */
const arrivals = z.strictObject({
  poisson: quantity('eventRate').optional().describe('A Poisson process, e.g. 2 per h.'),
  curve: notBuiltYet('arrivals along a curve'),
});

export const workload = z.strictObject({
  accounts: z
    .strictObject({
      initial: z.int().min(0).max(10_000_000).prefault(0).describe('Customers at the start.'),
      arrivals: arrivals.optional().describe('Further customers. Default: none.'),
      vms: countDistribution
        .prefault(1)
        .describe('VMs that a customer starts on arrival; rounded, at least 1. Default: 1.'),
      offerings: z
        .record(name, weight)
        .optional()
        .describe('Share of each offering. Default: even over all but system ones.'),
      zones: z.record(name, weight).optional().describe('Share of each zone. Default: even.'),
    })
    .prefault({}),
  vms: z
    .strictObject({
      lifetime: z
        .union([z.literal('none'), durationDistribution])
        .optional()
        .describe("From running to destruction, e.g. {exponential: {mean: 2d}}; 'none', the default: for ever."),
      arrivals: arrivals.optional().describe('Further VMs, for each customer. Default: none.'),
      cpuUse: cpuUse.prefault('none'),
    })
    .prefault({}),
  traffic: notBuiltYet('traffic between VMs'),
  memory: notBuiltYet("VMs' memory pages"),
  trace: notBuiltYet('a workload from a public trace'),
});

export const initial = z
  .strictObject({
    format: name.describe('Format of the file, e.g. vm-rescheduling.'),
    file: z.string().optional().describe('Path, from the folder of this file.'),
    data: z.string().optional().describe("The file's text itself; written by podtwin into a run's scenario.yaml."),
    zone: name.optional().describe("The zone that gets the file's clusters as pods. Default: the first zone."),
    account: name.prefault('initial').describe("The customer whom the file's VMs belong to."),
    storage: name
      .optional()
      .describe('Storage type of the one server that each of these pods gets. Default: as in pods.'),
    lifetime: z
      .union([z.literal('none'), durationDistribution])
      .optional()
      .describe("Time the VMs stay; 'none', the default: for ever."),
  })
  .describe('Hosts, and VMs that run on them at the start.');

const vmEvent = (what: string) =>
  z
    .strictObject({
      account: name,
      vm: name.optional().describe('One VM by name. Default: the first `count` that this can be done to.'),
      count: vmCount.optional().describe('Default: 1.'),
    })
    .optional()
    .describe(`${what} VMs of an account.`);

export const event = z.strictObject({
  at: quantity('duration').describe('From the start of the run.'),
  start: z
    .strictObject({
      account: name,
      offering: name.optional().describe('New VMs of this offering. Absent: stopped VMs are started again.'),
      vm: name.optional().describe('One stopped VM by name. Default: the first `count` of them.'),
      count: vmCount.optional().describe('Default: 1.'),
    })
    .optional()
    .describe('Start VMs of an account: new ones, or stopped ones again.'),
  stop: vmEvent('Stop'),
  reboot: vmEvent('Reboot'),
  destroy: vmEvent('Destroy'),
  fail: notBuiltYet('failures'),
  drain: notBuiltYet('maintenance'),
  for: quantity('duration').optional().describe('Belongs to fail.'),
  until: quantity('duration').optional().describe('Belongs to drain.'),
});

export const EVENT_ACTIONS = ['start', 'stop', 'reboot', 'destroy', 'fail', 'drain'] as const;

export const expectation = z.strictObject({
  measure: z.string().min(1).describe('Path into summary.json, e.g. fragmentation.mean.'),
  atLeast: z.number().optional().describe('At least one of atLeast, atMost, equals; all must hold.'),
  atMost: z.number().optional().describe('See atLeast.'),
  equals: z.number().optional().describe('See atLeast.'),
});
