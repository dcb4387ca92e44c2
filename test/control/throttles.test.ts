/** Throttles: whose is the tightest, when agents are told, and how they come to be confirmed whatever happens meanwhile. */
import { describe, expect, test } from 'vitest';
import type { ZoneConfig } from '../../sim/control/config.js';
import { foldHistory } from '../../sim/control/fold/fold.js';
import type { AgentReason, Command, Throttle } from '../../sim/control/ports.js';
import type { VmRecord } from '../../sim/control/records.js';
import { UNTHROTTLED } from '../../sim/control/throttle.js';
import { GIB, Harness, MINUTE, smallZone } from './harness.js';
import { checkInvariants } from './invariants.js';
import { snapshotOfState } from './snapshot.js';

const MBPS = 1e6;
const limit = (networkBitsPerSecond: number | null, iops: number | null): Throttle => ({ networkBitsPerSecond, iops });

/** The offering small has 100 Mbps and 500 operations a second, the others have no limits. */
function zone(change: Partial<ZoneConfig> = {}): ZoneConfig {
  const plain = smallZone();
  const offerings = plain.offerings.map((one) =>
    one.name === 'small' ? { ...one, throttle: limit(100 * MBPS, 500) } : one,
  );
  const mid = { ...plain.offerings[0]!, name: 'mid', cpuMillis: 2000 };
  return { ...plain, offerings: [...offerings, mid], ...change };
}

function harnessOf(change: Partial<ZoneConfig> = {}): Harness {
  const harness = new Harness(zone(change));
  harness.register('acme', 'bolt');
  return harness;
}

const throttle = (harness: Harness, account: string, change: Partial<Throttle>): void =>
  void harness.request({ kind: 'throttle', account, ...change });

function vmOf({ plane: { state } }: Harness, account: string, vm: string): VmRecord {
  return state.vm(state.accounts[state.accountByName.get(account)!]!.vms.get(vm)!);
}

/** What agents were told of customers' VMs, in order. */
function told({ answered, outstanding, plane: { state } }: Harness): [string, Throttle][] {
  return [...answered, ...outstanding].flatMap((command): [string, Throttle][] => {
    if (!('throttle' in command) || state.vms.get(command.vm)?.role === 'router') return [];
    return [[command.kind, command.throttle]];
  });
}

/** The oldest outstanding command of this kind is answered. */
function answer(harness: Harness, kind: Command['kind'], failed: AgentReason | null = null): void {
  const at = harness.outstanding.findIndex((command) => command.kind === kind);
  expect(at, `a ${kind} is outstanding`).toBeGreaterThanOrEqual(0);
  harness.outstanding.unshift(...harness.outstanding.splice(at, 1));
  harness.answer(failed);
}

describe('the tightest wins, limit by limit', () => {
  test.each([
    ["the offering's alone", {}, {}, limit(100 * MBPS, 500)],
    ["the account's network, the offering's disk", {}, { networkBitsPerSecond: 10 * MBPS }, limit(10 * MBPS, 500)],
    ['a looser account changes nothing', {}, { networkBitsPerSecond: 900 * MBPS, iops: 900 }, limit(100 * MBPS, 500)],
    ["the cloud's", { throttle: limit(50 * MBPS, 400) }, { iops: 300 }, limit(50 * MBPS, 300)],
  ])('%s', (_title, change, account, expected) => {
    const harness = harnessOf(change);
    throttle(harness, 'acme', account);
    harness.start('acme', 'a');
    harness.settle();
    expect(told(harness)).toEqual([['start-vm', expected]]);
    expect(vmOf(harness, 'acme', 'a').throttle).toEqual(expected);
    checkInvariants(harness.plane.state);
  });

  test("a VM by resources has its account's and the cloud's", () => {
    const harness = harnessOf({ throttle: limit(null, 400) });
    throttle(harness, 'acme', { networkBitsPerSecond: 5 * MBPS });
    harness.startAs('acme', 'a', { cpuMillis: 1000, memoryBytes: GIB, diskBytes: 0 });
    harness.settle();
    expect(told(harness)).toEqual([['start-vm', limit(5 * MBPS, 400)]]);
  });

  test("a routing appliance has its offering's alone", () => {
    const offerings = zone().offerings.map((one) =>
      one.name === 'router' ? { ...one, throttle: limit(null, 800) } : one,
    );
    const harness = harnessOf({ throttle: limit(MBPS, 1), offerings });
    throttle(harness, 'acme', { networkBitsPerSecond: MBPS });
    harness.start('acme', 'a');
    harness.settle();
    const router = [...harness.plane.state.vms.values()].find(({ role }) => role === 'router')!;
    expect(router.throttle).toEqual(limit(null, 800));
  });
});

