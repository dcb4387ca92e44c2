/**
 * `podtwin bench migrations`: CPU seconds for a storm of live migrations, by QEMU's rules and through the whole management plane, in
 * a zone where 10,000 other VMs are idle; and beside them the same zone without the storm. Guarantees the same migrations at each
 * run; the figures are the machine's.
 */
import { assert } from '../base/assert.js';
import { MICROS_PER_SECOND } from '../base/units.js';
import { Streams } from '../engine/streams.js';
import { loadScenario } from '../run/load.js';
import { Simulation } from '../run/simulation.js';
import { cpuSeconds, machine, type Machine } from './machine.js';

export interface MigrationsBenchRow {
  case: 'world' | 'idle' | 'storm';
  migrations: number;
  vms: number;
  /** Of the best run. */
  cpuSeconds: number;
  /** Events of the storm, or while nothing happens. */
  events: number;
  of: string;
}

export interface MigrationsBench {
  bench: 'migrations';
  machine: Machine;
  seed: number;
  rows: MigrationsBenchRow[];
}

const PODS = 20;
const HOSTS_A_POD = 20;
const IDLE_VMS = 10_000;
const SIZES_GIB = [1, 2, 4, 8];
/** Between two beginnings, on average. */
const GAP_SECONDS = 0.26;
const BEGIN_SECONDS = 3600;
const END_SECONDS = 7200;

export function benchMigrations(migrations = 400, { seed = 42, runs = 3 } = {}): MigrationsBench {
  const size = { migrations, vms: IDLE_VMS + migrations };
  const worlds = [0, migrations].map((count) => {
    const text = worldText(migrations, count, seed);
    return Array.from({ length: runs }, () => measured(text, count));
  });
  const best = (of: (one: Measured) => number, some: readonly Measured[]): number => Math.min(...some.map(of));
  const [idle, storm] = worlds as [Measured[], Measured[]];
  const rows: MigrationsBenchRow[] = [
    {
      ...{ case: 'world', ...size, cpuSeconds: best((one) => one.worldSeconds, storm), events: storm[0]!.worldEvents },
      of: `from the inventory to an hour later, the best of ${runs}`,
    },
    {
      ...{
        case: 'idle',
        ...size,
        migrations: 0,
        cpuSeconds: best((one) => one.seconds, idle),
        events: idle[0]!.events,
      },
      of: `the next hour, in which nothing happens, the best of ${runs}`,
    },
    {
      ...{ case: 'storm', ...size, cpuSeconds: best((one) => one.seconds, storm), events: storm[0]!.events },
      of: `that hour with the storm, the best of ${runs}`,
    },
  ];
  return { bench: 'migrations', machine: machine(), seed, rows };
}

interface Measured {
  worldSeconds: number;
  worldEvents: number;
  seconds: number;
  events: number;
}

function measured(text: string, count: number): Measured {
  let simulation: Simulation | undefined;
  const worldSeconds = cpuSeconds(() => {
    simulation = new Simulation(loadScenario('storm.yaml', { readFile: () => text }));
    simulation.advance((BEGIN_SECONDS - 1) * MICROS_PER_SECOND);
  });
  const { engine, zones } = simulation!;
  const worldEvents = engine.events;
  const seconds = cpuSeconds(() => simulation!.advance(END_SECONDS * MICROS_PER_SECOND));
  const completed = zones[0]!.migrationMeter.summary().completed;
  assert(completed === count, () => `${completed} of ${count} migrations came to a good end`);
  return { worldSeconds, worldEvents, seconds, events: engine.events - worldEvents };
}

/** VMs that are migrated are named; hosts in turn have one each, and idle ones beside. */
function worldText(named: number, migrated: number, seed: number): string {
  const hosts = PODS * HOSTS_A_POD;
  const stream = new Streams(seed).stream('bench/migrations');
  const hostName = (at: number): string => `h${at + 1}`;
  const podOf = (at: number): number => Math.floor(at / HOSTS_A_POD) + 1;
  const hostRows = Array.from({ length: hosts }, (_, at) => `p${podOf(at)},${hostName(at)},96 cores,512 GiB,1`);
  const moving = Array.from({ length: named }, (_, at) => {
    const gib = SIZES_GIB[Math.floor(stream.next() * SIZES_GIB.length)]!;
    const [source, step] = [Math.floor(stream.next() * hosts), 1 + Math.floor(stream.next() * (hosts - 1))];
    return { name: `m${at + 1}`, gib, source, destination: (source + step) % hosts, gap: stream.exponential() };
  });
  const vmRows = [
    ...moving.map(({ name, gib, source }) => `storm,${name},${hostName(source)},1 core,${gib} GiB`),
    ...Array.from({ length: IDLE_VMS }, (_, at) => `idle-${at % 10},v${at + 1},${hostName(at % hosts)},1 core,2 GiB`),
  ];
  let at = BEGIN_SECONDS;
  const events = moving.slice(0, migrated).map(({ name, destination, gap }) => {
    at += GAP_SECONDS * gap;
    const to = `z1/p${podOf(destination)}/${hostName(destination)}`;
    return `  - { at: ${at.toFixed(6)} s, migrate: { account: storm, vm: ${name}, to: ${to} } }`;
  });
  const table = (header: string, rows: readonly string[]): string =>
    JSON.stringify(`${[header, ...rows].join('\n')}\n`);
  return `podtwin: 1
name: migration-storm
about: A storm of migrations among idle VMs.
duration: 1d
zones: [{ name: z1 }]
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
initial:
  format: inventory-csv
  data: ${table('pod,host,cpu,memory,numaNodes', hostRows)}
  vmsData: ${table('account,vm,host,cpu,memory', vmRows)}
policies: { migration: { perHost: any, perPodUplink: any } }
events:${events.length === 0 ? ' []' : `\n${events.join('\n')}`}
`;
}
