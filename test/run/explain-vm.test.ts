/** Explanations of recorded runs: what they rebuild is what the policy saw, for every VM and every decision. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlacementPolicy } from '../../sim/control/policy.js';
import { explainVm } from '../../sim/run/explain-vm.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { openRun, type RecordedRun } from '../../sim/store/open-run.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { temporaryFolder } from '../store/temporary-folder.js';

/** Two zones, short of room and of storage, in which many VMs of a customer are asked about in the same instant. */
const TEXT = `
podtwin: 1
name: tight
duration: 8h
hostTypes: { box: { cpu: 8 cores, memory: 24 GiB, numaNodes: 2 } }
storageTypes: { shelf: { capacity: 220 GiB } }
zones:
  - name: z1
    pods: [{ name: p, count: 3, hosts: [{ name: h, type: box, count: 3 }], storage: [{ type: shelf }] }]
  - name: z2
    network: { publicAddresses: [198.19.0.0/16] }
    pods: [{ name: p, hosts: [{ name: r, type: box, count: 1, role: routing }, { name: h, type: box, count: 2 }], storage: [{}] }]
offerings: { small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB }, large: { cpu: 6 cores, memory: 8 GiB, disk: 30 GiB } }
workload:
  accounts: { initial: 7, vms: { uniform: [2, 6] }, offerings: { small: 0.8, large: 0.2 } }
  vms: { lifetime: { exponential: { mean: 2h } }, arrivals: { poisson: 20 per d } }
`;

async function recorded(set: string[], placement?: PlacementPolicy): Promise<RecordedRun> {
  const path = join(temporaryFolder(), 'results.sqlite');
  const scenario = loadScenario('tight.yaml', { set, readFile: () => TEXT });
  await simulate(scenario, { recorder: openRecorder(path), ...(placement && { placement }) });
  return openRun(path);
}

/** Every third VM that there was (each takes a fold of the history), or all. */
function* vmsOf(run: RecordedRun, every = 3): Generator<string> {
  let count = 0;
  for (const [at, { name }] of run.header.zones.entries())
    for (const tx of run.history(1 + at)) if (tx.kind === 'vm' && count++ % every === 0) yield `${name}/${tx.vm}`;
}

test.each([
  'first-fit',
  'best-fit',
  'worst-fit',
  'user-concentrated-pod',
  '{ name: user-dispersing, weight: 0.4 }',
  'router-affinity',
])('%s: the host that was chosen is the first candidate, and who was refused had none', async (policy) => {
  const run = await recorded([`policies.placement=${policy}`]);
  let placed = 0;
  let refused = 0;
  for (const vm of vmsOf(run)) {
    const { decisions } = explainVm(run, vm);
    for (const { outcome, candidates } of decisions) {
      expect(outcome.kind).not.toBe('asked-again');
      expect(candidates.filter(({ chosen }) => chosen)).toEqual(outcome.kind === 'placed' ? [candidates[0]] : []);
      if (outcome.kind === 'placed') placed++;
      else {
        refused++;
        // Storage that filled up between question and answer: the host that was named did not hold any more.
        if (outcome.kind === 'refused' && outcome.reason === 'storage-full') continue;
        expect([outcome, candidates]).toEqual([{ kind: 'refused', reason: 'no-capacity' }, []]);
      }
    }
  }
  expect(placed).toBeGreaterThan(9);
  expect(refused).toBeGreaterThan(0);
  run.close();
});

test('random: among the candidates, without a rank', async () => {
  const run = await recorded(['policies.placement=random']);
  let decided = 0;
  for (const vm of vmsOf(run))
    for (const { outcome, candidates } of explainVm(run, vm).decisions) {
      if (outcome.kind === 'placed') expect(candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
      for (const { rank, criteria } of candidates) expect([rank, criteria]).toEqual([null, null]);
      decided++;
    }
  expect(decided).toBeGreaterThan(9);
  run.close();
});

test("a caller's own policy: its ranking is not known, what ruled hosts out is; an answer that did not hold is told", async () => {
  let calls = 0;
  const odd: PlacementPolicy = {
    ...{ name: 'odd', describe: 'The last host that fits; at first one that never does.' },
    place({ demand }, view) {
      if (calls++ === 0) return { host: 10_000 };
      const fitting = [...view.hosts()].filter(({ id }) => view.fits(id, demand));
      return fitting.length === 0 ? { refuse: 'no-capacity' } : { host: fitting.at(-1)!.id };
    },
  };
  const run = await recorded(['duration=1h'], odd);
  const [first] = vmsOf(run, 1);
  const all = [...vmsOf(run, 1)].map((vm) => explainVm(run, vm));
  expect(all[0]!.policy).toEqual({ name: 'odd', describe: null });
  const outcomes = all.flatMap(({ decisions }) => decisions.map(({ outcome }) => outcome.kind));
  expect(outcomes.filter((kind) => kind === 'asked-again')).toHaveLength(1);
  expect(explainVm(run, first!).decisions[0]!.candidates.every(({ rank }) => rank === null)).toBe(true);
  run.close();
});

test('found by number, by name; the latest of a name; what is not there is told with what is near', async () => {
  const run = await recorded(['duration=1h']);
  const byName = explainVm(run, 'customer-0001/vm-0001');
  expect(explainVm(run, `${byName.zone}/${byName.vm.id}`)).toEqual(byName);
  expect(explainVm(run, 'customer-0001/router-0').vm.role).toBe('router');
  expect(() => explainVm(run, '0')).toThrow('several zones have a VM 0: write z1/0 or z2/0');
  expect(() => explainVm(run, 'customer-0001/vm-001')).toThrow(
    /no VM 'customer-0001\/vm-001'; .*did you mean 'customer-0001\/vm-0001'\?/,
  );
  expect(() => explainVm(run, '99999')).toThrow(/no VM '99999'; VMs go by number, 0 to \d+/);
  run.close();
});

test('a run that kept no history is refused with what to do', async () => {
  const run = await recorded(['record=summary', 'duration=1h']);
  expect(() => explainVm(run, '0')).toThrow(/history was not kept; run it again with --set record=full/);
  run.close();
});
