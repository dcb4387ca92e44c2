/**
 * What stands in results.sqlite: every table and column with its unit and a sentence. The one source of the statements
 * that create the tables, of the section "Tables" in README.md, and of the order in which two databases are compared:
 * what comes first in the list is cause, what comes later is consequence.
 */

import { integer, lane, maybe, real, text, type Table } from './columns.js';
import { NETWORK_TABLES } from './network-tables.js';
import { SAMPLES } from './samples-table.js';
import { TRANSACTIONS } from './transactions-table.js';

export type { Column, ColumnType, Table } from './columns.js';

/** Counted up whenever a table or column changes its meaning: a reader of another version says so and stops. */
export const SCHEMA_VERSION = 5;
/** "podt" in the header of the file: tells our databases from any other without opening them. */
export const APPLICATION_ID = 0x706f6474;

const NETWORK_TABLE_LIST = [
  NETWORK_TABLES.links,
  NETWORK_TABLES.switches,
  NETWORK_TABLES.vlanAlternatives,
  NETWORK_TABLES.customers,
  NETWORK_TABLES.pods,
  NETWORK_TABLES.overloads,
  NETWORK_TABLES.storage,
  NETWORK_TABLES.podSizes,
  NETWORK_TABLES.transfers,
  NETWORK_TABLES.migrations,
  NETWORK_TABLES.migrationRounds,
  NETWORK_TABLES.rounds,
  NETWORK_TABLES.scattered,
  NETWORK_TABLES.runOuts,
  NETWORK_TABLES.parameters,
] as const;

