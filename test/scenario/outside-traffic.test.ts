/** Traffic that rules bring in from outside, the tier that a VM is started in, and the broadcast model's parameters. */
import { describe, expect, it } from 'vitest';
import { BROADCAST_CONSTANTS } from '../../models/broadcast/parameters.js';
import { readBalconInventory } from '../../sim/traces/balcon.js';
import { expectProblems, load, problemsOf, scenario } from './load.js';

/** Line 13: the account; line 14: the event's `action`. */
function withEvent(action: string, traffic = 'none'): string {
  return scenario({ more: `accounts: [{name: acme, traffic: ${traffic}}]\nevents: [{at: 1h, ${action}}]` });
}

/** Where `what` first stands in line 14. */
function columnOf(what: string, text: string): number {
  const at = text.split('\n')[13]!.indexOf(what);
  if (at < 0) throw new Error(`no '${what}' in the line`);
  return at + 1;
}

const rule = (kind: string, traffic: string): string =>
  `addRule: {account: acme, rule: r, ${kind}${traffic === '' ? '' : `, traffic: ${traffic}`}}}`;
const PORT = 'portForward: {port: 80, vm: web';
const BALANCER = 'loadBalancer: {port: 443, vms: [a, b]';

describe('traffic of a rule', () => {
  it.each([
    ['', null],
    // A bare rate is both ways together, half each.
    ['10 Mbps', { inBitsPerSecond: 5e6, outBitsPerSecond: 5e6 }],
    // There is in from the public network, back is out to it.
    ['{there: 1 Mbps, back: 30 Mbps}', { inBitsPerSecond: 1e6, outBitsPerSecond: 30e6 }],
    ['{there: 0 bps, back: 0 bps}', { inBitsPerSecond: 0, outBitsPerSecond: 0 }],
  ])('%s', (written, traffic) => {
    expect(load(withEvent(rule(PORT, written))).events).toMatchObject([
      { kind: 'add-rule', spec: { type: 'port-forward', vms: ['web'], targetPort: 80, traffic } },
    ]);
    expect(load(withEvent(rule(BALANCER, written))).events).toMatchObject([
      { kind: 'add-rule', spec: { type: 'load-balancer', vms: ['a', 'b'], traffic } },
    ]);
  });

  const FORMS = 'write what goes both ways together, e.g. 2 Mbps, or {there: 1 Mbps, back: 3 Mbps}';

  it.each([
    [rule(PORT, '5'), '5}}}', `events.0.addRule.portForward.traffic: ${FORMS}`],
    [rule(PORT, '5 MBps'), '5 MBps', `events.0.addRule.portForward.traffic: ${FORMS}`],
    [rule(BALANCER, '{there: 1 Mbps}'), '{there', 'events.0.addRule.loadBalancer.traffic.back is missing'],
    [
      rule(BALANCER, '{there: 1 Mbps, back: 1 Mbps, in: 1 bps}'),
      'in: 1 bps',
      "unknown key 'in' in events.0.addRule.loadBalancer.traffic; known: there, back",
    ],
    // What is let through, and what names resolve to, carries nothing by itself.
    [rule('firewall: {ports: [1, 2]', '1 Mbps'), 'traffic', "unknown key 'traffic' in events.0.addRule.firewall"],
    [rule('dns: {host: a, vm: b', '1 Mbps'), 'traffic', "unknown key 'traffic' in events.0.addRule.dns"],
  ])('%s is refused at %s', (action, at, expected) => {
    const text = withEvent(action);
    const [found, ...more] = problemsOf(text);
    expect(more).toEqual([]);
    expect(found).toContain(`f.yaml:14:${columnOf(at, text)}: ${expected}`);
  });
});

