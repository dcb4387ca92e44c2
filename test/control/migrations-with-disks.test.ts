/** Migrations whose VM's disk comes along, and cold ones: each step, and what goes wrong at it, agents answered by hand. */
import { describe, expect, test } from 'vitest';
import type { AgentReason, CommandKind } from '../../sim/control/ports.js';
import { foldHistory } from '../../sim/control/fold/fold.js';
import { GIB, MINUTE, fullZone, smallZone, type Harness } from './harness.js';
import { checkInvariants } from './invariants.js';
import { expectClean, H0, H1, H2, H3, hostOf, kinds, migrate, path, withVm } from './migration-harness.js';
import { snapshotOfState } from './snapshot.js';

/** The storage server of each pod has this much left. */
const freeGib = ({ plane: { state } }: Harness): number[] => state.servers.map(({ freeBytes }) => freeBytes / GIB);

function steps(harness: Harness): CommandKind[][] {
  const seen: CommandKind[][] = [];
  while (harness.outstanding.length > 0) {
    seen.push(kinds(harness));
    harness.answer();
    checkInvariants(harness.plane.state);
  }
  return seen;
}

function upTo(harness: Harness, kind: CommandKind): Harness {
  while (kinds(harness)[0] !== kind) harness.answer();
  return harness;
}

function silence(harness: Harness, minutes: number): void {
  harness.outstanding.length = 0;
  for (let at = 0; at < minutes; at++) {
    harness.advanceTo(harness.now + MINUTE);
    checkInvariants(harness.plane.state);
  }
}

/** What is still waited for is answered, until nothing is. */
function speak(harness: Harness): void {
  const { commands } = harness.plane.state;
  while (commands.size > 0) {
    for (const { id, type } of [...commands.values()]) harness.report(id, null, harness.stateAt[type]);
    harness.outstanding.length = 0;
    checkInvariants(harness.plane.state);
  }
}

function expectFolds({ config, history, plane: { state } }: Harness): void {
  expect(snapshotOfState(foldHistory(config, history))).toEqual(snapshotOfState(state));
}

