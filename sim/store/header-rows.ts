/** A run's header as rows, and back. */
import { BatchInsert, type Value } from './batch-insert.js';
import { columnNames, type TableName } from './schema.js';
import type { Database } from './sqlite.js';
import type { RunHeader } from './types.js';

/** Rows for whole tables at once, each in the order of the table's columns. */
export function insertRows(database: Database, table: TableName, rows: readonly (readonly Value[])[]): void {
  const batch = new BatchInsert(database, table, columnNames(table));
  for (const row of rows) batch.add(...row);
  batch.flush();
}

export function writeHeader(database: Database, header: RunHeader): void {
  const { scenario, about, variant, seed, version, durationMicros, record, scenarioText } = header;
  insertRows(database, 'run', [[scenario, about, variant, seed, version, durationMicros, record, scenarioText]]);
  insertRows(
    database,
    'lanes',
    header.lanes.map((name, lane) => [lane, name]),
  );
  insertRows(
    database,
    'offerings',
    header.offerings.map((name, offering) => [offering, name]),
  );
  insertRows(
    database,
    'templates',
    header.templates.map((name, template) => [template, name]),
  );
  const rows = inventoryRows(header);
  for (const table of INVENTORY) insertRows(database, table, rows[table]);
}

const INVENTORY = ['zones', 'pods', 'hosts', 'storage_servers'] as const;

function inventoryRows(header: RunHeader): Record<(typeof INVENTORY)[number], Value[][]> {
  const rows: ReturnType<typeof inventoryRows> = { zones: [], pods: [], hosts: [], storage_servers: [] };
  for (const zone of header.zones) {
    const lane = header.lanes.indexOf(zone.name);
    rows.zones.push([lane, zone.name, zone.vlanCapacity]);
    // Hosts and storage servers are numbered through the pods of their zone, as the plane numbers them.
    let host = 0;
    let server = 0;
    zone.pods.forEach((pod, at) => {
      rows.pods.push([lane, at, pod.name]);
      for (const { name, type, role, cpuMillis, memoryBytes, nodes, localDiskBytes, inService } of pod.hosts) {
        const size = [cpuMillis, memoryBytes, nodes, localDiskBytes];
        rows.hosts.push([lane, host++, at, name, type, role, ...size, Number(inService)]);
      }
      for (const { name, type, capacityBytes, iops } of pod.storage)
        rows.storage_servers.push([lane, server++, at, name, type, capacityBytes, iops]);
    });
  }
  return rows;
}

type Row = Record<string, never>;

/** The header as it was written. */
export function readHeader(database: Database): RunHeader {
  const all = (sql: string, ...values: unknown[]): Row[] => database.prepare(sql).all(...values) as Row[];
  const run = all('SELECT * FROM run ORDER BY scenario')[0]!;
  const pods = all('SELECT * FROM pods ORDER BY lane, pod');
  const hosts = all('SELECT * FROM hosts ORDER BY lane, host');
  const servers = all('SELECT * FROM storage_servers ORDER BY lane, server');
  const of = (pod: Row) => (row: Row) => row.lane === pod.lane && row.pod === pod.pod;
  return {
    scenario: run.scenario!,
    about: run.about!,
    variant: run.variant!,
    seed: run.seed!,
    version: run.version!,
    durationMicros: run.duration_micros!,
    record: run.record!,
    scenarioText: run.scenario_text!,
    lanes: all('SELECT * FROM lanes ORDER BY lane').map(({ name }) => name!),
    offerings: all('SELECT * FROM offerings ORDER BY offering').map(({ name }) => name!),
    templates: all('SELECT * FROM templates ORDER BY template').map(({ name }) => name!),
    zones: all('SELECT * FROM zones ORDER BY lane').map((zone) => ({
      name: zone.name!,
      vlanCapacity: zone.vlan_capacity!,
      pods: pods
        .filter(({ lane }) => lane === zone.lane)
        .map((pod) => ({
          name: pod.name!,
          hosts: hosts.filter(of(pod)).map(headerHost),
          storage: servers.filter(of(pod)).map(headerServer),
        })),
    })),
  };
}

type HeaderPod = RunHeader['zones'][number]['pods'][number];

function headerHost(row: Row): HeaderPod['hosts'][number] {
  return {
    name: row.name!,
    type: row.type!,
    role: row.role!,
    cpuMillis: row.cpu_millis!,
    memoryBytes: row.memory_bytes!,
    nodes: row.nodes!,
    localDiskBytes: row.local_disk_bytes!,
    inService: Boolean(row.in_service),
  };
}

function headerServer(row: Row): HeaderPod['storage'][number] {
  return { name: row.name!, type: row.type!, capacityBytes: row.capacity_bytes!, iops: row.iops! };
}
