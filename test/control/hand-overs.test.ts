/** A VM handed over between zones: each zone's plane alone, agents and the other plane answered by hand. */
import { describe, expect, test } from 'vitest';
import { foldHistory } from '../../sim/control/fold/fold.js';
import type { CommandKind, OutcomeReport } from '../../sim/control/ports.js';
import { GIB, MINUTE, type Harness } from './harness.js';
import { checkInvariants } from './invariants.js';
import { expectClean, H0, hostOf, kinds, path, withVm } from './migration-harness.js';
import { snapshotOfState } from './snapshot.js';

function expectFolds({ config, history, plane: { state } }: Harness): void {
  expect(snapshotOfState(foldHistory(config, history))).toEqual(snapshotOfState(state));
}

describe('the zone that it leaves', () => {
  function leaving(): Harness {
    const harness = withVm();
    harness.request({ kind: 'migrate', account: 'acme', vm: 'web', zone: 'z2' });
    return harness;
  }

  /** The oldest outstanding command, by another plane's answer. */
  function answer(harness: Harness, more: Partial<OutcomeReport> = {}): void {
    const { number } = harness.outstanding.shift()!;
    harness.feed({ kind: 'report', report: { kind: 'outcome', command: number, failed: null, ...more } });
  }

  const place = { disk: 7, server: 3 };

  test('asks, stops it, sends its disk, hands it over, and keeps nothing', () => {
    const harness = leaving();
    const seen: CommandKind[] = [];
    expect(harness.outstanding).toEqual([
      expect.objectContaining({
        kind: 'offer-vm',
        zone: 'z2',
        from: 'z1',
        account: 'acme',
        vm: 'web',
        diskBytes: 10 * GIB,
      }),
    ]);
    expect(harness.stateOf('acme', 'web')).toBe('running');
    answer(harness, { place });
    while (harness.outstanding.length > 0) {
      const [{ kind }] = harness.outstanding as [(typeof harness.outstanding)[number]];
      seen.push(kind);
      if (kind === 'send-disk') expect(harness.outstanding[0]).toMatchObject({ zone: 'z2', to: place });
      // It stands here until the other zone has said that it has it.
      if (kind === 'hand-over-vm') expect(harness.plane.state.disks.size).toBe(2);
      answer(harness);
      checkInvariants(harness.plane.state);
    }
    expect(seen).toEqual(['stop-vm', 'dismount-disk', 'send-disk', 'hand-over-vm', 'remove-rule', 'destroy-disk']);
    expect(path(harness)).toEqual(['queued', 'offering', 'halting', 'moving', 'handing-over', 'done']);
    expect([harness.stateOf('acme', 'web'), harness.lastOutcome()]).toEqual(['destroyed', 'done']);
    expectClean(harness);
    expectFolds(harness);
  });

  test('lets it run on where the other says no, and why', () => {
    const harness = leaving();
    answer(harness, { failed: 'refused', reason: 'no-capacity' });
    expect([hostOf(harness), harness.lastOutcome(), path(harness).at(-1)]).toEqual([H0, 'no-capacity', 'dropped']);
    expectClean(harness);
    expectFolds(harness);
  });

  test('starts it again where its disk cannot be sent, and takes the offer back', () => {
    const harness = leaving();
    answer(harness, { place });
    while (kinds(harness)[0] !== 'send-disk') harness.answer();
    harness.answer('hypervisor-error');
    expect(kinds(harness)).toContain('withdraw-vm');
    harness.settle();
    expect([harness.stateOf('acme', 'web'), path(harness).at(-1)]).toEqual(['running', 'rolled-back']);
    expect(harness.history.find((tx) => tx.kind === 'request-ended' && tx.type === 'migrate')).toMatchObject({
      ...{ outcome: 'failed', reason: 'agent-failed' },
    });
    expectClean(harness);
    expectFolds(harness);
  });

  test('tells the other plane until it answers: it is ours, and will come back', () => {
    const harness = leaving();
    harness.outstanding.length = 0;
    for (let minute = 1; minute <= 90; minute++) harness.advanceTo(minute * MINUTE);
    expect(path(harness).at(-1)).toBe('offering');
    expect(new Set(harness.outstanding.map(({ number }) => number)).size).toBe(1);
  });

  test('its customer cannot use it meanwhile, nor is it asked twice', () => {
    const harness = leaving();
    const outcome = (): string => harness.lastOutcome();
    harness.request({ kind: 'stop', account: 'acme', vm: 'web' });
    expect(outcome()).toBe('vm-busy');
    harness.request({ kind: 'migrate', account: 'acme', vm: 'web', zone: 'z2' });
    expect(outcome()).toBe('vm-busy');
  });

  test('refuses its own zone, a VM that is off, and snapshots', () => {
    const harness = withVm();
    const ask = (zone: string): string => {
      harness.request({ kind: 'migrate', account: 'acme', vm: 'web', zone });
      return harness.lastOutcome();
    };
    expect(ask('z1')).toBe('already-there');
    harness.request({ kind: 'snapshot', account: 'acme', vm: 'web', snapshot: 's' });
    harness.settle();
    expect(ask('z2')).toBe('has-snapshots');
    harness.request({ kind: 'stop', account: 'acme', vm: 'web' });
    harness.settle();
    expect(ask('z2')).toBe('not-running');
  });
});

