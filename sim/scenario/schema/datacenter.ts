/** Hardware and how it is laid out: types of hosts, storage servers and switches; data centers, zones, pods. */
import { z } from 'zod';
import { address, addressRange, count, iops, linkSpeed, name, price, quantity, vlanRange } from './fields.js';
import {
  firewall,
  managementServers,
  podLatency,
  podSwitch,
  racks,
  separate,
  storageShare,
  templateStore,
  zoneSwitch,
} from './network.js';

const SIZE_SOURCE = 'as in a two-socket server of 16 cores each';

export const hostType = z.strictObject({
  cpu: quantity('cpu', 'positive').describe('Cores of the whole host.'),
  memory: quantity('memory', 'positive').describe('Memory of the whole host.'),
  numaNodes: z.int().min(1).max(64).prefault(1).describe('NUMA nodes; each has an equal part of cores and memory.'),
  nic: linkSpeed.prefault('10 Gbps').describe('Speed of each network port. Default: 10 Gbps.'),
  nics: z.int().min(1).max(64).prefault(2).describe('Network ports, spread over the switches of pod or rack.'),
  bond: z
    .enum(['aggregate', 'active-backup'])
    .prefault('aggregate')
    .describe('All ports at once, a flow on one of them (LACP); or one port, the others for when it fails.'),
  reserved: z
    .strictObject({ cpu: quantity('cpu').prefault('0 cores'), memory: quantity('memory').prefault('0 B') })
    .prefault({})
    .describe('What hypervisor and agent keep for themselves, in equal parts from the NUMA nodes. Default: nothing.'),
  localDisk: quantity('memory')
    .prefault('0 B')
    .describe('Room for virtual disks on the host itself, for offerings with storage: local. Default: none.'),
  lacks: z
    .array(z.enum(['console', 'live-resize']))
    .prefault([])
    .describe('What its hypervisor cannot do, as its agent reports. Default: it can do everything.'),
  power: z.string().optional().describe('Name of a power model. Recorded; not modelled yet.'),
});

export const storageType = z.strictObject({
  capacity: quantity('memory', 'positive').describe('Room for virtual disks.'),
  iops: z.number().min(0).prefault(40_000).describe('Operations per second. Recorded; does not slow anything yet.'),
  nic: linkSpeed.prefault('20 Gbps').describe('Network speed. Default: 20 Gbps.'),
});

export const switchType = z.strictObject({
  macTable: z.int().min(1).prefault(32_768).describe('Entries of the MAC table. Recorded; not modelled yet.'),
  vlans: z
    .int()
    .min(1)
    .max(4094)
    .prefault(1024)
    .describe('Guest VLANs that it can carry; a start that would need one more is refused.'),
  virtualPorts: z.int().min(1).prefault(3000).describe('Pairs of a port and a guest VLAN on it that it can carry.'),
});

/** Types that need no declaration; a declared one of the same name takes their place. */
export const BUILT_IN_TYPES = {
  hostTypes: {
    standard: {
      cpu: '32 cores',
      memory: '256 GiB',
      numaNodes: 2,
      nic: '10 Gbps',
      nics: 2,
      reserved: { cpu: '1 core', memory: '4 GiB' },
    },
  },
  storageTypes: { filer: { capacity: '40 TiB', iops: 40_000, nic: '20 Gbps' } },
  switchTypes: {
    tor: { macTable: 32_768, vlans: 1024, virtualPorts: 3000 },
    core: { macTable: 131_072, vlans: 4094, virtualPorts: 16_000 },
  },
} as const;

