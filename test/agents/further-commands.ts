/** The agent contract beyond a VM's way up and down: sizes, consoles, templates, snapshots, rules. */
import { expect, test } from 'vitest';
import type { Scene } from './agent-contract.js';
import { GIB, NO_THROTTLE } from './commands.js';

type InProgress = (title: string, body: (scene: Scene) => Promise<void>) => void;

export function furtherCommands(scene: () => Scene, inProgress: InProgress): void {
  sizesAndConsoles(scene);
  throttles(scene, inProgress);
  storage(scene, inProgress);
  rules(scene);
}

function sizesAndConsoles(scene: () => Scene): void {
  test('a running VM gets another size, and its former one back', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    const larger = make.resize(0, 1, 2000, 3 * GIB);
    expect(await one.obey(larger)).toBeNull();
    expect(await harness.sizeOf(0, 1)).toEqual({ cpuMillis: 2000, memoryBytes: 3 * GIB });
    expect(await one.obey({ ...larger, attempt: 2 })).toBeNull();
    expect(await one.obey(make.resize(0, 1, 4001, GIB))).toBe('no-room');
    expect(await harness.sizeOf(0, 1), 'as it was').toEqual({ cpuMillis: 2000, memoryBytes: 3 * GIB });
    expect(await one.obey(make.restore(0, 1, 1000, GIB))).toBeNull();
    expect(await harness.sizeOf(0, 1)).toEqual({ cpuMillis: 1000, memoryBytes: GIB });
    expect(await harness.boots()).toBe(1);
    expect(await one.obey(make.resize(0, 2, 1000, GIB))).toBe('no-such-vm');
    expect(await one.obey(make.restore(0, 2, 1000, GIB)), 'nothing to take back').toBeNull();
  });

  test('a console has a port of its own, the same when asked again', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run(1);
    await one.run(2);
    const portOf = async (vm: number): Promise<number | undefined> => {
      harness.send(make.console(0, vm));
      const reports = await harness.settle();
      expect(reports[0]!.failed).toBeNull();
      return reports[0]!.port;
    };
    const first = await portOf(1);
    expect(first).toBeGreaterThan(0);
    expect(await portOf(2)).not.toBe(first);
    expect(await portOf(1)).toBe(first);
    expect(await one.obey(make.console(1, 1)), 'not on this host').toBe('no-such-vm');
  });
}

function throttles(scene: () => Scene, inProgress: InProgress): void {
  const slow = { networkBitsPerSecond: 1e7, iops: 100 };
  const fast = { networkBitsPerSecond: 1e9, iops: null };

  test('a VM comes up with its throttle, and has another one when told, without a boot', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.prepare();
    expect(await one.obey(make.start(0, 1, { network: 7, throttle: slow }))).toBeNull();
    expect(await harness.throttleOf(0, 1)).toEqual(slow);
    const told = make.setThrottle(0, 1, fast);
    expect(await one.obey(told)).toBeNull();
    expect(await harness.throttleOf(0, 1)).toEqual(fast);
    expect(await one.obey({ ...told, attempt: 2 }), 'again').toBeNull();
    expect(await one.obey(make.setThrottle(0, 1, fast)), 'as it is').toBeNull();
    expect(await one.obey(make.setThrottle(0, 1, NO_THROTTLE))).toBeNull();
    expect(await harness.throttleOf(0, 1)).toEqual(NO_THROTTLE);
    expect(await harness.boots()).toBe(1);
    expect(await one.obey(make.setThrottle(0, 2, slow))).toBe('no-such-vm');
    expect(await one.obey(make.setThrottle(1, 1, slow)), 'not on this host').toBe('no-such-vm');
  });

  test('another size brings its throttle, and so does the former one; no room changes neither', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.prepare();
    await one.obey(make.start(0, 1, { network: 7, throttle: slow }));
    expect(await one.obey(make.resize(0, 1, 2000, GIB, fast))).toBeNull();
    expect(await harness.throttleOf(0, 1)).toEqual(fast);
    expect(await one.obey(make.restore(0, 1, 1000, GIB, slow))).toBeNull();
    expect(await harness.throttleOf(0, 1)).toEqual(slow);
    expect(await one.obey(make.resize(0, 1, 1000, GIB, fast)), 'of the same size').toBeNull();
    expect(await harness.throttleOf(0, 1)).toEqual(fast);
    expect(await one.obey(make.resize(0, 1, 4001, GIB, slow))).toBe('no-room');
    expect(await harness.throttleOf(0, 1)).toEqual(fast);
  });

  test('a throttle that comes after a newer command for its VM is not obeyed', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.prepare();
    const old = make.setThrottle(0, 1, slow);
    await one.obey(make.start(0, 1, { network: 7, throttle: fast }));
    expect(await one.obey(old)).toBe('superseded');
    expect(await harness.throttleOf(0, 1)).toEqual(fast);
  });

  inProgress('a stop ends a change of throttle in progress', async (one) => {
    const { harness, make } = one;
    await one.run();
    const told = make.setThrottle(0, 1, slow);
    const stop = make.stop(0, 1);
    // Sent in one breath: the first has begun when the second arrives.
    harness.send(told);
    harness.send(stop);
    const reports = await harness.settle();
    expect(reports.find(({ command }) => command === told.number)?.failed).toBe('superseded');
    expect(reports.find(({ command }) => command === stop.number)?.failed).toBeNull();
    expect(await harness.runs(0, 1)).toBe(false);
  });
}

