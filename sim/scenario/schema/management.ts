/** The management plane, its policies, and what the simulated agents and the messages to them are like. */
import { z } from 'zod';
import { durationDistribution } from './distribution.js';
import { name, notBuiltYet, quantity, ratio, throttle } from './fields.js';
import { defrag } from './defrag.js';
import { migration } from './migration.js';

const commands = z.strictObject({
  timeout: quantity('duration', 'positive')
    .prefault('10m')
    .describe('Unanswered for this long, a command is repeated.'),
  attempts: z.int().min(1).max(1000).prefault(3).describe('Sendings before a command that builds is given up.'),
  retry: quantity('duration', 'positive')
    .prefault('5m')
    .describe('Pause between sendings of a command that takes back, which is never given up.'),
});

const agents = z
  .strictObject({
    per: z
      .enum(['host', 'cluster'])
      .prefault('host')
      .describe("One agent for each host, or one for each cluster: an entry of a pod's hosts."),
    atOnce: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe('Commands that an agent works on at once; further ones wait. Default: no limit.'),
    pingInterval: quantity('duration').optional().describe('How often agents are pinged.'),
    pingTimeoutFactor: z.number().min(1).optional().describe('Intervals without an answer before a host is suspect.'),
  })
  .describe('The ping figures are recorded; not modelled yet.');

const factor = (what: string) => z.number().gt(0).max(100).prefault(1).describe(`${what} promised over what there is.`);

export const management = z.strictObject({
  servers: z
    .int()
    .min(1)
    .max(1000)
    .prefault(1)
    .describe('Management servers of a zone, on one database: inputs go to them in turn.'),
  backup: notBuiltYet('a backup management cluster'),
  agents: agents.optional(),
  vlanAssigned: z
    .enum(['at-first-use', 'at-registration'])
    .prefault('at-first-use')
    .describe('When a customer gets a guest network with its VLAN ID.'),
  routerOffering: name
    .prefault('router')
    .describe(
      'Offering of routing appliances. Default: router; built in as 1 core, 512 MiB, 2 GiB where not declared.',
    ),
  collectAfter: quantity('duration')
    .prefault('10m')
    .describe('A guest network and its routing appliance are collected this long after its last VM stopped.'),
  holdStopped: quantity('duration')
    .prefault('0 s')
    .describe(
      'A stopped VM keeps its CPU and memory reserved for this long, and comes back there. Default: not at all.',
    ),
  bridgeMemory: quantity('memory').prefault('1 MiB').describe("Host memory of a customer's virtual NIC and bridge."),
  throttle: throttle.describe(
    "What each customer's VM may use at most, whatever its offering and its account say beside it. Default: no limit.",
  ),
  overprovision: z
    .strictObject({ cpu: factor('CPU'), memory: factor('Memory') })
    .prefault({})
    .describe(
      'What hosts are promised to hold over what they have, rounded down to whole units. Default: 1, no overcommit.',
    ),
  latency: quantity('duration')
    .prefault('1 ms')
    .describe('One-way delay of messages between management servers and agents, and between zones.'),
  commands: commands.prefault({}),
});

const BOOT = 'Default: 34 s, a warm start of a Linux instance on AWS (Hao et al. 2021).';
const SHUTDOWN = 'Default: 5 s, within the 3 to 8 s that clouds take to release an instance (Hao et al. 2021).';

export const durations = z.strictObject({
  boot: durationDistribution.prefault('34 s').describe(`From the start command to a running VM. ${BOOT}`),
  shutdown: durationDistribution.prefault('5 s').describe(`From the stop command to a stopped VM. ${SHUTDOWN}`),
  diskCreate: durationDistribution
    .prefault('1 s')
    .describe('To create a virtual disk, beside the copy of its template.'),
  templateCopy: z
    .union([z.literal('none'), quantity('byteRate', 'positive')])
    .prefault('none')
    .describe("Rate at which a template is copied into a new disk; 'none': a copy-on-write clone."),
  storageCopy: quantity('byteRate', 'positive')
    .prefault('125 MBps')
    .describe(
      'Rate at which templates come to a storage server, and snapshots are taken and gone back to. Default: 1 Gbps.',
    ),
});

export const faults = z
  .strictObject({
    drop: ratio.prefault(0).describe('Share of messages lost.'),
    duplicate: ratio.prefault(0).describe('Share of messages that come twice.'),
    delay: ratio.prefault(0).describe('Share of messages held up; they may be overtaken.'),
    delayBy: durationDistribution.prefault('30 s').describe('How long. Default: 30 s.'),
  })
  .describe('Faults of the messages between management plane and agents. Default: none.');

const placement = z
  .union([name, z.looseObject({ name: name.optional() })], {
    error: () => "write a policy's name, or {name: ..., and its options}",
  })
  .describe('Where VMs start: a name, or {name: ..., options}.');

const noPolicyYet = (what: string) =>
  z
    .union([z.literal('none'), z.null()])
    .optional()
    .describe(`${what}; only none yet.`);

export const policies = z.strictObject({
  placement: placement.prefault('first-fit'),
  defrag,
  balance: noPolicyYet('Rescheduling for load'),
  migration,
  restart: notBuiltYet('restart after failures'),
  decisionTime: quantity('duration')
    .prefault('0 s')
    .describe("What a policy's thinking costs in simulated time; only 0 yet."),
});
