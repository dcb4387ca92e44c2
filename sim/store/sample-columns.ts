/** Where the figures of a sample stand in the table `samples`. Complete by its type. */
import type { Sample } from './types.js';

export const SAMPLE_COLUMNS: { readonly [Field in keyof Sample]: string } = {
  zone: 'zone',
  atMicros: 'at_micros',
  runningVms: 'running_vms',
  runningAppliances: 'running_appliances',
  customers: 'customers',
  fragmentation: 'fragmentation',
  hostFragmentation: 'host_fragmentation',
  podsPerCustomer: 'pods_per_customer',
  hostsPerCustomer: 'hosts_per_customer',
  phantomDomains: 'phantom_domains',
  fragmentRate16: 'fragment_rate_16',
  vlansInUse: 'vlans_in_use',
  nics: 'nics',
  cpuMillisUsed: 'cpu_millis_used',
  cpuMillisCapacity: 'cpu_millis_capacity',
  cpuMillisPhysical: 'cpu_millis_physical',
  memoryBytesUsed: 'memory_bytes_used',
  memoryBytesCapacity: 'memory_bytes_capacity',
  memoryBytesPhysical: 'memory_bytes_physical',
  diskBytesUsed: 'disk_bytes_used',
  diskBytesCapacity: 'disk_bytes_capacity',
  cpuMillisDemand: 'cpu_millis_demand',
  cpuMillisShort: 'cpu_millis_short',
  vmsShort: 'vms_short',
};

export const SAMPLE_FIELDS = Object.keys(SAMPLE_COLUMNS) as (keyof Sample)[];
