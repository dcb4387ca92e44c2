/** A scenario file: the one source of its types, its checks and its JSON Schema. */
import { z } from 'zod';
import { functions, hostTypes, offering, storageTypes, switchTypes, templates, zone } from './datacenter.js';
import { name, notBuiltYet, quantity } from './fields.js';
import { durations, faults, management, policies } from './management.js';
import { event } from './events.js';
import { flows, transfers } from './flows.js';
import { dataCenters, vpns } from './network.js';
import { prices } from './prices.js';
import { account, expectation, initial, workload } from './workload.js';

export const scenarioSchema = z.strictObject({
  podtwin: z.literal(1).describe('Version of the format: 1.'),
  name: name.describe('Name of the scenario; runs are kept in a folder of this name.'),
  about: z.string().prefault('').describe('One sentence: what this file shows.'),
  variant: name.optional().describe('Written by podtwin: the variant of the original file that this document is.'),
  extends: z
    .string()
    .optional()
    .describe(
      'A file, from the folder of this one, that this one is laid over: maps merge by key, lists replace, null removes.',
    ),
  seed: z.int().min(0).prefault(1).describe('All chance follows from it. Default: 1.'),
  duration: quantity('duration', 'positive').describe('Simulated time, e.g. 7d.'),
  study: z
    .enum(['terminating', 'steady-state'])
    .prefault('terminating')
    .describe('What the run stands for: all of it, or what follows warmUp.'),
  warmUp: quantity('duration').prefault('0 s').describe('Left out of means over time. Default: 0.'),
  dataCenters: dataCenters.optional(),
  hostTypes: hostTypes.prefault({}),
  storageTypes: storageTypes.prefault({}),
  switchTypes: switchTypes.prefault({}),
  zones: z.array(zone).min(1).max(1000).describe('Zones hold pods, pods hold hosts and storage servers.'),
  vpns,
  offerings: z.record(name, offering).describe('What customers can start, by name.'),
  functions: functions.prefault({}),
  templates: templates.prefault({}),
  prices: prices
    .prefault({})
    .describe('What customers pay, beside the perHour of offerings; without any price no bill.'),
  management: management.prefault({}).describe('The management plane.'),
  durations: durations.prefault({}).describe('How long the simulated agents take: fixed, or a distribution.'),
  policies: policies.prefault({}).describe('Who decides what.'),
  accounts: z.array(account).prefault([]).describe('Named customers, beside those that the workload draws.'),
  workload: workload.optional().describe('Customers that come and go. Default: none.'),
  initial: initial.optional(),
  flows,
  transfers: transfers.prefault({}).describe('Copies and flows beside the other traffic.'),
  broadcast: z
    .record(name, z.number().min(0))
    .prefault({})
    .describe(
      "Parameters of the broadcast model by name, e.g. {vmNewPeersPerSecond: 0.01}, each in the unit of the model's table. Default: the table's own.",
    ),
  failures: notBuiltYet('failures'),
  events: z.array(event).prefault([]).describe('What happens at given times.'),
  faults: faults.optional(),
  record: z.enum(['full', 'summary']).prefault('full').describe('How much of the history is kept.'),
  samples: quantity('duration', 'positive')
    .prefault('5m')
    .describe('How often figures over time are sampled. Default: 5m.'),
  expect: z.array(expectation).prefault([]).describe('What must hold at the end, for CI.'),
  variants: z
    .record(name, z.record(z.string(), z.unknown()))
    .optional()
    .describe(
      'Alternatives of this file: {name: {path: value}}; a path like zones.z1.pods.p.count is set to the value.',
    ),
});

/** A file as read: defaults filled in, quantities in base units; references still by name. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