describe('live, to another pod', () => {
  test('a disk is made there, and taken with the VM; the one that it had is collected', () => {
    const harness = withVm();
    expect(freeGib(harness)).toEqual([188, 200]);
    migrate(harness, H2);
    expect(steps(harness)).toEqual([
      ['create-disk', 'add-nic'],
      ['add-nic'],
      ['prepare-migration'],
      ['migrate-vm'],
      ['inquire-source', 'inquire-destination'],
      ['inquire-destination'],
      ['release-vm'],
      ['destroy-disk'],
    ]);
    expect(harness.answered.find(({ kind }) => kind === 'migrate-vm')).toMatchObject({ disk: { disk: 2, server: 1 } });
    expect([hostOf(harness), harness.lastOutcome(), path(harness).at(-1)]).toEqual([H2, 'done', 'done']);
    expect(freeGib(harness)).toEqual([198, 190]);
    expectClean(harness);
    expectFolds(harness);
  });

  test("a host's own disk comes along to another host of the pod, where that has one", () => {
    const harness = withVm(fullZone());
    harness.startAs('acme', 'near', { cpuMillis: 1000, memoryBytes: GIB, diskBytes: 20 * GIB, localDisk: true });
    harness.settle();
    expect(hostOf(harness, 'near')).toBe(H1);
    migrate(harness, H0, 'near');
    // It has no disk of its own.
    expect(harness.lastOutcome()).toBe('storage-full');
    migrate(harness, H2, 'near');
    harness.settle();
    expect([hostOf(harness, 'near'), harness.lastOutcome()]).toEqual([H2, 'done']);
    expect(freeGib(harness).slice(2)).toEqual([60, 40]);
    expectClean(harness);
  });

  test("is refused where it cannot be: snapshots, no room for the disk, a VLAN ID that is the pod's", () => {
    const harness = withVm();
    harness.request({ kind: 'snapshot', account: 'acme', vm: 'web', snapshot: 'before' });
    harness.settle();
    migrate(harness, H2);
    expect(harness.lastOutcome()).toBe('has-snapshots');
    const [first, second] = smallZone().servers;
    const full = withVm({ servers: [first!, { ...second!, capacityBytes: 5 * GIB }] });
    migrate(full, H2);
    expect(full.lastOutcome()).toBe('storage-full');
    const bound = withVm({ vlanScope: 'pod' });
    migrate(bound, H2);
    expect(bound.lastOutcome()).toBe('unsupported');
  });

  test('the policy is asked for a host of the pod first, then for one that the disk comes along to', () => {
    const harness = withVm();
    const pods: unknown[] = [];
    const { decide } = harness;
    harness.decide = (question) => {
      pods.push(question.demand.pods);
      return decide(question);
    };
    harness.start('acme', 'wide', 'large');
    harness.settle();
    // On the second pod's first host: the other has one node of 4 cores.
    expect(hostOf(harness, 'wide')).toBe(H2);
    pods.length = 0;
    harness.request({ kind: 'migrate', account: 'acme', vm: 'wide' });
    expect(pods).toEqual([[1], null]);
    expect(harness.lastOutcome()).toBe('no-capacity');
    harness.request({ kind: 'evacuate', hosts: [H0, H1] });
    harness.settle();
    expect([hostOf(harness), harness.plane.state.vms.get(0)?.host]).toEqual([H2, 2]);
    expectClean(harness);
    expectFolds(harness);
  });

  test.each([
    ['create-disk', 'no-room', ['queued', 'preparing', 'rolled-back'], 'storage-full'],
    ['prepare-migration', 'no-room', ['queued', 'preparing', 'rolling-back', 'rolled-back'], 'destination-failed'],
    [
      'migrate-vm',
      'not-converging',
      ['queued', 'preparing', 'copying', 'rolling-back', 'rolled-back'],
      'not-converging',
    ],
  ] as [CommandKind, AgentReason, string[], string][])(
    '%s comes to nothing: the VM and its disk stay, the other disk is collected',
    (kind, failed, states, reason) => {
      const harness = withVm();
      migrate(harness, H2);
      upTo(harness, kind).answer(failed);
      harness.settle();
      expect(path(harness)).toEqual(states);
      expect([hostOf(harness), harness.lastOutcome(), freeGib(harness)]).toEqual([H0, reason, [188, 200]]);
      expectClean(harness);
      expectFolds(harness);
    },
  );

  test('the virtual NIC cannot be had while the disk is being made: that is collected', () => {
    const harness = withVm();
    migrate(harness, H2);
    const nic = harness.outstanding.find(({ kind }) => kind === 'add-nic')!;
    harness.report(nic.number, 'hypervisor-error');
    expect(path(harness)).toEqual(['queued', 'preparing', 'rolling-back']);
    speak(harness);
    expect([path(harness).at(-1), freeGib(harness)]).toEqual(['rolled-back', [188, 200]]);
    expectClean(harness);
  });

  test('the storage server is silent while it makes the disk: rolled back, collected when it speaks again', () => {
    const harness = withVm();
    migrate(harness, H2);
    silence(harness, 4);
    expect(harness.lastOutcome()).toBe('agent-silent');
    speak(harness);
    expect([path(harness).at(-1), freeGib(harness)]).toEqual(['rolled-back', [188, 200]]);
    expectClean(harness);
  });

  test('the VM is destroyed while what it left is collected', () => {
    const harness = withVm();
    migrate(harness, H2);
    upTo(harness, 'destroy-disk');
    harness.request({ kind: 'destroy', account: 'acme', vm: 'web' });
    speak(harness);
    expect(harness.stateOf('acme', 'web')).toBe('destroyed');
    expectClean(harness);
    expectFolds(harness);
  });

  test('the VM is lost at its destination: its disk there is what it is started with again', () => {
    const harness = withVm();
    migrate(harness, H2);
    upTo(harness, 'migrate-vm').answer('no-such-vm');
    Object.assign(harness.stateAt, { 'inquire-source': 'departed', 'inquire-destination': 'absent' });
    speak(harness);
    expect([harness.stateOf('acme', 'web'), freeGib(harness)]).toEqual(['stopped', [198, 190]]);
    harness.request({ kind: 'start', account: 'acme', vm: 'web' });
    harness.settle();
    expect(hostOf(harness)).toBe(H2);
    expectClean(harness);
  });
});