export const TABLES = [
  {
    name: 'meta',
    about: 'What kind of file this is.',
    key: ['name'],
    columns: [
      text('name', '"schema-version", and "complete", which is written last: without it the run did not end.'),
      text('value', 'Its value.'),
    ],
  },
  {
    name: 'run',
    about: 'What was run: one row.',
    key: ['scenario'],
    columns: [
      text('scenario', 'Name of the scenario.'),
      text('about', 'What the scenario shows, in its own words.'),
      maybe(text('variant', 'Name of the variant; absent: the base.')),
      integer('seed', 'Seed of all chance.'),
      text('version', 'Version of podtwin.'),
      integer('duration_micros', 'Simulated time.', 'microseconds'),
      text('record', '"full", or "summary": then transactions and placements are empty.'),
      text('scenario_text', 'The scenario as resolved, in YAML.'),
    ],
  },
  {
    name: 'lanes',
    about: 'The planes of the run, each with a history of its own.',
    key: ['lane'],
    columns: [lane, text('name', '"shared", or the zone.')],
  },
  {
    name: 'zones',
    about: 'The zones.',
    key: ['lane'],
    columns: [lane, text('name', 'Name of the zone.'), integer('vlan_capacity', "VLAN IDs in the zone's pool.")],
  },
  {
    name: 'pods',
    about: 'The pods of each zone.',
    key: ['lane', 'pod'],
    columns: [lane, integer('pod', 'Number of the pod in its zone, from 0.'), text('name', 'Name of the pod.')],
  },
  {
    name: 'hosts',
    about: 'The hosts of each zone, numbered through its pods.',
    key: ['lane', 'host'],
    columns: [
      lane,
      integer('host', 'Number of the host in its zone, from 0.'),
      integer('pod', 'Its pod.'),
      text('name', 'Name of the host.'),
      text('type', 'Its host type.'),
      text('role', 'computing, routing, or both.'),
      integer('cpu_millis', 'CPU that VMs can use, before overprovisioning.', 'thousandths of a core'),
      integer('memory_bytes', 'Memory that VMs can use, before overprovisioning.', 'bytes'),
      integer('nodes', 'NUMA nodes.'),
      integer('local_disk_bytes', 'Its own disk; 0: none.', 'bytes'),
      integer('in_service', '1, or 0 where no VM may be placed.'),
    ],
  },
  {
    name: 'storage_servers',
    about:
      "The storage servers of each zone, numbered through its pods. Hosts' own disks are numbered after them, host by host.",
    key: ['lane', 'server'],
    columns: [
      lane,
      integer('server', 'Number of the storage server in its zone, from 0.'),
      integer('pod', 'Its pod.'),
      text('name', 'Name of the storage server.'),
      text('type', 'Its storage type.'),
      integer('capacity_bytes', 'What it can hold.', 'bytes'),
      real('iops', 'What it can do.', 'operations per second'),
    ],
  },
  {
    name: 'offerings',
    about: 'What customers can start, and what routing appliances are made of.',
    key: ['offering'],
    columns: [integer('offering', 'Number of the offering, from 0.'), text('name', 'Name of the offering.')],
  },
  {
    name: 'templates',
    about: 'What disks can begin as.',
    key: ['template'],
    columns: [
      integer('template', 'Number of the template, from 0: in the order of the scenario.'),
      text('name', 'Name of the template.'),
    ],
  },
  TRANSACTIONS,
  {
    name: 'accounts',
    about:
      'Customers. The shared plane registers each once, and so does the plane of his zone, under numbers of its own.',
    key: ['lane', 'account'],
    columns: [
      lane,
      integer('account', 'Number of the account in its lane, from 0.'),
      text('name', 'Name of the account.'),
      text('zone', 'His zone.'),
      integer('registered_micros', 'When.', 'microseconds'),
    ],
  },
  {
    name: 'networks',
    about: "Guest networks of customers, as they stood at the run's end.",
    key: ['lane', 'network'],
    columns: [
      lane,
      integer('network', 'Number of the guest network in its lane, from 0.'),
      integer('account', 'Its account.'),
      text('name', 'What its customer calls it.'),
      integer('created_micros', 'When it was allocated.', 'microseconds'),
      text('state', 'State at the end.'),
      maybe(integer('vlan', 'VLAN ID that it holds at the end; absent: none.')),
    ],
  },
  {
    name: 'vms',
    about: 'Every VM that there was, routing appliances included.',
    key: ['lane', 'vm'],
    columns: [
      lane,
      integer('vm', 'Number of the VM in its lane, from 0.'),
      text('name', 'Name that its customer gave it.'),
      integer('account', 'Its account.'),
      text(
        'networks',
        'Guest networks of its virtual NICs, eth0 first, as a JSON list; empty: taken over without one.',
      ),
      text('role', 'user, or router for a routing appliance.'),
      maybe(integer('offering', 'Its last offering; absent: by resources, or taken over as it was found.')),
      integer('cpu_millis', 'Its CPU, the last that it had.', 'thousandths of a core'),
      integer('memory_bytes', 'Its memory, the last that it had.', 'bytes'),
      integer('disk_bytes', 'Its disk.', 'bytes'),
      integer('created_micros', 'When its record was created.', 'microseconds'),
      maybe(integer('started_micros', 'When it first ran; absent: never.', 'microseconds')),
      maybe(integer('ended_micros', 'When it was destroyed; absent: it was not.', 'microseconds')),
      integer('running_micros', 'How long it ran in all.', 'microseconds'),
      text('state', 'Its last state.'),
      maybe(integer('host', 'The last host that it was placed on; absent: none.')),
    ],
  },
  {
    name: 'placements',
    about: 'Where VMs were: capacity of the host is held from `from_micros` to `to_micros`.',
    key: ['lane', 'number'],
    columns: [
      lane,
      integer('number', 'Number of the transaction that placed it.'),
      integer('vm', 'The VM.'),
      integer('host', 'The host.'),
      text('nodes', 'NUMA nodes that hold it in equal parts, as a JSON list.'),
      integer('from_micros', 'From.', 'microseconds'),
      maybe(integer('to_micros', 'To; absent: it is there at the end.', 'microseconds')),
    ],
  },
  {
    name: 'requests',
    about: 'What customers and administrators asked for.',
    key: ['lane', 'request'],
    columns: [
      lane,
      integer('request', 'Number of the request in its lane, from 0.'),
      text('type', 'What was asked for.'),
      integer('ref', "The caller's own number for it."),
      maybe(integer('account', 'The account; absent: there is none yet.')),
      maybe(integer('vm', 'The VM; absent: it concerns none, or none could be made.')),
      integer('begin_micros', 'When it was acknowledged.', 'microseconds'),
      maybe(integer('end_micros', 'When it ended; absent: it was open at the end of the run.', 'microseconds')),
      maybe(text('outcome', 'done, refused or failed; absent: it was open at the end of the run.')),
      maybe(text('reason', 'Why, unless it was done.')),
    ],
  },
  {
    name: 'refusals',
    about: 'Requests that were refused, with names instead of numbers.',
    key: ['lane', 'request'],
    columns: [
      lane,
      integer('request', 'The request.'),
      integer('at_micros', 'When.', 'microseconds'),
      text('zone', 'The zone, or "shared".'),
      text('type', 'What was asked for.'),
      maybe(text('account', 'Name of the customer; absent: unknown.')),
      maybe(text('vm', 'Name of the VM; absent: none could be made.')),
      text('reason', 'Why.'),
    ],
  },
  SAMPLES,
  ...NETWORK_TABLE_LIST,
  {
    name: 'vlans',
    about: 'VLAN IDs of each zone over the whole run.',
    key: ['zone'],
    columns: [
      text('zone', 'The zone.'),
      integer('capacity', 'VLAN IDs in its pool.'),
      integer('peak_in_use', 'Most that were in use at once.'),
      real('mean_in_use', 'Mean over time after the warm-up.'),
      integer('refused', 'Requests refused because none was left.'),
      integer('refused_by_switch', 'Requests refused because a switch could carry no further VLAN.'),
    ],
  },
  {
    name: 'bills',
    about:
      'What customers pay, a row a line of a bill; empty where nothing has a price. Amounts are in the currency of the scenario, each rounded to its decimals.',
    key: ['account', 'line'],
    columns: [
      text('account', 'Name of the account.'),
      integer('line', 'Place in the bill, from 0.'),
      text('kind', 'offering: VMs of one; resources: VMs of none; disks of stopped VMs; public addresses; traffic.'),
      maybe(integer('offering', 'The offering; absent: another kind of line.')),
      maybe(integer('starts', 'Starts that came to a running VM; absent: not of VMs.')),
      maybe(real('clock_hours', 'How long VMs ran, or addresses were held; absent: of neither.', 'hours')),
      maybe(real('charged_hours', 'The same after increments and minimum.', 'hours')),
      maybe(real('core_hours', 'Charged cores of VMs of no offering; absent: another kind of line.', 'core-hours')),
      maybe(real('gib_hours', 'Charged memory of VMs of no offering; absent: another kind of line.', 'GiB-hours')),
      maybe(real('gib_months', 'Disk of stopped VMs, for 30 days; absent: another kind of line.', 'GiB-months')),
      maybe(real('gigabytes', 'Network traffic, in 10^9 bytes; absent: another kind of line.', 'gigabytes')),
      real('amount', 'What it costs.', 'currency'),
    ],
  },
  {
    name: 'expectations',
    about: 'What the scenario expects, and what came.',
    key: ['number'],
    columns: [
      integer('number', 'Place in the scenario, from 0.'),
      text('measure', 'Path of the measure in the summary.'),
      maybe(real('at_least', 'Lower bound, where there is one.')),
      maybe(real('at_most', 'Upper bound, where there is one.')),
      maybe(real('equals', 'Exact value, where one is expected.')),
      maybe(real('actual', 'What came; absent: not measured in this run.')),
      integer('held', '1: as expected.'),
    ],
  },
  {
    name: 'digests',
    about: "The run's digest by lane.",
    key: ['lane'],
    columns: [lane, text('digest', '16 hex digits over every event and transaction of the lane.')],
  },
  {
    name: 'summary',
    about: 'summary.json without what depends on the machine (`machine`): one row.',
    key: ['digest'],
    columns: [text('digest', 'Digest of the run.'), text('json', 'The summary.')],
  },
] as const satisfies readonly Table[];

export type TableName = (typeof TABLES)[number]['name'];
export function tableNamed(name: TableName): Table {
  return TABLES.find((table) => table.name === name)!;
}

export function columnNames(name: TableName): string[] {
  return tableNamed(name).columns.map((column) => column.name);
}

/** The statement that creates a table. Rows lie in the order of the key: that is how they come, and go. */
export function createTable({ name, columns, key }: Table): string {
  const lines = columns.map((column) => `  ${column.name} ${column.type}${column.nullable ? '' : ' NOT NULL'}`);
  return `CREATE TABLE ${name} (\n${lines.join(',\n')},\n  PRIMARY KEY (${key.join(', ')})\n) STRICT, WITHOUT ROWID`;
}