test('without any throttle nothing is told of one, and nothing stands in the history', () => {
  const harness = new Harness(smallZone());
  harness.register('acme');
  harness.start('acme', 'a');
  harness.settle();
  harness.request({ kind: 'resize', account: 'acme', vm: 'a', want: { offering: 'large' } });
  harness.settle();
  expect(told(harness).every(([, one]) => one === UNTHROTTLED)).toBe(true);
  expect(harness.history.filter(({ kind }) => kind.endsWith('-throttle'))).toEqual([]);
});

describe("an account's throttle changes", () => {
  test('running VMs of it are told, others are not, and stopped ones when they start', () => {
    const harness = harnessOf();
    for (const vm of ['a', 'off']) harness.start('acme', vm);
    harness.start('bolt', 'b');
    harness.settle();
    harness.request({ kind: 'stop', account: 'acme', vm: 'off' });
    harness.settle();
    throttle(harness, 'acme', { networkBitsPerSecond: 20 * MBPS });
    expect(harness.lastOutcome()).toBe('done');
    expect(harness.outstanding).toEqual([
      expect.objectContaining({
        kind: 'set-throttle',
        vm: vmOf(harness, 'acme', 'a').id,
        throttle: limit(20 * MBPS, 500),
      }),
    ]);
    harness.settle();
    harness.request({ kind: 'start', account: 'acme', vm: 'off' });
    harness.settle();
    expect(told(harness).at(-1)).toEqual(['start-vm', limit(20 * MBPS, 500)]);
    // Lifted: the offering's stays.
    throttle(harness, 'acme', { networkBitsPerSecond: null });
    harness.settle();
    expect(vmOf(harness, 'acme', 'a').throttle).toEqual(limit(100 * MBPS, 500));
    expect(vmOf(harness, 'bolt', 'b').throttle).toEqual(limit(100 * MBPS, 500));
    checkInvariants(harness.plane.state);
    expect(snapshotOfState(foldHistory(harness.config, harness.history))).toEqual(snapshotOfState(harness.plane.state));
  });

  test('what it does not say stays as it was; the same once more tells nobody', () => {
    const harness = harnessOf();
    harness.start('acme', 'a', 'large');
    harness.settle();
    throttle(harness, 'acme', { networkBitsPerSecond: 20 * MBPS });
    harness.settle();
    throttle(harness, 'acme', { iops: 50 });
    harness.settle();
    expect(vmOf(harness, 'acme', 'a').throttle).toEqual(limit(20 * MBPS, 50));
    throttle(harness, 'acme', { networkBitsPerSecond: 20 * MBPS, iops: 50 });
    expect(harness.outstanding).toEqual([]);
    throttle(harness, 'acme', { iops: 0 });
    expect(harness.lastOutcome()).toBe('bad-request');
    throttle(harness, 'nobody', { iops: 1 });
    expect(harness.lastOutcome()).toBe('unknown-account');
  });

  test('while a VM starts: its start says what it said, the new one follows', () => {
    const harness = harnessOf();
    harness.start('acme', 'a');
    while (harness.outstanding.at(-1)?.kind !== 'start-vm' || vmOf(harness, 'acme', 'a').state !== 'starting')
      harness.answer();
    throttle(harness, 'acme', { iops: 50 });
    harness.advanceTo(harness.now + MINUTE);
    const starts = harness.outstanding.filter(({ kind }) => kind === 'start-vm');
    expect(
      starts.map((one) => 'throttle' in one && one.throttle),
      'a repetition equals the first sending',
    ).toEqual([limit(100 * MBPS, 500), limit(100 * MBPS, 500)]);
    harness.settle();
    expect(told(harness).slice(-1)).toEqual([['set-throttle', limit(100 * MBPS, 50)]]);
    expect(harness.plane.state.unsettled.size).toBe(0);
  });

  test('twice: the older command is overtaken', () => {
    const harness = harnessOf();
    harness.start('acme', 'a');
    harness.settle();
    throttle(harness, 'acme', { iops: 50 });
    throttle(harness, 'acme', { iops: 60 });
    const [old, latest] = harness.outstanding.map(({ number }) => number);
    expect(harness.history).toContainEqual(
      expect.objectContaining({ kind: 'command-ended', command: old, outcome: 'given-up', reason: 'superseded' }),
    );
    harness.settle();
    expect(latest).toBeGreaterThan(old!);
    expect(vmOf(harness, 'acme', 'a').throttle.iops).toBe(60);
    expect(harness.plane.state.unsettled.size).toBe(0);
  });

  test.each(['reboot', 'console'] as const)('a %s meanwhile goes first, and the throttle is told again', (kind) => {
    const harness = harnessOf();
    harness.start('acme', 'a');
    harness.settle();
    throttle(harness, 'acme', { iops: 50 });
    harness.request({ kind, account: 'acme', vm: 'a' });
    // The throttle's command got lost behind the newer one.
    expect(harness.outstanding.shift()!.kind).toBe('set-throttle');
    expect(harness.outstanding).toHaveLength(1);
    harness.answer();
    expect(harness.lastOutcome()).toBe('done');
    answer(harness, 'set-throttle');
    expect(harness.plane.state.unsettled.size).toBe(0);
    expect(harness.outstanding).toEqual([]);
  });

  test('a stop meanwhile ends it', () => {
    const harness = harnessOf();
    harness.start('acme', 'a');
    harness.settle();
    throttle(harness, 'acme', { iops: 50 });
    harness.request({ kind: 'stop', account: 'acme', vm: 'a' });
    expect(harness.outstanding.shift()!.kind).toBe('set-throttle');
    harness.settle();
    expect(harness.stateOf('acme', 'a')).toBe('stopped');
    expect(harness.plane.state.commands.size).toBe(0);
  });

  test('unanswered, or refused, it is told again until it is so', () => {
    const harness = harnessOf();
    harness.start('acme', 'a');
    harness.settle();
    throttle(harness, 'acme', { iops: 50 });
    harness.outstanding.length = 0;
    for (let minute = 1; minute <= 30; minute++) harness.advanceTo(minute * MINUTE);
    expect(harness.outstanding.length, 'after its attempts at the pause of retries').toBeGreaterThan(3);
    expect(new Set(harness.outstanding.map(({ number }) => number)).size, 'under its number').toBe(1);
    harness.outstanding.splice(1);
    answer(harness, 'set-throttle', 'hypervisor-error');
    expect(harness.outstanding, 'put off').toEqual([]);
    harness.advanceTo(36 * MINUTE);
    answer(harness, 'set-throttle');
    expect(harness.plane.state.unsettled.size).toBe(0);
    checkInvariants(harness.plane.state);
  });
});

