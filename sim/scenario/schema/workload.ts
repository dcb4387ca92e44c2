/** Customers and what they do: named accounts, the synthetic workload, VMs that run at the start; what is expected of it all. */
import { z } from 'zod';
import { accountArrivals, lifetime, sizes, vmArrivals, vmCounts } from './arrivals.js';
import { cpuUse } from './cpu-use.js';
import { durationDistribution } from './distribution.js';
import { addressRange, name, throttle, weight } from './fields.js';
import { memory } from './migration.js';
import { diskUse, traffic } from './traffic.js';

export const vmCount = z.int().min(1).max(1_000_000);

export const account = z.strictObject({
  name,
  zone: name.optional().describe('Default: the first zone.'),
  otherZones: z
    .array(name)
    .min(1)
    .optional()
    .describe('Further zones, which its VMs may be brought to. Default: none.'),
  vms: z.record(name, vmCount).prefault({}).describe('VMs started on arrival: how many of each offering.'),
  throttle: throttle.describe('What each of its VMs may use at most, until an event changes it. Default: no limit.'),
  networks: z
    .record(
      name,
      z.strictObject({ addresses: addressRange.optional().describe("Default: the zone's guestAddresses.") }),
    )
    .prefault({})
    .describe("Guest networks beside 'default', by name: VMs are put into them by events."),
  cpuUse: cpuUse.prefault('none'),
  traffic: traffic.prefault('none'),
  diskUse: diskUse.prefault('none'),
});

/** One of the two. */
export const fileOrData = {
  file: z.string().optional().describe('Path, from the folder of this file.'),
  data: z.string().optional().describe("The file's text itself; written by podtwin into a run's scenario.yaml."),
};

const trace = z
  .strictObject({
    format: name.describe('Format of the file, e.g. podtwin-trace.'),
    ...fileOrData,
    zone: name.optional().describe("The zone that the trace's customers come to. Default: the first zone."),
    timeScale: z
      .number()
      .gt(0)
      .max(1e6)
      .prefault(1)
      .describe('All times of the file are multiplied by it: 0.5 is twice as fast. Default: 1.'),
    limit: z.int().min(1).optional().describe('Only so many VMs, the first to start. Default: all.'),
  })
  .describe('Customers and VMs from a recorded trace, beside those that are drawn.');

export const workload = z.strictObject({
  accounts: z
    .strictObject({
      initial: z.int().min(0).max(10_000_000).prefault(0).describe('Customers at the start.'),
      arrivals: accountArrivals.optional().describe('Further customers. Default: none.'),
      vms: vmCounts
        .prefault('azure-2019-deployments')
        .describe('VMs that a customer starts on arrival; rounded, at least 1. Default: azure-2019-deployments.'),
      sizes: sizes
        .optional()
        .describe('What VMs are made of, where they are of no offering. Default: azure-2019, without offerings.'),
      offerings: z
        .record(name, weight)
        .optional()
        .describe('Share of each offering. Default: VMs are of no offering, but of sizes.'),
      zones: z.record(name, weight).optional().describe('Share of each zone. Default: even.'),
    })
    .prefault({}),
  vms: z
    .strictObject({
      lifetime: lifetime
        .prefault('azure-2019')
        .describe(
          "From running to destruction, e.g. {exponential: {mean: 2d}}; 'none': for ever. Default: azure-2019.",
        ),
      arrivals: vmArrivals.optional().describe("Further VMs, for each customer; {}: as Azure's. Default: none."),
      cpuUse: cpuUse.prefault('none'),
      diskUse: diskUse.prefault('none'),
    })
    .prefault({}),
  traffic: traffic.prefault('none'),
  memory,
  trace: trace.optional(),
});

export const initial = z
  .strictObject({
    format: name.describe('Format of the file: vm-rescheduling, balcon, inventory-csv.'),
    ...fileOrData,
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
