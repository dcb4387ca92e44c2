/** Customers and what they do: named accounts, the synthetic workload, VMs that run at the start; what is expected of it all. */
import { z } from 'zod';
import { cpuUse } from './cpu-use.js';
import { countDistribution, durationDistribution } from './distribution.js';
import { addressRange, name, notBuiltYet, quantity, weight } from './fields.js';

export const vmCount = z.int().min(1).max(1_000_000);

export const account = z.strictObject({
  name,
  zone: name.optional().describe('Default: the first zone.'),
  vms: z.record(name, vmCount).prefault({}).describe('VMs started on arrival: how many of each offering.'),
  networks: z
    .record(
      name,
      z.strictObject({ addresses: addressRange.optional().describe("Default: the zone's guestAddresses.") }),
    )
    .prefault({})
    .describe("Guest networks beside 'default', by name: VMs are put into them by events."),
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
    format: name.describe('Format of the file: vm-rescheduling, balcon, inventory-csv.'),
    file: z.string().optional().describe('Path, from the folder of this file; of inventory-csv, the table of hosts.'),
    data: z.string().optional().describe("The file's text itself; written by podtwin into a run's scenario.yaml."),
    vms: z.string().optional().describe('Path of the table of VMs, of inventory-csv.'),
    vmsData: z.string().optional().describe("That table's text itself."),
    accounts: z.string().optional().describe('Path of the table of accounts, of inventory-csv.'),
    accountsData: z.string().optional().describe("That table's text itself."),
    zone: name.optional().describe("The zone that gets the file's clusters as pods. Default: the first zone."),
    account: name.prefault('initial').describe("The customer whom the file's VMs belong to where it names none."),
    storage: name
      .optional()
      .describe('Storage type of the one server that each of these pods gets. Default: as in pods.'),
    lifetime: z
      .union([z.literal('none'), durationDistribution])
      .optional()
      .describe("Time the VMs stay; 'none', the default: for ever."),
  })
  .describe('Hosts, and VMs that run on them at the start.');

export const expectation = z.strictObject({
  measure: z.string().min(1).describe('Path into summary.json, e.g. fragmentation.mean.'),
  atLeast: z.number().optional().describe('At least one of atLeast, atMost, equals; all must hold.'),
  atMost: z.number().optional().describe('See atLeast.'),
  equals: z.number().optional().describe('See atLeast.'),
});
