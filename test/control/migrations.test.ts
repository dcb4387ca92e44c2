/** Live migration in the plane alone, agents answered by hand: every step, and every way in which it can go wrong at it. */
import { describe, expect, test } from 'vitest';
import type { CommandKind, InquiredState } from '../../sim/control/ports.js';
import { checkInvariants } from './invariants.js';
import { MINUTE, smallZone, type Harness } from './harness.js';
import { expectClean, H0, H1, hostOf, kinds, migrate, nicHosts, path, withVm } from './migration-harness.js';

describe('a migration', () => {
  test('makes the virtual NIC at the destination, prepares, copies, asks both agents, releases the source and its virtual NIC', () => {
    const harness = withVm();
    // The routing appliance is on h0 as well: the virtual NIC there stays.
    migrate(harness);
    const steps: CommandKind[][] = [];
    while (harness.outstanding.length > 0) {
      steps.push(kinds(harness));
      harness.answer();
      checkInvariants(harness.plane.state);
    }
    expect(steps).toEqual([
      ['add-nic'],
      ['prepare-migration'],
      ['migrate-vm'],
      ['inquire-source', 'inquire-destination'],
      ['inquire-destination'],
      ['release-vm'],
    ]);
    expect(path(harness)).toEqual(['queued', 'preparing', 'copying', 'confirming', 'releasing', 'done']);
    expect(hostOf(harness)).toBe(H1);
    expect(harness.lastOutcome()).toBe('done');
    expect(nicHosts(harness)).toEqual([H0, H1]);
    // And back: now the last VM of the customer leaves h1, and the virtual NIC with it.
    migrate(harness, H0);
    harness.settle();
    expect(hostOf(harness)).toBe(H0);
    expect(nicHosts(harness)).toEqual([H0]);
    expectClean(harness);
  });

  test('holds capacity at both ends until the source has said that it is released', () => {
    const harness = withVm();
    const free = (host: number): number =>
      harness.plane.state.host(host).nodes.reduce((sum, node) => sum + node.freeCpuMillis, 0);
    const before = [free(0), free(1)];
    migrate(harness);
    expect([free(0), free(1)]).toEqual([before[0], before[1]! - 1000]);
    while (kinds(harness)[0] !== 'release-vm') harness.answer();
    expect([free(0), free(1)]).toEqual([before[0], before[1]! - 1000]);
    expect(hostOf(harness)).toBe(H1);
    harness.settle();
    expect([free(0), free(1)]).toEqual([before[0]! + 1000, before[1]! - 1000]);
  });

  test('is refused where it cannot be: the same host, an unknown one, one that is full', () => {
    const harness = withVm();
    const outcome = (to: string, vm = 'web'): string => {
      migrate(harness, to, vm);
      return harness.lastOutcome();
    };
    expect(outcome(H0)).toBe('already-there');
    expect(outcome('z1/p1/h9')).toBe('unknown-host');
    expect(outcome(H1, 'none')).toBe('unknown-vm');
    harness.start('acme', 'big', 'large');
    harness.settle();
    // It runs in the other pod, beside a host with one node of 4 cores.
    expect(hostOf(harness, 'big')).toBe('z1/p2/h2');
    expect(outcome('z1/p2/h3', 'big')).toBe('no-capacity');
    harness.request({ kind: 'stop', account: 'acme', vm: 'web' });
    expect(outcome(H1)).toBe('vm-busy');
    harness.settle();
    expect(outcome(H1)).toBe('not-running');
    expectClean(harness);
  });

  test('waits in line where as many are under way as may be; others pass it whose hosts are free', () => {
    const harness = withVm({ migration: { ...smallZone().migration, perHost: 1 } });
    harness.start('acme', 'app');
    harness.settle();
    migrate(harness);
    migrate(harness, H1, 'app');
    expect(path(harness)).toEqual(['queued', 'preparing', 'queued']);
    harness.settle();
    expect(path(harness).filter((at) => at === 'done')).toHaveLength(2);
    expect([hostOf(harness), hostOf(harness, 'app')]).toEqual([H1, H1]);
    expectClean(harness);
  });

  test('is dropped where the world has changed since it was asked for', () => {
    const harness = withVm({ migration: { ...smallZone().migration, perZone: 1 } });
    harness.start('acme', 'app');
    harness.settle();
    migrate(harness);
    migrate(harness, H1, 'app');
    // While it waits the destination goes out of service.
    const { nodes } = harness.config.hosts[1]!;
    const less = nodes.map(({ cpuMillis }) => ({ cpuMillis, memoryBytes: 1024 }));
    const report = { kind: 'capabilities', agent: 1, hosts: [{ host: 1, nodes: less, features: [] }] } as const;
    harness.feed({ kind: 'report', report });
    harness.settle();
    expect(path(harness).filter((at) => at === 'dropped')).toHaveLength(1);
    expect(hostOf(harness, 'app')).toBe(H0);
    expectClean(harness);
  });
});

