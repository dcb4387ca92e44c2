/** What chance gives one customer does not hang on who else is there, nor on pods and policies; zones stand by themselves. */
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { JournalRecorder } from '../../sim/run/journal-recorder.js';

const BASE = `
podtwin: 1
name: two-zones
about: Two zones with room for everybody.
duration: 3d
zones:
  - { name: z1, network: { publicAddresses: [198.18.0.0/16] }, pods: [{ name: p, count: 2, hosts: [{ name: h, count: 8 }] }] }
  - { name: z2, network: { publicAddresses: [198.19.0.0/16] }, pods: [{ name: p, count: 2, hosts: [{ name: h, count: 8 }] }] }
offerings: { small: { cpu: 1 core, memory: 2 GiB }, large: { cpu: 4 cores, memory: 8 GiB } }
durations: { boot: { uniform: [10 s, 60 s] }, shutdown: { uniform: [1 s, 9 s] }, diskCreate: { uniform: [1 s, 3 s] } }
accounts:
  - { name: acme, zone: z1, vms: { small: 2 } }
  - { name: bolt, zone: z2, vms: { small: 1 } }
workload:
  accounts: { initial: 20, arrivals: { poisson: 4 per d }, vms: { uniform: [1, 6] }, offerings: { small: 1, large: 1 } }
  vms: { lifetime: { exponential: { mean: 1d } }, arrivals: { poisson: 2 per d } }
`;

/** The same zones with sizes, lifetimes, deployments and arrivals of Azure, by the hours of an office. */
const AZURE = BASE.replace(/accounts: \{ initial[^\n]*\n[^\n]*\n$/, '').concat(`accounts:
    { initial: 12, arrivals: { poisson: 4 per d, curve: office-day, growth: 10 % per d } }
  vms: { arrivals: { poisson: 6 per d, curve: office-week, growth: 5 % per d, group: { uniform: [1, 4] } } }
`);

async function run(change: (text: string) => string = (text) => text, set: string[] = []) {
  const recorder = new JournalRecorder();
  const text = change(BASE);
  const summary = await simulate(loadScenario('two.yaml', { set, readFile: () => text }), { recorder });
  return { summary, lines: recorder.lines };
}

/** Lines of what happened to a customer's VMs, without the places, which may change. */
function livesOf(lines: readonly string[], others: RegExp = /^$/): string[] {
  return lines.filter((line) => /VM \S+ .*->/.test(line) && !/router/.test(line) && !others.test(line));
}

const base = await run();

test('there is chance in it', async () => {
  expect((await run(undefined, ['seed=2'])).summary.digest).not.toBe(base.summary.digest);
  expect(livesOf(base.lines).length).toBeGreaterThan(500);
});

describe('another account', () => {
  const added = (zone: string) =>
    run((text) => text.replace('accounts:\n', `accounts:\n  - { name: extra, zone: ${zone}, vms: { large: 1 } }\n`));

  test('in another zone leaves the digest of this one', async () => {
    const { summary } = await added('z2');
    expect(summary.laneDigests['z1']).toBe(base.summary.laneDigests['z1']);
    expect(summary.laneDigests['z2']).not.toBe(base.summary.laneDigests['z2']);
    expect(summary.digest).not.toBe(base.summary.digest);
  });

  test('in the same zone leaves what happens to all others', async () => {
    const { lines } = await added('z1');
    expect(livesOf(lines, /VM extra/)).toEqual(livesOf(base.lines));
  });
});

describe('another pod', () => {
  test('leaves the digest of the other zone', async () => {
    const { summary } = await run(undefined, ['zones.z2.pods.p.count=3']);
    expect(summary.laneDigests['z1']).toBe(base.summary.laneDigests['z1']);
  });

  test('in front of all others leaves what happens to every customer', async () => {
    const { lines } = await run((text) =>
      text.replace('pods: [', 'pods: [{ name: front, hosts: [{ name: h, count: 2 }] }, '),
    );
    expect(livesOf(lines)).toEqual(livesOf(base.lines));
  });
});

test('another policy leaves what happens to every customer', async () => {
  const { lines, summary } = await run(undefined, ['policies.placement=random']);
  expect(summary.digest).not.toBe(base.summary.digest);
  expect(livesOf(lines)).toEqual(livesOf(base.lines));
});

test('another zone leaves the digests of those there were', async () => {
  const { summary } = await run(
    (text) =>
      text.replace(
        'offerings:',
        '  - { name: z3, network: { publicAddresses: [198.20.0.0/16] }, pods: [{ name: p, hosts: [{ count: 2 }] }] }\nofferings:',
      ),
    ['workload.accounts.zones={z1: 1, z2: 1}'],
  );
  expect(summary.laneDigests['z1']).toBe(base.summary.laneDigests['z1']);
  expect(summary.laneDigests['z2']).toBe(base.summary.laneDigests['z2']);
});

describe('with sizes, deployments, curves and growth', () => {
  const roomy = (text: string) => text.replaceAll('{ name: p, count: 2', '{ name: p, count: 20');
  const azure = (change: (text: string) => string = (text) => text, set?: string[]) =>
    run(() => change(roomy(AZURE)), set);

  test('another customer, pod or policy leaves what happens to every customer', async () => {
    const { lines, summary } = await azure();
    expect(summary.vms.refused).toEqual({});
    expect(livesOf(lines).length).toBeGreaterThan(1000);
    const extra = 'accounts:\n  - { name: extra, zone: z1, vms: { large: 1 } }\n';
    const more = await azure((text) => text.replace('accounts:\n', extra));
    expect(livesOf(more.lines, /VM extra/)).toEqual(livesOf(lines));
    const pods = await azure(undefined, ['zones.z1.pods.p.count=21']);
    expect(livesOf(pods.lines)).toEqual(livesOf(lines));
    const policy = await azure(undefined, ['policies.placement=random']);
    expect(policy.summary.digest).not.toBe(summary.digest);
    expect(livesOf(policy.lines)).toEqual(livesOf(lines));
  });

  test('more customers at the start leave what those that were there ask for on arrival, and when they ask for more', async () => {
    const startsOf = (lines: readonly string[]) =>
      lines.filter((line) => /VM customer-000\d\S* destroyed -> requested/.test(line));
    const [few, many] = [await azure(), await azure(undefined, ['workload.accounts.initial=13'])];
    expect(startsOf(few.lines).length).toBeGreaterThan(50);
    expect(startsOf(many.lines)).toEqual(startsOf(few.lines));
  });
});
