/**
 * The tables of what the network carried: a column a field of their rows, complete by the rows' types, so that a row is
 * written and read back field by field without another list of names.
 */
import { integer, maybe, real, text, type Column, type Table, type Unit } from './columns.js';
import type { NetworkTables } from './network-types.js';

type RowOf<Key extends keyof NetworkTables> = NetworkTables[Key][number];
type Columns<Row> = { readonly [Field in keyof Row]-?: Column };

export interface NetworkTable<Name extends string = string> extends Table {
  readonly name: Name;
  readonly fields: readonly string[];
}

function table<Key extends keyof NetworkTables, Name extends string>(
  _rows: Key,
  name: Name,
  about: string,
  key: readonly string[],
  columns: Columns<RowOf<Key>>,
): NetworkTable<Name> {
  return { name, about, key, columns: Object.values<Column>(columns), fields: Object.keys(columns) };
}

const zone = text('zone', 'The zone.');
const share = (name: string, about: string): Column => real(name, about, 'share');
const rate = (name: string, about: string): Column => real(name, about, 'bits per second');
const bits = (name: string, about: string): Column => real(name, about, 'bits');
const perSecond = (name: string, about: string, unit: Unit = 'frames per second'): Column => real(name, about, unit);

/** Empty where traffic, disk use and transfers are not modelled; `pod_broadcast`, `broadcast_parameters` and `switches` never are. */
export const NETWORK_TABLES = {
  links: table(
    'links',
    'links',
    'Links of the network, each in one direction; use is over its capacity, after the warm-up, as sampled.',
    ['zone', 'fabric', 'link'],
    {
      zone,
      link: text('link', 'Name: what it is the link of, and up (towards the zone switch) or down.'),
      kind: text('kind', 'host, rack, pod-uplink, storage, template-store, management, public or vpn.'),
      fabric: text('fabric', 'The switches that it belongs to: data, or those of one traffic class.'),
      capacityBitsPerSecond: rate('capacity_bits_per_second', 'What it carries.'),
      mean: share('mean', 'Mean use; above 1: more was asked for than there is.'),
      p95: share('p95', 'Use that was not exceeded in 95 % of the time, to a percentage point.'),
      peak: share('peak', 'Most that was used in any sample.'),
      peakMicros: integer('peak_micros', 'When.', 'microseconds'),
      highRatio: share('high_ratio', 'Time above 70 %.'),
      guest: rate('guest', "Mean of customers' traffic, with the public network too."),
      storage: rate('storage', 'Mean of operations on disks.'),
      management: rate('management', 'Mean of commands, reports and consoles.'),
      transfers: rate('transfers', 'Mean of copies and flows.'),
    },
  ),
  switches: table(
    'switches',
    'switches',
    'Switches, or pairs of them; the most that they had to hold, and limits of the smaller of a pair.',
    ['zone', 'switch'],
    {
      zone,
      switch: text('switch', 'Name of the switch or pair.'),
      level: text('level', 'rack, pod or zone.'),
      peakVlans: maybe(integer('peak_vlans', 'Guest VLANs active at once; absent: an overlay hides them.')),
      vlanLimit: integer('vlan_limit', 'VLANs that it can carry.'),
      peakVirtualPorts: maybe(
        integer('peak_virtual_ports', 'Sum over its ports of guest VLANs carried; absent likewise.'),
      ),
      virtualPortLimit: integer('virtual_port_limit', 'Virtual ports that it can have.'),
      peakMacEntries: integer('peak_mac_entries', 'MAC addresses behind it.'),
      macTable: integer('mac_table', 'MAC addresses that it can remember.'),
      meanBitsPerSecond: rate('mean_bits_per_second', 'Mean of what went through it.'),
      peakBitsPerSecond: rate('peak_bits_per_second', 'Most of it in any sample.'),
    },
  ),
  vlanAlternatives: table(
    'vlanAlternatives',
    'vlan_alternatives',
    'What each way to number guest networks would allow in a zone.',
    ['zone', 'scope'],
    {
      zone,
      scope: text('scope', 'zone: IDs unique in the zone; pod: used again in every pod; overlay: 24 bits.'),
      inForce: integer('in_force', '1: the way of this run.'),
      networks: integer('networks', 'Guest networks that can be at once.'),
      spansPods: integer('spans_pods', '1: a guest network may have VMs in several pods.'),
      overheadBytes: integer('overhead_bytes', 'Added to every frame between hosts.', 'bytes'),
      payloadRatio: share('payload_ratio', "Left of a full packet's payload, where links keep their MTU of 1500."),
    },
  ),
  customers: table(
    'customers',
    'customer_traffic',
    "What customers' VMs exchanged after the warm-up, by guest network.",
    ['zone', 'account', 'network'],
    {
      zone,
      account: text('account', 'Name of the account.'),
      network: text('network', 'What its customer calls the guest network.'),
      sameHost: bits('same_host', 'Within a host.'),
      samePod: bits('same_pod', 'Between hosts of a pod.'),
      crossPod: bits('cross_pod', 'Across pods.'),
      toPublic: bits('to_public', 'To the public network.'),
      fromPublic: bits('from_public', 'From it.'),
    },
  ),
  pods: table('pods', 'pod_broadcast', 'Broadcast in each pod, per host, after the warm-up.', ['zone', 'pod'], {
    zone,
    pod: text('pod', 'Name of the pod; "flat": all hosts of the zone as one layer-2 network.'),
    hosts: integer('hosts', 'Its hosts.'),
    meanFramesPerSecond: perSecond('mean_frames_per_second', 'Frames that a host receives, mean over hosts and time.'),
    maxFramesPerSecond: perSecond('max_frames_per_second', 'The most of any host in any sample.'),
    floodedFramesPerSecond: perSecond('flooded_frames_per_second', 'Unicast frames among them, flooded.'),
    cpuShare: share('cpu_share', "Of a host's CPU that they take."),
    linkShare: share('link_share', "Of a host's uplink that they take."),
  }),
  overloads: table(
    'overloads',
    'overloads',
    'Links that were asked for more than they have: when most was asked of each, by customer.',
    ['zone', 'link', 'account', 'network'],
    {
      zone,
      link: text('link', 'Name of the link.'),
      atMicros: integer('at_micros', 'When most was asked of it.', 'microseconds'),
      capacityBitsPerSecond: rate('capacity_bits_per_second', 'What it carries.'),
      askedBitsPerSecond: rate('asked_bits_per_second', 'What all customers asked of it.'),
      othersBitsPerSecond: rate('others_bits_per_second', 'What storage and management took first.'),
      account: text('account', 'Name of the account.'),
      network: text('network', 'Its guest network.'),
      accountAskedBitsPerSecond: rate('account_asked_bits_per_second', 'What it asked of the link.'),
      accountGetsBitsPerSecond: rate(
        'account_gets_bits_per_second',
        'What it gets where customers share max-min fairly.',
      ),
    },
  ),
  storage: table(
    'storage',
    'storage_use',
    'What VMs asked of storage servers, after the warm-up.',
    ['zone', 'server'],
    {
      zone,
      server: text('server', 'Name of the storage server.'),
      capacityIops: perSecond('capacity_iops', 'What it can do.', 'operations per second'),
      meanIops: perSecond('mean_iops', 'Mean of what was asked for.', 'operations per second'),
      peakIops: perSecond('peak_iops', 'Most that was asked for.', 'operations per second'),
      shortRatio: share('short_ratio', 'Of what was asked for, what it could not do.'),
      timeShortRatio: share('time_short_ratio', 'Time in which it was asked for more than it can do.'),
    },
  ),
  podSizes: table(
    'podSizes',
    'pod_sizes',
    'How many VMs of an offering each pod can bear, empty.',
    ['zone', 'pod', 'offering'],
    {
      zone,
      pod: text('pod', 'Name of the pod.'),
      offering: text('offering', 'Name of the offering.'),
      iopsPerVm: perSecond('iops_per_vm', 'What each VM may ask for: its throttle.', 'operations per second'),
      vmsByStorage: integer('vms_by_storage', "VMs whose operations the pod's storage servers can do."),
      vmsByHosts: integer('vms_by_hosts', 'VMs that its hosts have CPU and memory for.'),
    },
  ),
  transfers: table(
    'transfers',
    'transfers',
    'Copies and flows, each shared its links max-min fairly with the others.',
    ['zone', 'transfer'],
    {
      zone,
      transfer: integer('transfer', 'In the order of beginning, from 0.'),
      kind: text('kind', 'template, flow ...'),
      source: text('source', 'From where.'),
      destination: text('destination', 'To where.'),
      bytes: integer('bytes', 'How much.', 'bytes'),
      beginMicros: integer('begin_micros', 'When it began.', 'microseconds'),
      endMicros: maybe(
        integer('end_micros', 'When it ended; absent: it had not at the end of the run.', 'microseconds'),
      ),
      outcome: text('outcome', 'done, cancelled or under-way.'),
      meanBitsPerSecond: maybe(
        rate('mean_bits_per_second', 'Over its whole time; absent: it did not come to its end.'),
      ),
      delaySeconds: maybe(
        real('delay_seconds', "By how long VMs' migrations held it up; absent: none was beside it.", 'seconds'),
      ),
    },
  ),
  migrations: table(
    'migrations',
    'migrations',
    'Migrations: what the plane did with each, and what copying it came to.',
    ['zone', 'migration'],
    {
      zone,
      migration: integer('migration', 'In the order in which they were asked for, from 0.'),
      vm: text('vm', 'account/vm.'),
      how: text('how', 'live or cold.'),
      source: maybe(text('source', 'The host that it leaves; absent: the VM is off.')),
      destination: maybe(text('destination', 'The host, or the other zone, that it goes to; absent: none was chosen.')),
      askedMicros: integer('asked_micros', 'When it was asked for.', 'microseconds'),
      beginMicros: maybe(integer('begin_micros', 'When it left the queue; absent: never.', 'microseconds')),
      endMicros: maybe(
        integer('end_micros', 'When nothing of it was left; absent: under way at the end of the run.', 'microseconds'),
      ),
      outcome: text('outcome', 'done, rolled-back, dropped (the world had changed), lost (the VM) or under-way.'),
      reason: maybe(text('reason', 'Why it did not end well.')),
      copy: maybe(
        text(
          'copy',
          'What copying came to: converged, paused, post-copy, not-converging, peer-failed, source-failed, cancelled, or cold; absent: nothing was copied.',
        ),
      ),
      totalSeconds: maybe(
        real('total_seconds', 'Of copying, from set-up to the end; cold: until it runs again.', 'seconds'),
      ),
      downtimeSeconds: maybe(real('downtime_seconds', 'Without a guest that runs.', 'seconds')),
      lostSeconds: maybe(
        real('lost_seconds', 'What the guest lost: its downtime, and its slowness where it was throttled.', 'seconds'),
      ),
      bytes: maybe(integer('bytes', 'On the wire, its disk included.', 'bytes')),
      diskBytes: maybe(integer('disk_bytes', 'Of these, of its disk; 0: that stayed where it was.', 'bytes')),
      rounds: maybe(
        integer(
          'rounds',
          'Passes over what was pending of its memory, the last one with the guest stopped among them.',
        ),
      ),
    },
  ),
  migrationRounds: table(
    'migrationRounds',
    'migration_rounds',
    'Each pass of each live migration over what was pending: pages of memory, granules of a disk that comes along.',
    ['zone', 'migration', 'stream', 'round'],
    {
      zone,
      migration: integer('migration', 'The migration.'),
      stream: text('stream', 'memory, or disk.'),
      round: integer('round', 'From 1.'),
      seconds: real('seconds', 'How long it took.', 'seconds'),
      bytes: integer('bytes', 'On the wire.', 'bytes'),
      fullPages: integer('full_pages', 'Pages with content, of 4 KiB, that were sent; of a disk granules of 64 KiB.'),
      zeroPages: integer('zero_pages', 'Pages of zeros that were sent.'),
      pendingPages: integer('pending_pages', 'Pending at its end.'),
      speedRatio: share('speed_ratio', "The guest's speed; 1: not throttled."),
    },
  ),
  rounds: table(
    'rounds',
    'defragmentation_rounds',
    'Rounds of defragmentation: what each looked at, planned and made.',
    ['zone', 'round'],
    {
      zone,
      round: integer('round', 'From 0.'),
      beginMicros: integer('begin_micros', 'When it began.', 'microseconds'),
      endMicros: maybe(
        integer(
          'end_micros',
          'When the last of its migrations was over; absent: under way at the end of the run.',
          'microseconds',
        ),
      ),
      customers: integer('customers', 'Guest networks that it looked at.'),
      leftAlone: integer('left_alone', 'Of these, those that it left as they are.'),
      moves: integer('moves', 'Migrations planned.'),
      done: integer('done', 'Migrations that came to a good end.'),
      dropped: integer('dropped', 'Those whose world had changed.'),
      rolledBack: integer('rolled_back', 'Those whose VM runs on where it was.'),
      bytes: integer('bytes', 'On the wire, of all of them.', 'bytes'),
      downtimeSeconds: real('downtime_seconds', 'Of all moved guests together.', 'seconds'),
      fragmentationBefore: share('fragmentation_before', 'Of all customers of the zone, when it began.'),
      fragmentationAfter: maybe(share('fragmentation_after', 'When it had ended.')),
    },
  ),
  scattered: table(
    'scattered',
    'scattered',
    'How scattered each guest network with running VMs is at the end.',
    ['zone', 'account', 'network'],
    {
      zone,
      account: text('account', 'The customer.'),
      network: text('network', 'Its guest network.'),
      vms: integer('vms', 'Running VMs.'),
      hosts: integer('hosts', 'Hosts that they are on.'),
      leastHosts: integer('least_hosts', 'Hosts that they need at least.'),
      pods: integer('pods', 'Pods that they are in.'),
      leastPods: integer('least_pods', 'Pods that they need at least.'),
      phantomDomains: integer('phantom_domains', "Hosts other than its routing appliance's."),
      fragmentation: share('fragmentation', '0: together; 1: scattered.'),
      reason: maybe(text('reason', 'Why the last round that looked at it left it so.')),
    },
  ),
  runOuts: table(
    'runOuts',
    'run_outs',
    'What there is only so much of, and when it is used up if it goes on growing as it did after the warm-up.',
    ['zone', 'what'],
    {
      zone,
      what: text('what', 'vlan-ids, memory, cpu, iops, and uplinks by their names.'),
      unit: text('unit', 'Of capacity and use.'),
      capacity: real('capacity', 'How much there is.'),
      inUse: real('in_use', 'In use at the end, on a straight line through the samples.'),
      perDay: real('per_day', 'What is added a day.'),
      atMicros: maybe(
        integer(
          'at_micros',
          'When it is used up, from the beginning of the run; absent: it does not grow beyond doubt, or not so far in a century.',
          'microseconds',
        ),
      ),
    },
  ),
  parameters: table(
    'parameters',
    'broadcast_parameters',
    'Constants that the figures of broadcast rest on.',
    ['name'],
    {
      name: text('name', 'What it is, its unit last.'),
      value: real('value', 'As the run took it.'),
      unit: text('unit', 'Of the value.'),
      source: text('source', 'Where it comes from.'),
      calibrate: integer('calibrate', '1: an assumption, or a figure of another network, to be calibrated.'),
    },
  ),
} as const;