describe('the zone that it comes to', () => {
  const offer = {
    ...{ from: 'z9', migration: 4, account: 'acme', vm: 'db', offering: 0, networks: ['default'] },
    ...{ cpuMillis: 1000, memoryBytes: GIB, diskBytes: 10 * GIB, localDisk: false },
  };

  function offered(change: Partial<typeof offer> = {}): Harness {
    const harness = withVm();
    harness.request({ kind: 'admit-vm', ...offer, ...change });
    return harness;
  }

  test('gives it everything but its start, says where its disk goes, and starts it once it has that', () => {
    const harness = offered();
    harness.settle();
    expect([harness.lastOutcome(), harness.stateOf('acme', 'db')]).toEqual(['done', 'provisioning']);
    expect(harness.history.findLast((tx) => tx.kind === 'vm-admitted')).toMatchObject({ disk: 2, server: 0 });
    checkInvariants(harness.plane.state);
    harness.request({ kind: 'take-vm', from: 'z9', migration: 4 });
    expect(kinds(harness)).toEqual(['mount-disk']);
    harness.settle();
    expect([harness.lastOutcome(), harness.stateOf('acme', 'db')]).toEqual(['done', 'running']);
    expect(
      [...harness.plane.state.vms.values()].find(({ name }) => name === 'db')!.interfaces[0]!.address,
    ).not.toBeNull();
    expectClean(harness);
    expectFolds(harness);
  });

  test('takes all of it back', () => {
    const harness = offered();
    const before = harness.plane.state.servers[0]!.freeBytes;
    harness.settle();
    harness.request({ kind: 'withdraw-vm', from: 'z9', migration: 4 });
    harness.settle();
    expect(harness.stateOf('acme', 'db')).toBe('destroyed');
    expect(harness.plane.state.servers[0]!.freeBytes).toBe(before + 10 * GIB);
    expect(harness.plane.state.awaited.size).toBe(0);
    harness.request({ kind: 'take-vm', from: 'z9', migration: 4 });
    expect(harness.lastOutcome()).toBe('unknown-vm');
    expectClean(harness);
    expectFolds(harness);
  });

  test('keeps it, stopped, where its start fails once it is its own', () => {
    const harness = offered();
    harness.settle();
    harness.request({ kind: 'take-vm', from: 'z9', migration: 4 });
    while (kinds(harness)[0] !== 'start-vm') harness.answer();
    harness.answer('hypervisor-error');
    harness.settle();
    expect([harness.lastOutcome(), harness.stateOf('acme', 'db')]).toEqual(['agent-failed', 'stopped']);
    expectClean(harness);
  });

  test.each([
    [{ account: 'globex' }, 'unknown-account'],
    [{ vm: 'web' }, 'vm-exists'],
    [{ networks: ['default', 'back'] }, 'unknown-network'],
    [{ cpuMillis: 64_000 }, 'no-capacity'],
    [{ diskBytes: 900 * GIB }, 'storage-full'],
  ])('refuses %j: %s', (change, reason) => {
    const harness = offered(change as Partial<typeof offer>);
    harness.settle();
    expect(harness.lastOutcome()).toBe(reason);
    expect(harness.plane.state.awaited.size).toBe(0);
    expectClean(harness);
    expectFolds(harness);
  });
});
