/** The table of figures over time. */
import { integer, maybe, real, text, type Column, type Table } from './columns.js';

const rate = (name: string, about: string): Column => real(name, about, 'bits per second');

export const SAMPLES = {
  name: 'samples',
  about: 'Figures of each zone over time. Measures are those of the glossary.',
  key: ['zone', 'at_micros'],
  columns: [
    text('zone', 'The zone.'),
    integer('at_micros', 'When.', 'microseconds'),
    integer('running_vms', "Customers' VMs that run."),
    integer('running_appliances', 'Routing appliances that run.'),
    integer('customers', 'Guest networks with at least one running VM.'),
    real('fragmentation', 'Scatter of customers over pods, weighted by VMs.', 'share'),
    real('host_fragmentation', 'Scatter of customers over hosts, weighted by VMs.', 'share'),
    real('pods_per_customer', 'Pods with VMs of a customer, weighted by VMs.'),
    real('hosts_per_customer', 'Hosts with VMs of a customer, weighted by VMs.'),
    real('phantom_domains', "Hosts of a customer other than his routing appliance's, weighted by VMs."),
    maybe(real('fragment_rate_16', 'Free CPU that no 16-CPU VM can use; absent: no CPU is free.', 'share')),
    integer('vlans_in_use', 'VLAN IDs that guest networks hold.'),
    integer('nics', 'Virtual NICs and bridges on hosts.'),
    integer('cpu_millis_used', 'CPU held by VMs.', 'thousandths of a core'),
    integer('cpu_millis_capacity', 'CPU that hosts in service may promise.', 'thousandths of a core'),
    integer('cpu_millis_physical', 'CPU that hosts in service have.', 'thousandths of a core'),
    integer('memory_bytes_used', 'Memory held by VMs and virtual NICs.', 'bytes'),
    integer('memory_bytes_capacity', 'Memory that hosts in service may promise.', 'bytes'),
    integer('memory_bytes_physical', 'Memory that hosts in service have.', 'bytes'),
    integer('disk_bytes_used', 'Disk space held.', 'bytes'),
    integer('disk_bytes_capacity', 'Disk space of storage servers.', 'bytes'),
    maybe(real('cpu_millis_demand', 'CPU that VMs ask for; absent: CPU use is not modelled.', 'thousandths of a core')),
    maybe(real('cpu_millis_short', 'What of it their hosts do not have; absent likewise.', 'thousandths of a core')),
    maybe(integer('vms_short', 'VMs that get less CPU than they ask for; absent likewise.')),
    maybe(rate('bits_same_host', "Customers' traffic within hosts; absent: traffic is not modelled.")),
    maybe(rate('bits_same_pod', 'Between hosts of a pod; absent likewise.')),
    maybe(rate('bits_cross_pod', 'Across pods; absent likewise.')),
    maybe(rate('bits_public', 'To and from the public network; absent likewise.')),
    maybe(rate('bits_storage', 'Of operations on disks; absent: disk use is not modelled.')),
    maybe(
      rate(
        'bits_management',
        'Commands, reports and consoles since the sample before; absent: the network is not modelled.',
      ),
    ),
    maybe(rate('bits_transfers', 'Copies and flows since the sample before; absent likewise.')),
    maybe(
      real(
        'zone_switch_use',
        "Of what the zone switch can take in from its pods, what customers' traffic takes; absent likewise.",
        'share',
      ),
    ),
    maybe(
      real(
        'hottest_link_use',
        'Of the link that is used most; above 1: more is asked for than there is; absent likewise.',
        'share',
      ),
    ),
    maybe(integer('links_overloaded', 'Links that are asked for more than they have; absent likewise.')),
    maybe(
      real(
        'iops_demand',
        'What VMs ask of storage servers; absent: disk use is not modelled.',
        'operations per second',
      ),
    ),
    maybe(real('iops_served', 'What they get of it; absent likewise.', 'operations per second')),
    real('frames_per_host', 'Broadcast and flooded frames that a host receives, mean over hosts.', 'frames per second'),
    real('flat_frames_per_host', 'The same, with all hosts of the zone in one layer-2 network.', 'frames per second'),
  ],
} as const satisfies Table;