const network = z.strictObject({
  vlans: z
    .array(vlanRange)
    .min(1)
    .prefault(['1-4094'])
    .describe(
      "The zone's pool of guest VLAN IDs (or each pod's, see vlanScope): single IDs and ranges. Default: all that 802.1Q allows.",
    ),
  vlanScope: z
    .enum(['zone', 'pod', 'overlay'])
    .prefault('zone')
    .describe(
      'What a VLAN ID is unique in. pod: every pod has the pool again, and a guest network is in one pod. overlay: 24-bit IDs that switches do not see.',
    ),
  trunks: z
    .enum(['pruned', 'unpruned'])
    .prefault('pruned')
    .describe('Whether a switch port carries only VLANs that somebody behind it is in, or all of its switch.'),
  guestAddresses: addressRange.prefault('10.0.0.0/8').describe('Private range of every guest network.'),
  guestGateway: address
    .optional()
    .describe('Gateway of every guest network. Default: 10.1.1.1, or the first usable address where that is outside.'),
  publicAddresses: z
    .array(addressRange)
    .min(1)
    .optional()
    .describe(
      'Public addresses, one a routing appliance. Default: a /20 of 198.18.0.0/15 (reserved for tests by RFC 2544), another for each zone.',
    ),
  managementAddresses: addressRange.prefault('192.168.0.0/16').describe('Management network: one a routing appliance.'),
  zoneSwitch: zoneSwitch.prefault({}),
  podLatency,
  firewall: firewall.prefault({}),
  separate,
  storageShare,
  templateStore: templateStore.prefault({}),
  managementServers: managementServers.prefault({}),
});

const named = name.optional();
const howMany = count.optional().describe('How many of these; they are numbered. Default: one.');

const hostGroup = z.strictObject({
  name: named.describe('With count, h gives h01, h02 ...; without count it is the name itself. Default: h, numbered.'),
  type: named.describe('A host type. Default: the only one declared, or standard.'),
  count: howMany,
  role: z
    .enum(['computing', 'routing', 'both'])
    .prefault('both')
    .describe("Runs customers' VMs, routing appliances, or both."),
});

const storageGroup = z.strictObject({
  name: named.describe('Default: s, numbered: s1, s2 ...'),
  type: named.describe('A storage type. Default: the only one declared, or filer.'),
  count: howMany,
});

const pod = z.strictObject({
  name: name.describe('With count, p gives p01, p02 ...; without count it is the name itself.'),
  count: howMany,
  hosts: z.array(hostGroup).min(1),
  storage: z.array(storageGroup).min(1).prefault([{}]).describe('Default: one server.'),
  podSwitch: podSwitch.prefault({}),
  racks: racks.optional(),
});

export const zone = z.strictObject({
  name,
  dataCenter: named.describe('The data center that it stands in. Default: none, without latency to other zones.'),
  network: network.prefault({}),
  pods: z.array(pod).prefault([]).describe('May be left out where initial brings the hosts.'),
});

export const hostTypes = z
  .record(name, hostType)
  .describe(
    `By name. Default: standard, 32 cores and 256 GiB in 2 NUMA nodes, ${SIZE_SOURCE}; 1 core, 4 GiB reserved.`,
  );

export const storageTypes = z.record(name, storageType).describe('By name. Default: filer, 40 TiB.');

export const switchTypes = z.record(name, switchType).describe('By name. Default: tor for pods, core for zones.');

export const offering = z.strictObject({
  cpu: quantity('cpu', 'positive'),
  memory: quantity('memory', 'positive'),
  disk: quantity('memory').prefault('20 GiB').describe('Virtual disk.'),
  storage: z
    .enum(['pod', 'local'])
    .prefault('pod')
    .describe("Where the disk is: on the pod's storage servers, or on the host (then the VM starts nowhere else)."),
  template: name.optional().describe('One of templates: what the disk begins as. Default: an empty disk.'),
  network: quantity('bitRate', 'positive')
    .optional()
    .describe("Throttle of each VM's network; the tightest of offering, account and cloud applies. Default: none."),
  iops: iops.optional().describe("Throttle of each VM's disk, in operations a second. Default: none."),
  perHour: price.optional().describe('Price of an hour that a VM of it runs. Default: its hours cost nothing.'),
  system: z.boolean().prefault(false).describe("For podtwin's own VMs: customers cannot choose it."),
});

const needs = z
  .strictObject({
    cpu: quantity('cpu').prefault('0 cores'),
    memory: quantity('memory').prefault('0 B'),
    disk: quantity('memory').prefault('0 B'),
  })
  .describe('What it needs: the smallest offering that has as much is taken.');

export const functions = z
  .record(name, z.strictObject({ offering: name.optional().describe('This one.'), atLeast: needs.optional() }))
  .describe('What VMs can be asked to do, by name: each an offering, or what the offering must have at least.');

export const templates = z
  .record(name, z.strictObject({ size: quantity('memory', 'positive').describe('Bytes to copy.') }))
  .describe('Disk images. One is copied to a storage server for the first disk there that begins as it, and kept.');
