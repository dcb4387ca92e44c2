/** Scripted events: what named customers ask for, and what happens, at given times. */
import { z } from 'zod';
import { address, addressRange, iops, name, quantity } from './fields.js';
import { pairRate } from './traffic.js';
import { vmCount } from './workload.js';

const account = name.describe('Who asks.');
const vm = name.describe('The VM, by its name.');
const network = name.prefault('default').describe("A guest network of the account. Default: 'default', its first.");

/** One of: an offering, a function, or cpu and memory (and disk). */
const wanted = {
  offering: name.optional().describe('An offering.'),
  function: name.optional().describe('Something that it must do: one of functions.'),
  cpu: quantity('cpu', 'positive').optional().describe('By resources: goes with memory.'),
  memory: quantity('memory', 'positive').optional().describe('By resources: goes with cpu.'),
};

const vmEvent = (what: string) =>
  z
    .strictObject({
      account,
      vm: name.optional().describe('One VM by name. Default: the first `count` that this can be done to.'),
      count: vmCount.optional().describe('Default: 1.'),
    })
    .optional()
    .describe(`${what} VMs of an account.`);

const start = z
  .strictObject({
    account,
    ...wanted,
    disk: quantity('memory').optional().describe('Of a VM by resources. Default: none.'),
    storage: z
      .enum(['pod', 'local'])
      .optional()
      .describe("Of a VM by resources: the pod's, the default, or its host's."),
    name: name.optional().describe('What a new VM is called. Default: vm-0001 and so on.'),
    networks: z
      .array(name)
      .min(1)
      .max(8)
      .optional()
      .describe("Guest networks of its virtual NICs. Default: 'default'."),
    addresses: z
      .array(address)
      .min(1)
      .max(8)
      .optional()
      .describe('Its own private addresses, one for each of its guest networks. Default: the next free ones.'),
    template: name.optional().describe("What its disk begins as. Default: the offering's."),
    tier: name
      .optional()
      .describe("Which of the tiers of its account's traffic a new VM is in. Default: by their shares."),
    vm: name.optional().describe('One stopped VM by name. Default: the first `count` of them.'),
    count: vmCount.optional().describe('Default: 1.'),
  })
  .optional()
  .describe('Start VMs of an account: new ones, or (with none of offering, function, cpu) stopped ones again.');

const snapshotEvent = (what: string) =>
  z
    .strictObject({ account, vm, snapshot: name.describe('Name of the snapshot.') })
    .optional()
    .describe(what);

const port = z.int().min(1).max(65_535);
const protocol = z.enum(['tcp', 'udp']).prefault('tcp');
const targetPort = port.optional().describe('Port on the VM. Default: the public one.');
const publicAddress = address
  .optional()
  .describe("A public address acquired for the guest network. Default: its routing appliance's own.");

const ruleTraffic = pairRate
  .optional()
  .describe(
    'What comes in by it from the public network (there) and goes back, divided evenly among its running VMs: 10 Mbps, half each way, or {there: ..., back: ...}. Default: none.',
  );

const addRule = z
  .strictObject({
    account,
    network,
    rule: name.describe('What the customer calls it.'),
    portForward: z
      .strictObject({ protocol, publicAddress, port, vm, targetPort, traffic: ruleTraffic })
      .optional()
      .describe('From a public port to one VM.'),
    loadBalancer: z
      .strictObject({
        protocol,
        publicAddress,
        port,
        vms: z.array(name).min(1).max(1000),
        targetPort,
        traffic: ruleTraffic,
      })
      .optional()
      .describe('From a public port to several VMs.'),
    firewall: z
      .strictObject({
        protocol,
        from: addressRange.prefault('0.0.0.0/0'),
        ports: z.tuple([port, port]).describe('From, to.'),
      })
      .optional()
      .describe('What is let through from outside.'),
    dns: z.strictObject({ host: name, vm }).optional().describe('A further host name for a VM.'),
  })
  .optional()
  .describe('A rule in the routing appliance (portForward, loadBalancer, dns) or in the firewall.');

