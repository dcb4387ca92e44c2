import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldHistory } from '../../sim/control/fold/fold.js';
import type { Transaction } from '../../sim/control/history.js';
import { openRun } from '../../sim/store/open-run.js';
import { columnNames, TABLES } from '../../sim/store/schema.js';
import { openDatabase } from '../../sim/store/sqlite.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { CHANGE_KINDS } from '../../sim/store/transaction-columns.js';
import type { Sample } from '../../sim/store/types.js';
import { MINUTE, SECOND } from '../control/harness.js';
import { snapshotOfState } from '../control/snapshot.js';
import { eventfulHistory, header, recordHistory } from './eventful-history.js';
import { tellSyntheticRun } from './synthetic-run.js';
import { temporaryFolder } from './temporary-folder.js';

const all = (path: string, sql: string): Record<string, unknown>[] => {
  const database = openDatabase(path);
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
};

describe('a recorded history', () => {
  test('is read back as it was, and its fold is the state the plane has', () => {
    const path = join(temporaryFolder(), 'results.sqlite');
    const { harness, history } = eventfulHistory();
    recordHistory(path, history);
    const run = openRun(path);
    const read = [...run.history(1)];
    expect(read).toEqual(history);
    expect([...run.history(0)]).toEqual([]);
    expect(snapshotOfState(foldHistory(harness.config, read))).toEqual(snapshotOfState(harness.plane.state));
    run.close();
  });

  test('of the test holds nearly every kind of change', () => {
    const kinds = new Set(eventfulHistory().history.map(({ kind }) => kind));
    expect(CHANGE_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('every kind of change comes back, fields that are absent too', () => {
    const path = join(temporaryFolder(), 'results.sqlite');
    const at = 3 * SECOND;
    const odd: Transaction[] = [
      { kind: 'request', request: 0, type: 'adopt', ref: -5, account: null, vm: null, at: 0 },
      { kind: 'request-ended', request: 0, type: 'adopt', ref: -5, vm: null, outcome: 'failed', reason: null, at },
      { kind: 'account', account: 0, name: "O'Hara & Söhne 商社", zone: 'z1', at },
      {
        kind: 'network',
        network: 0,
        account: 0,
        name: 'default',
        address: 1,
        prefixLength: 8,
        gateway: 2,
        at,
      },
      {
        kind: 'command',
        command: 9,
        type: 'register-account',
        subject: 0,
        host: null,
        server: null,
        attempt: 0,
        deadline: 2 ** 52,
        at,
      },
      { kind: 'command-ended', command: 9, outcome: 'given-up', reason: null, at },
    ];
    recordHistory(path, odd);
    const run = openRun(path);
    expect([...run.history(1)]).toEqual(odd);
    run.close();
  });
});

describe('what the history comes to', () => {
  const path = (): string => {
    const file = join(temporaryFolder(), 'results.sqlite');
    recordHistory(file, eventfulHistory().history);
    return file;
  };

  test('a row for every VM, with its times, sizes and last state', () => {
    const file = path();
    const { harness, history } = eventfulHistory();
    const made = history.filter((tx) => tx.kind === 'vm');
    const rows = all(file, 'SELECT * FROM vms ORDER BY lane, vm');
    expect(rows.map(({ vm, name }) => ({ vm, name }))).toEqual(made.map(({ vm, name }) => ({ vm, name })));
    for (const row of rows) {
      const states = history.filter((tx) => tx.kind === 'vm-state' && tx.vm === row.vm) as Extract<
        Transaction,
        { kind: 'vm-state' }
      >[];
      expect(row.state).toBe(states.at(-1)!.to);
      expect(row.started_micros).toBe(states.find(({ to }) => to === 'running')?.at ?? null);
      expect(row.ended_micros).toBe(row.state === 'destroyed' ? states.at(-1)!.at : null);
      expect(harness.plane.state.vms.has(row.vm as number)).toBe(row.state !== 'destroyed');
    }
    const old = rows.find(({ name }) => name === 'old')!;
    expect(old.running_micros).toBe(60 * MINUTE - (old.started_micros as number));
    expect(old).toMatchObject({ networks: '[]', offering: null, host: 0, role: 'user', disk_bytes: 0 });
  });

  test('placements are the intervals in which capacity was held', () => {
    const file = path();
    const { history } = eventfulHistory();
    const rows = all(file, 'SELECT * FROM placements ORDER BY lane, number');
    expect(rows).toHaveLength(history.filter((tx) => tx.kind === 'placed').length);
    expect(rows.filter(({ to_micros }) => to_micros === null)).toHaveLength(
      history.filter((tx) => tx.kind === 'placed').length - history.filter((tx) => tx.kind === 'unplaced').length,
    );
    for (const row of rows) {
      expect(history[row.number as number]).toMatchObject({
        kind: 'placed',
        vm: row.vm,
        host: row.host,
        at: row.from_micros,
      });
      if (row.to_micros !== null) expect(row.to_micros).toBeGreaterThanOrEqual(row.from_micros as number);
    }
  });

  test('a row for every request, and one more for every refusal, by names', () => {
    const file = path();
    const { history } = eventfulHistory();
    const ended = history.filter((tx) => tx.kind === 'request-ended');
    const requests = all(file, 'SELECT * FROM requests ORDER BY lane, request');
    expect(requests).toHaveLength(history.filter((tx) => tx.kind === 'request').length);
    for (const { request, outcome, reason, at } of ended)
      expect(requests[request]).toMatchObject({ request, outcome, reason, end_micros: at });
    const refusals = all(file, 'SELECT * FROM refusals ORDER BY lane, request');
    expect(refusals).toHaveLength(ended.filter(({ outcome }) => outcome === 'refused').length);
    expect(refusals).toContainEqual(
      expect.objectContaining({
        zone: 'z1',
        type: 'start-new',
        account: 'initech',
        vm: 'web',
        reason: 'vlan-exhausted',
      }),
    );
  });

  test('customers and guest networks, with the VLAN ID that they hold at the end', () => {
    const file = path();
    const { harness } = eventfulHistory();
    expect(all(file, 'SELECT name, zone FROM accounts ORDER BY lane, account')).toEqual(
      ['acme', 'globex', 'initech'].map((name) => ({ name, zone: 'z1' })),
    );
    expect(all(file, 'SELECT network, account, state, vlan FROM networks ORDER BY lane, network')).toEqual(
      harness.plane.state.networks.map(({ id, account, state, vlan }) => ({ network: id, account, state, vlan })),
    );
  });

  test('the inventory, with hosts numbered through the pods', () => {
    const file = path();
    expect(all(file, 'SELECT lane, host, pod, name, role, in_service FROM hosts ORDER BY lane, host')).toEqual([
      { lane: 1, host: 0, pod: 0, name: 'z1/p1/h0', role: 'both', in_service: 1 },
      { lane: 1, host: 1, pod: 0, name: 'z1/p1/h1', role: 'routing', in_service: 0 },
    ]);
    const run = openRun(file);
    expect(run.header).toEqual(header());
    run.close();
  });
});

test('samples and the summary come back as they were; what depends on the machine stays out', () => {
  const path = join(temporaryFolder(), 'results.sqlite');
  const recorder = openRecorder(path);
  const samples: Sample[] = [];
  const summary = tellSyntheticRun(
    {
      begin: (it) => recorder.begin(it),
      transaction: (...it) => recorder.transaction(...it),
      sample: (it) => {
        samples.push(it);
        recorder.sample(it);
      },
      finish: (it) => recorder.finish(it),
    },
    {
      zones: 2,
      days: 1,
      summary: {
        expect: [{ measure: 'vms.lost', atMost: 0, actual: 0, held: true }],
        warnings: [{ code: 'w', message: 'm' }],
      },
    },
  );
  const run = openRun(path);
  for (const zone of ['z1', 'z2'])
    expect(run.samplesOf(zone)).toEqual(samples.filter((sample) => sample.zone === zone));
  const { machine, ...recorded } = summary;
  expect(run.summary).toEqual(recorded);
  expect(run.machine).toBeNull();
  expect(run.refusals().reduce((sum, { count }) => sum + count, 0)).toBe(
    Object.values(summary.vms.refused).reduce((sum, count) => sum + count, 0),
  );
  run.close();
  const text = JSON.stringify(TABLES.map(({ name }) => all(path, `SELECT * FROM ${name} ORDER BY 1`)));
  expect(text).not.toContain(machine.node);
  expect(text).not.toContain('wallSeconds');
});

test('machine figures come from the summary.json of the same run', () => {
  const folder = temporaryFolder();
  const recorder = openRecorder(join(folder, 'results.sqlite'));
  const summary = tellSyntheticRun(recorder, { days: 0 });
  const machineNow = (): unknown => {
    const run = openRun(folder);
    run.close();
    return run.machine;
  };
  expect(machineNow()).toBeNull();
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(summary));
  expect(machineNow()).toEqual(summary.machine);
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ ...summary, digest: 'another' }));
  expect(machineNow()).toBeNull();
});