function storage(scene: () => Scene, inProgress: InProgress): void {
  test('a disk begins as a template that is there, and keeps it there', async () => {
    const one = scene();
    const { harness, make } = one;
    expect(await one.obey(make.createDisk(1, 10 * GIB, 0, 5))).toBe('no-such-template');
    expect(await one.obey(make.copyTemplate(5, 2 * GIB))).toBeNull();
    expect(await harness.hasTemplate(5)).toBe(true);
    expect(await one.obey(make.createDisk(2, 10 * GIB, 0, 5))).toBeNull();
    expect(await one.obey(make.removeTemplate(5))).toBe('in-use');
    await one.obey(make.destroyDisk(2));
    expect(await one.obey(make.removeTemplate(5))).toBeNull();
    expect(await harness.hasTemplate(5)).toBe(false);
    expect(await one.obey(make.copyTemplate(6, 101 * GIB))).toBe('no-room');
  });

  inProgress('the removal of a template ends its copy in progress', async ({ harness, make }) => {
    const copy = make.copyTemplate(5, 60 * GIB);
    harness.send(copy);
    await harness.begin!();
    harness.send(make.removeTemplate(5));
    expect((await harness.settle()).find(({ command }) => command === copy.number)?.failed).toBe('superseded');
    expect(await harness.hasTemplate(5)).toBe(false);
  });

  test('a snapshot is taken, gone back to while nobody uses the disk, and deleted', async () => {
    const one = scene();
    const { harness, make } = one;
    expect(await one.obey(make.createSnapshot(3, 1, 10 * GIB))).toBe('no-such-disk');
    await one.run();
    expect(await one.obey(make.createSnapshot(4, 1, 10 * GIB))).toBeNull();
    expect(await harness.hasSnapshot(4)).toBe(true);
    expect(await one.obey(make.revert(4, 1)), 'the disk is mounted').toBe('in-use');
    await one.obey(make.stop(0, 1));
    await one.obey(make.dismount(0, 1, 1));
    expect(await one.obey(make.revert(4, 1))).toBeNull();
    expect(await one.obey(make.revert(9, 1))).toBe('no-such-snapshot');
    expect(await one.obey(make.destroySnapshot(4))).toBeNull();
    expect(await harness.hasSnapshot(4)).toBe(false);
    expect(await one.obey(make.destroySnapshot(4)), 'again').toBeNull();
    expect(await one.obey(make.createSnapshot(5, 1, 95 * GIB))).toBe('no-room');
  });
}

function rules(scene: () => Scene): void {
  test('a rule is in force where it was put, until it is removed or its appliance is gone', async () => {
    const one = scene();
    const { harness, make } = one;
    expect(await one.obey(make.addRule(1, 1)), 'no appliance').toBe('no-such-vm');
    await one.run(1);
    expect(await one.obey(make.addRule(2, 1))).toBeNull();
    expect(await one.obey(make.addRule(3, 1))).toBeNull();
    expect(await one.obey(make.addRule(4, null, { type: 'firewall' }))).toBeNull();
    expect(await harness.hasRule(1, 2)).toBe(true);
    expect(await one.obey(make.removeRule(2, 1))).toBeNull();
    expect(await harness.hasRule(1, 2)).toBe(false);
    expect(await one.obey(make.removeRule(7, 1)), 'never there').toBeNull();
    await one.obey(make.stop(0, 1));
    expect(await harness.hasRule(1, 3), 'gone with its appliance').toBe(false);
    expect(await harness.hasRule(null, 4)).toBe(true);
    expect(await one.obey(make.removeRule(4, null))).toBeNull();
    expect(await harness.hasRule(null, 4)).toBe(false);
  });
}