describe('another size', () => {
  function running(): Harness {
    const harness = harnessOf();
    harness.start('acme', 'a');
    harness.settle();
    harness.request({ kind: 'resize', account: 'acme', vm: 'a', want: { offering: 'mid' } });
    return harness;
  }

  test("brings its offering's throttle", () => {
    const harness = running();
    harness.settle();
    expect(told(harness).at(-1)).toEqual(['resize-vm', UNTHROTTLED]);
    expect(harness.plane.state.unsettled.size).toBe(0);
  });

  test('that the agent refuses leaves the former one, which is told once more', () => {
    const harness = running();
    answer(harness, 'resize-vm', 'no-room');
    expect(harness.lastOutcome()).toBe('agent-failed');
    answer(harness, 'set-throttle');
    expect(told(harness).at(-1)).toEqual(['set-throttle', limit(100 * MBPS, 500)]);
    expect(harness.plane.state.unsettled.size).toBe(0);
  });

  test('that nobody answers for is taken back with the former one', () => {
    const harness = running();
    for (let minute = 1; minute <= 4; minute++) harness.advanceTo(minute * MINUTE);
    harness.outstanding.splice(
      0,
      harness.outstanding.findIndex(({ kind }) => kind === 'restore-vm'),
    );
    answer(harness, 'restore-vm');
    expect(told(harness).at(-1)).toEqual(['restore-vm', limit(100 * MBPS, 500)]);
    expect(vmOf(harness, 'acme', 'a').state).toBe('running');
    expect(harness.plane.state.unsettled.size).toBe(0);
    checkInvariants(harness.plane.state);
  });
});

test('VMs that an inventory found are told what they are to have', () => {
  const harness = harnessOf({ throttle: limit(null, 70) });
  harness.request({
    ...{ kind: 'adopt', account: 'acme', vm: 'old', role: 'user', guestNetwork: null, host: 0, nodes: [0] },
    ...{ cpuMillis: 1000, memoryBytes: GIB },
  });
  expect(told(harness)).toEqual([['set-throttle', limit(null, 70)]]);
  harness.settle();
  expect(harness.plane.state.unsettled.size).toBe(0);
});
