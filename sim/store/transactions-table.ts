/** The table of the history: one row a transaction, a column for each field that any kind of it has. */
import { integer, lane, maybe, real, text, type Table } from './columns.js';

export const TRANSACTIONS = {
  name: 'transactions',
  about:
    'The history of each plane: every change, in order. State is the fold of it. Which columns a kind fills stands below the tables.',
  key: ['lane', 'number'],
  columns: [
    lane,
    integer('number', 'Place in the history of its lane, from 0.'),
    integer('at_micros', 'When.', 'microseconds'),
    text('kind', 'What kind of change.'),
    maybe(integer('account', 'The account.')),
    maybe(integer('network', 'The guest network.')),
    maybe(integer('vm', 'The VM.')),
    maybe(integer('disk', 'The virtual disk.')),
    maybe(integer('nic', 'The virtual NIC.')),
    maybe(integer('copy', "The template's copy on a storage server.")),
    maybe(integer('snapshot', 'The snapshot of a disk.')),
    maybe(integer('rule', 'The rule in a routing appliance or the firewall.')),
    maybe(integer('migration', 'The migration.')),
    maybe(integer('host', 'The host; of a migration: its source.')),
    maybe(integer('destination', 'The host that a migration goes to.')),
    maybe(integer('server', 'The storage server.')),
    maybe(integer('request', 'The request: that began or ended, or for which a VM or rule changed.')),
    maybe(integer('command', 'The command to an agent.')),
    maybe(integer('question', 'The question to a policy.')),
    maybe(
      text(
        'type',
        'What was requested or commanded; what a rule does; whether a migration is live or cold; which end of a migration (source, destination) said something.',
      ),
    ),
    maybe(
      text('event', 'What happened to the VM, migration, disk, virtual NIC, rule, guest network or routing appliance.'),
    ),
    maybe(text('from_state', 'Its state before.')),
    maybe(text('to_state', 'Its state after; of a host: in or out of service.')),
    maybe(
      text(
        'outcome',
        'How a request (done, refused, failed) or command (done, failed, given-up) ended; what an end of a migration has of the VM.',
      ),
    ),
    maybe(text('reason', 'Why, where it did not end well.')),
    maybe(
      text('name', 'Name of the account, VM, guest network or snapshot; of a rule: the host name that it gives out.'),
    ),
    maybe(text('zone', 'Zone of the account.')),
    maybe(text('role', 'user: a VM of a customer; router: a routing appliance.')),
    maybe(text('label', 'What its customer calls a rule; absent: nobody asked for it.')),
    maybe(text('interface', 'eth0, eth1 ...')),
    maybe(text('networks', "Guest networks of the VM's virtual NICs, eth0 first, as a JSON list.")),
    maybe(text('vms', 'VMs that a rule is about, as a JSON list.')),
    maybe(
      text(
        'hosts',
        'Hosts that a policy may not choose for a migration, as a JSON list; absent: it was told where to.',
      ),
    ),
    maybe(text('features', 'What a hypervisor can do, as a JSON list.')),
    maybe(integer('round', 'Round of defragmentation.')),
    maybe(integer('moves', 'Migrations that a round has planned.')),
    maybe(text('reasons', 'Why a round leaves guest networks as they are, in their order, as a JSON list.')),
    maybe(text('waits', 'Migrations that end before this one begins, as a JSON list.')),
    maybe(text('follows', 'Migrations that begin before this one does, as a JSON list.')),
    maybe(text('storage', "Where a VM's disk is: pod, or local for its host's own.")),
    maybe(integer('template', 'Template that a disk begins as.')),
    maybe(text('nodes', 'NUMA nodes that hold the VM in equal parts, as a JSON list.')),
    maybe(integer('ref', "The caller's own number for the request.")),
    maybe(
      integer(
        'subject',
        'VM, disk, template copy, snapshot, virtual NIC, rule, migration or account that a command serves.',
      ),
    ),
    maybe(integer('offering', 'Offering of the VM; absent: by resources, or taken over as it was found.')),
    maybe(integer('vlan', 'VLAN ID; of an overlay: VNI.')),
    maybe(integer('pod', "Pod that a guest network is in, where VLAN IDs are a pod's; absent: none any more.")),
    maybe(integer('address', 'IPv4 address as an unsigned integer; of a guest network or a source: the first.')),
    maybe(integer('prefix_length', 'Of the range that begins there.')),
    maybe(integer('gateway', 'Gateway of a guest network, as an address.')),
    maybe(text('protocol', 'tcp or udp.')),
    maybe(integer('port', 'Public port, first port that a firewall lets through, or port of a console.')),
    maybe(integer('target_port', 'Port on the VMs; last port that a firewall lets through.')),
    maybe(integer('node', 'NUMA node that carries a virtual NIC, or that has another size than thought.')),
    maybe(integer('attempt', 'How often a command was sent by then.')),
    maybe(integer('cpu_millis', 'CPU of the VM.', 'thousandths of a core')),
    maybe(integer('memory_bytes', 'Memory of the VM or virtual NIC.', 'bytes')),
    maybe(integer('disk_bytes', 'Size of the disk, template or snapshot.', 'bytes')),
    maybe(
      real(
        'network_bits_per_second',
        "What a VM, or each of an account's, may use of the network; absent: no limit.",
        'bits per second',
      ),
    ),
    maybe(
      real(
        'iops',
        "Operations that a VM, or each of an account's, may do on its disk; absent: no limit.",
        'operations per second',
      ),
    ),
    maybe(integer('deadline_micros', 'When a command is repeated or given up.', 'microseconds')),
    maybe(
      integer(
        'due_at_micros',
        'When an idle routing appliance is collected, or a missing one tried again.',
        'microseconds',
      ),
    ),
    maybe(integer('held_until_micros', 'Until when a stopped VM keeps its capacity; absent: not.', 'microseconds')),
  ],
} as const satisfies Table;