test('the same run gives the same file, byte by byte', () => {
  const folder = temporaryFolder();
  const paths = ['a', 'b'].map((name) => join(folder, name));
  for (const path of paths) tellSyntheticRun(openRecorder(path), { days: 2, zones: 2 });
  expect(readFileSync(paths[0]!).equals(readFileSync(paths[1]!))).toBe(true);
});

test('record: summary leaves out transactions and placements, and nothing else', () => {
  const folder = temporaryFolder();
  const [full, summary] = (['full', 'summary'] as const).map((record) => {
    const path = join(folder, record);
    tellSyntheticRun(openRecorder(path), { days: 2, record });
    return path;
  }) as [string, string];
  for (const { name } of TABLES) {
    const [there, here] = [full, summary].map((path) => all(path, `SELECT * FROM ${name} ORDER BY 1, 2`));
    if (name === 'transactions' || name === 'placements') {
      expect(there!.length).toBeGreaterThan(0);
      expect(here).toEqual([]);
    } else if (name !== 'run') expect(here, name).toEqual(there);
  }
  const run = openRun(summary);
  expect(() => run.history(1)).toThrow(/record: summary/);
  run.close();
});

test('columns of transactions cover what the tables say', () => {
  const path = join(temporaryFolder(), 'results.sqlite');
  tellSyntheticRun(openRecorder(path), { days: 0 });
  for (const { name } of TABLES)
    expect(all(path, `SELECT name FROM pragma_table_info('${name}') ORDER BY cid`).map((row) => row.name)).toEqual(
      columnNames(name),
    );
});