export const event = z.strictObject({
  at: quantity('duration').describe('From the start of the run.'),
  start,
  stop: vmEvent('Stop'),
  reboot: vmEvent('Reboot'),
  destroy: vmEvent('Destroy'),
  resize: z
    .strictObject({ account, vm, ...wanted })
    .optional()
    .describe('Another size for a VM, running or stopped.'),
  throttle: z
    .strictObject({
      account: name.describe('Whose VMs.'),
      network: z
        .union([z.literal('none'), quantity('bitRate', 'positive')])
        .optional()
        .describe("What each may use of the network; 'none': no limit of the account's. Default: as it was."),
      iops: z
        .union([z.literal('none'), iops])
        .optional()
        .describe("Operations that each may do on its disk in a second; 'none': no limit. Default: as it was."),
    })
    .optional()
    .describe("An administrator's: another throttle for an account's VMs, those that run too."),
  migrate: z
    .strictObject({
      account,
      vm,
      to: z
        .string()
        .optional()
        .describe('The host, by its full name: z1/p01/h02. Default: one that the placement policy chooses.'),
      cold: z
        .boolean()
        .optional()
        .describe('Stopped first, and started there; one that is off stays off, and its disk is moved. Default: live.'),
      zone: name
        .optional()
        .describe(
          'Another zone, where the account may be (its otherZones): the VM is stopped, and started there with new addresses.',
        ),
    })
    .optional()
    .describe('Bring a VM to another host, with its disk where that cannot stay: live, or cold.'),
  evacuate: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'Hosts of a zone, by their full names: all that runs there is brought elsewhere, live, where the placement policy says.',
    ),
  defragment: name.optional().describe('A zone: a round of defragmentation, now.'),
  console: z.strictObject({ account, vm }).optional().describe("Open a running VM's console."),
  snapshot: snapshotEvent("Take a snapshot of a VM's disk."),
  revert: snapshotEvent('Give the disk of a stopped VM the content of a snapshot.'),
  deleteSnapshot: snapshotEvent('Delete a snapshot.'),
  createNetwork: z
    .strictObject({ account, network: name, addresses: addressRange.optional().describe("Default: the zone's.") })
    .optional()
    .describe('A further guest network for an account.'),
  deleteNetwork: z.strictObject({ account, network }).optional().describe('Delete a guest network that nothing is in.'),
  acquireAddress: z.strictObject({ account, network }).optional().describe('The next free public address, for rules.'),
  releaseAddress: z.strictObject({ account, network, address }).optional().describe('Give a public address back.'),
  addRule,
  removeRule: z.strictObject({ account, network, rule: name }).optional().describe('Remove a rule.'),
  fail: z.string().optional().describe('A host fails, by its full name: z1/p01/h02. What runs on it is gone.'),
  silence: z
    .string()
    .optional()
    .describe("A host's agent neither hears nor answers, by the host's full name; what runs goes on."),
  drain: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe(
      'Hosts or pods of a zone, by their full names (z1/p02, z1/p02/h01): nothing new goes there, all that runs there is brought elsewhere, live.',
    ),
  maintain: z
    .strictObject({
      zone: name.describe('All its hosts that are in service.'),
      atOnce: z.int().min(1).max(1_000_000).prefault(1).describe('Hosts at a time. Default: 1.'),
      each: quantity('duration').prefault('30 min').describe('How long each is down. Default: 30 min.'),
    })
    .optional()
    .describe('Rolling maintenance of a zone: hosts are emptied, down, and in service again, one after the other.'),
  for: quantity('duration', 'positive')
    .optional()
    .describe('Belongs to fail and silence. Default: to the end of the run.'),
  until: quantity('duration')
    .optional()
    .describe('Belongs to drain: then they are in service again, and what ran there comes back. Default: never.'),
});

/** What can be asked for, one an event. */
export const REQUEST_ACTIONS = [
  ...(['start', 'stop', 'reboot', 'destroy', 'resize', 'console', 'snapshot', 'revert', 'deleteSnapshot'] as const),
  ...([
    'createNetwork',
    'deleteNetwork',
    'acquireAddress',
    'releaseAddress',
    'addRule',
    'removeRule',
    'throttle',
    'migrate',
  ] as const),
] as const;
/** An administrator's, of hosts of one zone. */
export const ADMINISTRATIVE = ['evacuate', 'defragment', 'drain', 'maintain'] as const;
/** What happens, whoever wants it. */
export const HAPPENINGS = ['fail', 'silence'] as const;
export const EVENT_ACTIONS = [...REQUEST_ACTIONS, ...ADMINISTRATIVE, ...HAPPENINGS] as const;
export const RULE_KINDS = ['portForward', 'loadBalancer', 'firewall', 'dns'] as const;