describe('cold', () => {
  const cold = { cold: true } as const;

  test('a VM that runs is stopped, its disk copied, and it is started there', () => {
    const harness = withVm();
    migrate(harness, H2, 'web', cold);
    expect(steps(harness)).toEqual([
      ['stop-vm'],
      ['dismount-disk'],
      ['copy-disk'],
      ['destroy-disk', 'add-nic'],
      ['add-nic'],
      ['mount-disk'],
      ['start-vm'],
    ]);
    expect(path(harness)).toEqual(['queued', 'halting', 'moving', 'releasing', 'done']);
    expect([hostOf(harness), harness.lastOutcome(), freeGib(harness)]).toEqual([H2, 'done', [198, 190]]);
    expectClean(harness);
    expectFolds(harness);
  });

  test('within its pod nothing is copied', () => {
    const harness = withVm();
    migrate(harness, H1, 'web', cold);
    expect(steps(harness).flat()).not.toContain('copy-disk');
    expect([hostOf(harness), harness.lastOutcome()]).toEqual([H1, 'done']);
    expectClean(harness);
  });

  test('one that is off stays off; its next start is where its disk is', () => {
    const harness = withVm({ holdStoppedMicros: 60 * MINUTE });
    harness.request({ kind: 'stop', account: 'acme', vm: 'web' });
    harness.settle();
    migrate(harness, H1, 'web', cold);
    expect(harness.lastOutcome()).toBe('already-there');
    migrate(harness, H3, 'web', cold);
    expect(steps(harness)).toEqual([['copy-disk'], ['destroy-disk']]);
    expect([harness.stateOf('acme', 'web'), harness.lastOutcome()]).toEqual(['stopped', 'done']);
    harness.request({ kind: 'start', account: 'acme', vm: 'web' });
    harness.settle();
    expect(hostOf(harness)).toBe(H2);
    expectClean(harness);
    expectFolds(harness);
  });

  test('is refused for a VM that is busy, or off with nowhere to go', () => {
    const harness = withVm();
    harness.request({ kind: 'stop', account: 'acme', vm: 'web' });
    migrate(harness, H2, 'web', cold);
    expect(harness.lastOutcome()).toBe('vm-busy');
    harness.settle();
    harness.request({ kind: 'migrate', account: 'acme', vm: 'web', cold: true });
    expect(harness.lastOutcome()).toBe('bad-request');
  });

  test('the disk cannot be copied: the VM is started again where it was', () => {
    const harness = withVm();
    migrate(harness, H2, 'web', cold);
    upTo(harness, 'copy-disk').answer('hypervisor-error');
    harness.settle();
    expect(path(harness)).toEqual(['queued', 'halting', 'moving', 'rolled-back']);
    expect([hostOf(harness), freeGib(harness)]).toEqual([H0, [188, 200]]);
    expect(harness.history.find((tx) => tx.kind === 'request-ended' && tx.type === 'migrate')).toMatchObject({
      outcome: 'failed',
      reason: 'agent-failed',
    });
    expectClean(harness);
    expectFolds(harness);
  });

  test('the storage server is silent for as long as a disk may take: the VM is started, what there is of the copy collected', () => {
    const harness = withVm();
    migrate(harness, H2, 'web', cold);
    upTo(harness, 'copy-disk');
    silence(harness, 59);
    expect(path(harness).at(-1)).toBe('moving');
    silence(harness, 3);
    speak(harness);
    expect([hostOf(harness), path(harness).at(-1), freeGib(harness)]).toEqual([H0, 'rolled-back', [188, 200]]);
    expectClean(harness);
  });

  test('room for the disk is gone once the VM is off: it is started where it was', () => {
    const [first, second] = smallZone().servers;
    const harness = withVm({ servers: [first!, { ...second!, capacityBytes: 12 * GIB }] });
    migrate(harness, H2, 'web', cold);
    harness.startAs('acme', 'other', { cpuMillis: 6000, memoryBytes: GIB, diskBytes: 5 * GIB });
    upTo(harness, 'stop-vm');
    harness.settle();
    expect(path(harness)).toEqual(['queued', 'halting', 'rolled-back']);
    expect([hostOf(harness), hostOf(harness, 'other')]).toEqual([H0, H2]);
    expectClean(harness);
    expectFolds(harness);
  });
});