describe('the tier of a start', () => {
  const TIERS = '{pattern: tiers, tiers: {web: 2, db: 1}, rates: {web-db: 1 Mbps}}';
  const start = (more: string) => `start: {account: acme, ${more}}`;

  it('is one of its account', () => {
    const { events } = load(withEvent(start('offering: small, tier: db'), TIERS));
    expect(events).toMatchObject([{ kind: 'start', tier: 'db' }]);
    expect(load(withEvent(start('offering: small'), TIERS)).events).toMatchObject([{ kind: 'start', tier: null }]);
  });

  it.each([
    [
      'offering: small, tier: wbe',
      TIERS,
      'wbe',
      "the traffic of account 'acme' has no tier 'wbe'; did you mean 'web'?",
    ],
    [
      'offering: small, tier: web',
      '{pattern: uniform, rates: {mesh: 1 Mbps}}',
      'tier:',
      "the traffic of account 'acme' has no tiers; give it 'pattern: tiers', or remove 'tier'",
    ],
    [
      'offering: small, tier: web',
      'none',
      'tier:',
      "the traffic of account 'acme' has no tiers; give it 'pattern: tiers', or remove 'tier'",
    ],
    [
      'vm: vm-0001, tier: web',
      TIERS,
      'tier:',
      "'tier' is for new VMs; add 'offering', 'function', or 'cpu' and 'memory'",
    ],
    ['offering: small, tier: 3', TIERS, '3}', "a name is due here; write '3' in quotes"],
  ])('{%s} where the traffic is %s is refused at %s', (more, traffic, at, expected) => {
    const text = withEvent(start(more), traffic);
    expectProblems(text, [`14:${columnOf(at, text)}: events.0.start.tier: ${expected}`]);
  });

  it("is the workload's, where the account is an inventory's", () => {
    const options = { readers: { balcon: readBalconInventory } };
    const files = { 'b.json': '{"hosts": [{"cpu": 8, "mem": 4096}], "vms": [], "mapping": []}' };
    const text = (tier: string): string =>
      scenario({
        more: `initial: {format: balcon, file: b.json}
workload: {traffic: ${TIERS}}
events: [{at: 1h, start: {account: initial, offering: small, tier: ${tier}}}]`,
      });
    expect(load(text('web'), options, files).events).toMatchObject([{ tier: 'web' }]);
    expect(problemsOf(text('wbe'), options, files)).toEqual([
      "f.yaml:15:68: events.0.start.tier: the traffic of account 'initial' has no tier 'wbe'; did you mean 'web'?",
    ]);
  });

  it('of an account that nobody has is told of as that only', () => {
    expect(problemsOf(withEvent('start: {account: amce, offering: small, tier: web}', TIERS))).toEqual([
      "f.yaml:14:36: events.0.start.account: no account 'amce' is declared; did you mean 'acme'?",
    ]);
  });
});

describe("the broadcast model's parameters", () => {
  const broadcast = Object.entries(BROADCAST_CONSTANTS).map(([name, { unit }]) => ({ name, unit }));
  const problems = (written: string): string[] =>
    problemsOf(scenario({ more: `broadcast: ${written}` }), { broadcast });

  it('are what the file sets, and nothing else', () => {
    expect(load(scenario(), { broadcast }).broadcast).toEqual({});
    const more = 'broadcast: {vmNewPeersPerSecond: 0.01, neighbourTableEntries: 1, bootArpFrames: 0}';
    expect(load(scenario({ more }), { broadcast }).broadcast).toEqual({
      ...{ vmNewPeersPerSecond: 0.01, neighbourTableEntries: 1, bootArpFrames: 0 },
    });
  });

  it.each([
    [
      '{vmNewPeersPerSec: 1}',
      "13: broadcast.vmNewPeersPerSec: the broadcast model has no such parameter; did you mean 'vmNewPeersPerSecond'?",
    ],
    ['{frameBytes: -1}', '25: broadcast.frameBytes: a number of at least 0 is due here'],
    ['{frameBytes: 64 B}', "25: broadcast.frameBytes: a number is due here, not the text '64 B'"],
    ['{frameBytes: .inf}', '25: broadcast.frameBytes: a number is due here, not .inf'],
    [
      '{neighbourTableEntries: 0.5}',
      '36: broadcast.neighbourTableEntries: a table has at least 1 entry; write 1 or more',
    ],
    [
      '{neighbourTableEntries: 0}',
      '36: broadcast.neighbourTableEntries: a table has at least 1 entry; write 1 or more',
    ],
    ['{toString: 1}', '13: broadcast.toString: the broadcast model has no such parameter; known: vmDiscoveryFrames'],
    ['[1]', '12: broadcast: a map (key: value) is due here, not a list'],
  ])('%s is refused at its place', (written, expected) => {
    const [found, ...more] = problems(written);
    expect(more).toEqual([]);
    expect(found).toContain(`f.yaml:13:${expected}`);
  });

  it('are none where nobody says which there are', () => {
    expectProblems(scenario({ more: 'broadcast: {frameBytes: 64}' }), [
      '13:13: broadcast.frameBytes: the broadcast model has no such parameter',
    ]);
  });
});