describe('what goes wrong', () => {
  /** Up to a command of this kind, which is left unanswered. */
  function upTo(kind: CommandKind): Harness {
    const harness = withVm();
    migrate(harness);
    while (kinds(harness)[0] !== kind) harness.answer();
    return harness;
  }

  function silence(harness: Harness, minutes: number): void {
    harness.outstanding.length = 0;
    const end = harness.now + minutes * MINUTE;
    while (harness.now < end) {
      harness.advanceTo(harness.now + MINUTE);
      checkInvariants(harness.plane.state);
    }
  }

  /** Latest of each kind: what is still waited for. */
  function answerAll(harness: Harness, found: Partial<Record<CommandKind, InquiredState>> = {}): void {
    Object.assign(harness.stateAt, found);
    const { commands } = harness.plane.state;
    for (let turns = 0; commands.size > 0; turns++) {
      expect(turns).toBeLessThan(50);
      for (const { id, type } of [...commands.values()]) harness.report(id, null, harness.stateAt[type]);
      harness.outstanding.length = 0;
      checkInvariants(harness.plane.state);
    }
  }

  test('the destination says no: the VM runs on, and the virtual NIC that was made there goes', () => {
    const harness = upTo('prepare-migration');
    harness.answer('no-room');
    expect(harness.lastOutcome()).toBe('destination-failed');
    expect(harness.stateOf('acme', 'web')).toBe('running');
    harness.settle();
    expect([hostOf(harness), nicHosts(harness)]).toEqual([H0, [H0]]);
    expect(path(harness).at(-1)).toBe('rolled-back');
    expectClean(harness);
  });

  test('the virtual NIC cannot be had there', () => {
    const harness = upTo('add-nic');
    harness.answer('hypervisor-error');
    expect(path(harness)).toEqual(['queued', 'preparing', 'rolled-back']);
    harness.settle();
    expect([hostOf(harness), nicHosts(harness)]).toEqual([H0, [H0]]);
    expectClean(harness);
  });

  test('the destination is silent while it is prepared: rolled back, cleaned once it speaks again', () => {
    const harness = upTo('prepare-migration');
    silence(harness, 4);
    expect(harness.lastOutcome()).toBe('agent-silent');
    expect(harness.stateOf('acme', 'web')).toBe('running');
    expect(path(harness).at(-1)).toBe('rolling-back');
    answerAll(harness);
    expect(path(harness).at(-1)).toBe('rolled-back');
    expectClean(harness);
  });

  test('the source says that it does not converge', () => {
    const harness = upTo('migrate-vm');
    harness.answer('not-converging');
    expect(harness.lastOutcome()).toBe('not-converging');
    harness.settle();
    expect([hostOf(harness), path(harness).at(-1)]).toEqual([H0, 'rolled-back']);
    expectClean(harness);
  });

  test.each([
    ['it has arrived after all', 'departed', 'running', H1, 'done'],
    ['it runs where it was', 'running', 'expected', H0, 'rolled-back'],
    ['it runs where it was, and the destination forgot', 'running', 'absent', H0, 'rolled-back'],
  ] as const)('the source is silent while it copies; then %s', (_, source, destination, host, end) => {
    const harness = upTo('migrate-vm');
    silence(harness, 25);
    expect(path(harness).at(-1)).toBe('inquiring');
    expect(harness.stateOf('acme', 'web')).toBe('migrating');
    answerAll(harness, { 'inquire-source': source, 'inquire-destination': destination });
    expect([hostOf(harness), path(harness).at(-1)]).toEqual([host, end]);
    expect(harness.stateOf('acme', 'web')).toBe('running');
    expectClean(harness);
  });

  test('the source still copies long past its time: it is told to stop, then asked again', () => {
    const harness = upTo('migrate-vm');
    silence(harness, 25);
    harness.stateAt['inquire-source'] = 'sending';
    harness.stateAt['inquire-destination'] = 'expected';
    const { commands } = harness.plane.state;
    for (const { id, type } of [...commands.values()]) harness.report(id, null, harness.stateAt[type]);
    expect([...commands.values()].map(({ type }) => type)).toEqual(['cancel-migration']);
    answerAll(harness, { 'inquire-source': 'running' });
    expect([hostOf(harness), path(harness).at(-1)]).toEqual([H0, 'rolled-back']);
    expectClean(harness);
  });

  test('the destination runs it, and the source is silent: it is there, and the source is released when it speaks', () => {
    const harness = upTo('inquire-source');
    const [, inquiry] = harness.outstanding;
    harness.report(inquiry!.number, null, 'running');
    expect([hostOf(harness), harness.lastOutcome(), path(harness).at(-1)]).toEqual([H1, 'done', 'releasing']);
    silence(harness, 30);
    expect(path(harness).at(-1)).toBe('releasing');
    answerAll(harness);
    expect(path(harness).at(-1)).toBe('done');
    expectClean(harness);
  });

  test('both are silent when they are asked: nothing is released until one says where it is', () => {
    const harness = upTo('inquire-source');
    silence(harness, 60);
    expect(path(harness).at(-1)).toBe('confirming');
    expect(harness.plane.state.migrations.size).toBe(1);
    answerAll(harness, { 'inquire-source': 'departed', 'inquire-destination': 'running' });
    expect([hostOf(harness), path(harness).at(-1)]).toEqual([H1, 'done']);
    expectClean(harness);
  });

  test('what the destination says is older than what the source says: it is not lost, both are asked again', () => {
    const harness = upTo('migrate-vm');
    silence(harness, 25);
    const inquiries = (): number[] => [...harness.plane.state.commands.values()].map(({ id }) => id);
    // Asked before it came, answered late.
    const [source, destination] = inquiries();
    harness.report(source!, null, 'departed');
    harness.report(destination!, null, 'expected');
    expect(path(harness).at(-1)).toBe('inquiring');
    expect(harness.stateOf('acme', 'web')).toBe('migrating');
    answerAll(harness, { 'inquire-source': 'departed', 'inquire-destination': 'running' });
    expect([hostOf(harness), path(harness).at(-1)]).toEqual([H1, 'done']);
    expectClean(harness);
  });

  test('neither has it: it is lost, told so, off its host and stopped; both ends are cleaned', () => {
    const harness = upTo('migrate-vm');
    harness.answer('no-such-vm');
    answerAll(harness, { 'inquire-source': 'absent', 'inquire-destination': 'expected' });
    expect(harness.lastOutcome()).toBe('vm-lost');
    expect(harness.stateOf('acme', 'web')).toBe('stopped');
    expect([hostOf(harness), path(harness).at(-1)]).toEqual([null, 'rolled-back']);
    expectClean(harness);
  });
});
