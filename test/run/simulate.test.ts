/** `simulate`: what comes out of a run, what stops it, and that looking on changes nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldHistory } from '../../sim/control/fold/fold.js';
import type { Transaction } from '../../sim/control/history.js';
import { loadScenario, type ReadOptions } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { Simulation } from '../../sim/run/simulation.js';
import type { PlacementPolicy, Recorder, Sample } from '../../sim/run/index.js';
import { ROOT } from '../tidy/sources.js';

const QUICKSTART = join(ROOT, 'scenarios', 'quickstart.yaml');
const quickstart = (options: ReadOptions = {}) => loadScenario(QUICKSTART, options);

class Memory implements Recorder {
  readonly history: Transaction[][] = [];
  readonly samples: Sample[] = [];
  finished = false;
  begin(): void {}
  transaction(lane: number, number: number, transaction: Transaction): void {
    const of = (this.history[lane] ??= []);
    expect(number).toBe(of.length);
    of.push(transaction);
  }
  sample(sample: Sample): void {
    this.samples.push(sample);
  }
  finish(): void {
    this.finished = true;
  }
}

describe('looking on changes nothing:', () => {
  const plain = simulate(quickstart());

  test.each<[string, () => Promise<{ digest: string }>]>([
    ['a recorder', () => simulate(quickstart(), { recorder: new Memory() })],
    ['progress', () => simulate(quickstart(), { progress: () => {} })],
    ['record: summary', () => simulate(quickstart({ set: ['record=summary'] }))],
    ['samples: 7 h', () => simulate(quickstart({ set: ['samples=7 h'] }), { recorder: new Memory() })],
    ['expectations', () => simulate(quickstart(), { expect: false })],
  ])('%s', async (_, run) => {
    expect((await run()).digest).toBe((await plain).digest);
  });

  test('one step or many', async () => {
    const simulation = new Simulation(quickstart());
    simulation.advance(simulation.scenario.durationMicros);
    expect(simulation.engine.digest()).toBe((await plain).digest);
  });

  test('but another seed does', async () => {
    expect((await simulate(quickstart({ seed: 43 }))).digest).not.toBe((await plain).digest);
  });
});

test('the summary counts what the history holds', async () => {
  const recorder = new Memory();
  const summary = await simulate(quickstart(), { recorder });
  const [, history] = recorder.history as [Transaction[], Transaction[]];
  const users = new Set(history.flatMap((tx) => (tx.kind === 'vm' && tx.role === 'user' ? [tx.vm] : [])));
  const events = (event: string): number =>
    history.filter((tx) => tx.kind === 'vm-state' && users.has(tx.vm) && tx.event === event).length;
  const ended = (outcome: string): number =>
    history.filter((tx) => tx.kind === 'request-ended' && tx.outcome === outcome).length;
  expect(summary.vms.started).toBe(events('started'));
  expect(summary.vms.stopped).toBe(events('halted'));
  expect(Object.values(summary.vms.refused).reduce((a, b) => a + b)).toBe(ended('refused'));
  expect(summary.vms.failed).toEqual({});
  expect(summary.transactions).toBe(recorder.history.flat().length);
  expect(summary.accounts).toBe(history.filter(({ kind }) => kind === 'account').length);
  expect(recorder.finished).toBe(true);
  expect(summary.expect.map(({ held }) => held)).toEqual([true, true, true]);
  expect(summary.warnings).toEqual([]);
});

test('state is the fold of the recorded history, and samples are the truth at their time', async () => {
  const recorder = new Memory();
  const summary = await simulate(quickstart(), { recorder });
  const simulation = new Simulation(quickstart());
  simulation.advance(simulation.scenario.durationMicros);
  const [{ plane }] = simulation.zones as [Simulation['zones'][number]];
  const folded = foldHistory(plane.state.config, recorder.history[1]!);
  expect(folded.vms).toEqual(plane.state.vms);
  expect(folded.hosts).toEqual(plane.state.hosts);
  expect(recorder.samples).toHaveLength((7 * 24 * 60) / 5 + 1);
  expect(recorder.samples.at(-1)).toEqual(simulation.samples()[0]);
  expect(recorder.samples.at(-1)!.runningVms).toBe(summary.vms.runningAtEnd);
  expect(Math.max(...recorder.samples.map(({ vlansInUse }) => vlansInUse))).toBe(summary.vlans['z1']!.peakInUse);
});

test('an aborted run ends with "interrupted", and its recorder does not finish', async () => {
  const recorder = new Memory();
  const abort = new AbortController();
  const run = simulate(quickstart({ set: ['duration=400d'] }), {
    recorder,
    signal: abort.signal,
    progress: () => abort.abort(),
  });
  await expect(run).rejects.toMatchObject({ name: 'RunError', code: 'interrupted' });
  expect(recorder.finished).toBe(false);
});

test("a caller's own policy takes the place of the scenario's", async () => {
  const last: PlacementPolicy = {
    name: 'last-fit',
    describe: 'The last host that can take the VM.',
    place({ demand }, view) {
      for (let host = view.hostCount() - 1; host >= 0; host--) if (view.fits(host, demand)) return { host };
      return { refuse: 'no-capacity' };
    },
  };
  const recorder = new Memory();
  await simulate(quickstart(), { placement: last, recorder });
  const first = recorder.history[1]!.find((tx) => tx.kind === 'placed');
  expect(first).toMatchObject({ host: 23 });
});

test.each<[string, unknown, RegExp]>([
  [
    'throws',
    () => {
      throw new Error('oops');
    },
    /policy 'mine', asked for VM 1, threw Error: oops/,
  ],
  ['gives nothing', () => undefined, /asked for VM 1, gave undefined/],
  ['gives a promise', () => Promise.resolve({ host: 0 }), /gave a promise: a policy answers at once/],
  ['gives half a host', () => ({ host: 0.5 }), /gave {"host":0.5}; due is/],
])('a policy that %s ends the run with its name', async (_, place, message) => {
  const mine = { name: 'mine', describe: '', place } as unknown as PlacementPolicy;
  await expect(simulate(quickstart(), { placement: mine })).rejects.toMatchObject({
    ...{ name: 'RunError', code: 'policy-failed', message: expect.stringMatching(message) as string },
  });
});

test('a policy that names hosts which cannot take the VM is warned of, and the summary names it', async () => {
  const first: PlacementPolicy = { name: 'always-first', describe: '', place: () => ({ host: 0 }) };
  const summary = await simulate(quickstart(), { placement: first });
  expect(summary.policies).toEqual({ placement: 'always-first' });
  expect(summary.warnings.map(({ code }) => code)).toEqual(['own-policy', 'policy-failed']);
  expect(summary.vms.refused['policy-failed']).toBeGreaterThan(100);
});

describe('warnings', () => {
  const warnings = async (set: string[], text?: string) =>
    (
      await simulate(loadScenario('q.yaml', { set, readFile: () => text ?? readFileSync(QUICKSTART, 'utf8') }))
    ).warnings.map(({ code }) => code);

  test('a steady state without a warm-up', async () => {
    expect(await warnings(['study=steady-state'])).toEqual(['no-warm-up']);
    expect(await warnings(['study=steady-state', 'warmUp=1d'])).toEqual([]);
  });

  test('settings that have no effect yet', async () => {
    expect(await warnings(['offerings.small.network=1 Gbps'])).toEqual(['not-modelled']);
    expect(await warnings(['prices.perGigabyte=0.1', 'offerings.small.perHour=0'])).toContain('not-modelled');
  });

  test('what runs without a price, where other things have one', async () => {
    const all = ['small', 'medium', 'large'].map((name) => `offerings.${name}.perHour=0.5`);
    expect(await warnings(all)).toEqual([]);
    expect(await warnings(all.slice(1))).toEqual(['not-priced']);
  });

  test('nothing ran', async () => {
    const empty = `
podtwin: 1
name: empty
duration: 1d
zones: [{ name: z1, pods: [{ name: p, hosts: [{ count: 1 }] }] }]
offerings: { small: { cpu: 1 core, memory: 1 GiB } }
`;
    expect(await warnings([], empty)).toEqual(['nothing-ran']);
  });
});
