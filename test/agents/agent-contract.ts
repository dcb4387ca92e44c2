/**
 * What every agent port keeps to (header of sim/control/ports.ts), as tests: run against the simulated agents, against
 * them behind a link, and against whatever agent comes later. A harness gives a fresh, empty datacenter a test.
 */
import { describe, expect, test } from 'vitest';
import type { AgentReason, OutcomeReport, Throttle } from '../../sim/control/ports.js';
import { furtherCommands } from './further-commands.js';
import { commandsFrom, GIB, type AgentCommand, type Commands } from './commands.js';

/** The datacenter of a harness: hosts 0 and 1, each with two NUMA nodes of this size, and storage server 0, in one pod. */
export const CONTRACT_DATACENTER = {
  hosts: [0, 1].map(() => ({
    pod: 0,
    nodes: [
      { cpuMillis: 4000, memoryBytes: 8 * GIB },
      { cpuMillis: 4000, memoryBytes: 8 * GIB },
    ],
  })),
  servers: [{ pod: 0, host: null, capacityBytes: 100 * GIB }],
};

type Late<T> = T | Promise<T>;

export interface AgentHarness {
  send(command: AgentCommand): void;
  /** Lets everything end; the reports since the last time, in order of arrival. */
  settle(): Late<OutcomeReport[]>;
  /** Lets what was sent arrive and begin, but nothing long (a boot, a shutdown, a disk) end. Absent: cannot be had. */
  begin?(): Late<void>;
  // What is true.
  runs(host: number, vm: number): Late<boolean>;
  mounted(disk: number): Late<{ vm: number; host: number } | null>;
  hasNic(host: number, network: number): Late<boolean>;
  diskBytes(disk: number): Late<number | null>;
  sizeOf(host: number, vm: number): Late<{ cpuMillis: number; memoryBytes: number } | null>;
  throttleOf(host: number, vm: number): Late<Throttle | null>;
  /** `appliance` null: in the firewall. */
  hasRule(appliance: number | null, rule: number): Late<boolean>;
  hasTemplate(copy: number): Late<boolean>;
  hasSnapshot(snapshot: number): Late<boolean>;
  /** How often a VM came up on any host. */
  boots(): Late<number>;
}

export class Scene {
  readonly make: Commands = commandsFrom(1);
  constructor(readonly harness: AgentHarness) {}

  /** Sends one command and gives its outcome: null is done. */
  async obey(command: AgentCommand): Promise<AgentReason | null> {
    this.harness.send(command);
    const reports = (await this.harness.settle()).filter((report) => report.command === command.number);
    expect(reports.length, `${command.kind} ${command.number}: answered`).toBeGreaterThanOrEqual(1);
    expect(new Set(reports.map(({ failed }) => failed)).size, 'one outcome').toBe(1);
    return reports[0]!.failed;
  }

  /** VM `vm` with disk `vm` in guest network `network` on a host, up to its start. */
  async prepare(vm = 1, host = 0, network = 7): Promise<void> {
    const { make } = this;
    expect(await this.obey(make.createDisk(vm, 10 * GIB))).toBeNull();
    expect(await this.obey(make.addNic(host, network, 600 + network))).toBeNull();
    expect(await this.obey(make.mount(host, vm, vm))).toBeNull();
  }

  async run(vm = 1, host = 0, network = 7): Promise<void> {
    await this.prepare(vm, host, network);
    expect(await this.obey(this.make.start(host, vm, { network }))).toBeNull();
    expect(await this.harness.runs(host, vm)).toBe(true);
  }
}

/** `makeHarness`: a fresh one each time it is called. */
export function agentContract(name: string, makeHarness: () => AgentHarness): void {
  const scene = (): Scene => new Scene(makeHarness());
  const inProgress = (title: string, body: (scene: Scene) => Promise<void>): void => {
    const skipped = makeHarness().begin === undefined;
    test.skipIf(skipped)(skipped ? `${title} (skipped: this agent cannot be stopped half-way)` : title, () =>
      body(scene()),
    );
  };

  describe(`agent contract: ${name}`, () => {
    lifeOfAVm(scene);
    onceAndInOrder(scene, inProgress);
    nothingToDo(scene);
    refusals(scene);
    furtherCommands(scene, inProgress);
  });
}

function lifeOfAVm(scene: () => Scene): void {
  test('a VM comes up on what was built for it, and goes', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    expect(await harness.mounted(1)).toEqual({ vm: 1, host: 0 });
    expect(await harness.hasNic(0, 7)).toBe(true);
    expect(await harness.diskBytes(1)).toBe(10 * GIB);
    expect(await one.obey(make.reboot(0, 1))).toBeNull();
    expect(await harness.runs(0, 1)).toBe(true);
    expect(await one.obey(make.stop(0, 1))).toBeNull();
    expect(await harness.runs(0, 1)).toBe(false);
    expect(await one.obey(make.dismount(0, 1, 1))).toBeNull();
    expect(await harness.mounted(1)).toBeNull();
    expect(await one.obey(make.removeNic(0, 7))).toBeNull();
    expect(await harness.hasNic(0, 7)).toBe(false);
    expect(await one.obey(make.destroyDisk(1))).toBeNull();
    expect(await harness.diskBytes(1)).toBeNull();
  });

  test('a stopped VM starts again, on another host too', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    await one.obey(make.stop(0, 1));
    await one.obey(make.dismount(0, 1, 1));
    await one.obey(make.addNic(1, 7, 607));
    expect(await one.obey(make.mount(1, 1, 1))).toBeNull();
    expect(await one.obey(make.start(1, 1, { network: 7 }))).toBeNull();
    expect(await harness.runs(1, 1)).toBe(true);
    expect(await harness.runs(0, 1)).toBe(false);
    expect(await harness.boots()).toBe(2);
  });

  test('commands for different things are all answered, each under its number', async () => {
    const { harness, make } = scene();
    const commands = [1, 2, 3].flatMap((vm) => [make.createDisk(vm, GIB), make.addNic(vm % 2, vm, 600 + vm)]);
    for (const command of commands) harness.send(command);
    const reports = await harness.settle();
    const answered = new Set(reports.map(({ command }) => command));
    expect([...answered].sort((a, b) => a - b)).toEqual(commands.map(({ number }) => number));
    expect(reports.every(({ failed }) => failed === null)).toBe(true);
  });
}

function onceAndInOrder(
  scene: () => Scene,
  inProgress: (title: string, body: (scene: Scene) => Promise<void>) => void,
): void {
  test('a command delivered again takes effect once and repeats its outcome', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.prepare();
    const start = make.start(0, 1, { network: 7 });
    expect(await one.obey(start)).toBeNull();
    expect(await one.obey({ ...start, attempt: 2 })).toBeNull();
    expect(await harness.boots()).toBe(1);
  });

  test('a failed command delivered again fails again, though it could now be done', async () => {
    const one = scene();
    const { harness, make } = one;
    const start = make.start(0, 1, { network: 7 });
    expect(await one.obey(start)).toBe('no-such-nic');
    await one.obey(make.addNic(0, 7, 607));
    expect(await one.obey({ ...start, attempt: 2 })).toBe('no-such-nic');
    expect(await harness.runs(0, 1)).toBe(false);
  });

  test('a start that comes after the stop that was sent after it is not obeyed', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.prepare();
    const start = make.start(0, 1, { network: 7 });
    expect(await one.obey(make.stop(0, 1))).toBeNull();
    expect(await one.obey(start)).toBe('superseded');
    expect(await harness.runs(0, 1)).toBe(false);
    expect(await harness.boots()).toBe(0);
  });

  test('older commands for a disk and for a virtual NIC are not obeyed', async () => {
    const one = scene();
    const { harness, make } = one;
    const create = make.createDisk(1, GIB);
    const add = make.addNic(0, 7, 607);
    expect(await one.obey(make.destroyDisk(1))).toBeNull();
    expect(await one.obey(make.removeNic(0, 7))).toBeNull();
    expect(await one.obey(create)).toBe('superseded');
    expect(await one.obey(add)).toBe('superseded');
    expect(await harness.diskBytes(1)).toBeNull();
    expect(await harness.hasNic(0, 7)).toBe(false);
  });

  test('a stop delivered again does not stop what was started after it', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    const stop = make.stop(0, 1);
    expect(await one.obey(stop)).toBeNull();
    expect(await one.obey(make.start(0, 1, { network: 7 }))).toBeNull();
    expect(await one.obey({ ...stop, attempt: 2 })).toBe('superseded');
    expect(await harness.runs(0, 1)).toBe(true);
  });

  inProgress('a command delivered again while it is in progress is answered when it ends', async (one) => {
    const { harness, make } = one;
    await one.prepare();
    const start = make.start(0, 1, { network: 7 });
    harness.send(start);
    await harness.begin!();
    harness.send({ ...start, attempt: 2 });
    await harness.begin!();
    const reports = await harness.settle();
    expect(reports.length).toBeGreaterThanOrEqual(1);
    for (const report of reports) expect(report).toEqual({ kind: 'outcome', command: start.number, failed: null });
    expect(await harness.boots()).toBe(1);
  });

  inProgress('a stop ends a start in progress', async (one) => {
    const { harness, make } = one;
    await one.prepare();
    const start = make.start(0, 1, { network: 7 });
    const stop = make.stop(0, 1);
    harness.send(start);
    await harness.begin!();
    harness.send(stop);
    const reports = await harness.settle();
    expect(reports.find(({ command }) => command === start.number)?.failed).toBe('superseded');
    expect(reports.find(({ command }) => command === stop.number)?.failed).toBeNull();
    expect(await harness.runs(0, 1)).toBe(false);
    // Nothing of it is left: its disk and virtual NIC can go.
    expect(await one.obey(make.dismount(0, 1, 1))).toBeNull();
    expect(await one.obey(make.removeNic(0, 7))).toBeNull();
  });

  inProgress('a destroy ends the creation of a disk in progress', async (one) => {
    const { harness, make } = one;
    const create = make.createDisk(1, 100 * GIB);
    harness.send(create);
    await harness.begin!();
    harness.send(make.destroyDisk(1));
    expect((await harness.settle()).find(({ command }) => command === create.number)?.failed).toBe('superseded');
    expect(await harness.diskBytes(1)).toBeNull();
    expect(await one.obey(make.createDisk(2, 100 * GIB)), 'its room is free again').toBeNull();
  });
}

function nothingToDo(scene: () => Scene): void {
  test('what takes back something that is not there is done', async () => {
    const one = scene();
    const { make } = one;
    expect(await one.obey(make.stop(0, 1))).toBeNull();
    expect(await one.obey(make.dismount(0, 2, 1))).toBeNull();
    expect(await one.obey(make.removeNic(1, 7))).toBeNull();
    expect(await one.obey(make.destroyDisk(1))).toBeNull();
  });

  test('what builds something that is there exactly so is done', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    expect(await one.obey(make.createDisk(1, 10 * GIB))).toBeNull();
    expect(await one.obey(make.addNic(0, 7, 607))).toBeNull();
    expect(await one.obey(make.mount(0, 1, 1))).toBeNull();
    expect(await one.obey(make.start(0, 1, { network: 7 }))).toBeNull();
    expect(await harness.boots()).toBe(1);
  });
}

function refusals(scene: () => Scene): void {
  test('what is there otherwise is not built over', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    expect(await one.obey(make.start(0, 1, { network: 7, cpuMillis: 2000 }))).toBe('in-use');
    expect(await one.obey(make.createDisk(1, GIB))).toBe('in-use');
    expect(await one.obey(make.addNic(0, 7, 608))).toBe('in-use');
    expect(await one.obey(make.addNic(0, 8, 607)), 'a VLAN that another bridge carries').toBe('in-use');
    expect(await harness.runs(0, 1)).toBe(true);
  });

  test('what is missing is named', async () => {
    const one = scene();
    const { make } = one;
    expect(await one.obey(make.mount(0, 1, 1))).toBe('no-such-disk');
    expect(await one.obey(make.reboot(0, 1))).toBe('no-such-vm');
    expect(await one.obey(make.start(0, 1, { network: 7 }))).toBe('no-such-nic');
  });

  test('what is in use is not taken away', async () => {
    const one = scene();
    const { harness, make } = one;
    await one.run();
    expect(await one.obey(make.removeNic(0, 7))).toBe('in-use');
    expect(await one.obey(make.dismount(0, 1, 1))).toBe('in-use');
    expect(await one.obey(make.destroyDisk(1))).toBe('in-use');
    expect(await one.obey(make.mount(0, 2, 1)), "another VM's disk").toBe('in-use');
    expect(await one.obey(make.mount(1, 1, 1)), 'on another host').toBe('in-use');
    expect(await harness.runs(0, 1)).toBe(true);
    expect(await harness.mounted(1)).toEqual({ vm: 1, host: 0 });
  });

  test('what has no room is refused, and leaves nothing behind', async () => {
    const one = scene();
    const { harness, make } = one;
    const demand = { network: null };
    expect(await one.obey(make.start(0, 1, { ...demand, cpuMillis: 4001 }))).toBe('no-room');
    expect(await one.obey(make.start(0, 1, { ...demand, memoryBytes: 8 * GIB + 1 }))).toBe('no-room');
    expect(await one.obey(make.addNic(0, 7, 607, 8 * GIB + 1))).toBe('no-room');
    expect(await one.obey(make.createDisk(1, 100 * GIB + 1))).toBe('no-room');
    expect(await one.obey(make.start(0, 1, { ...demand, cpuMillis: 4000, memoryBytes: 8 * GIB }))).toBeNull();
    expect(await one.obey(make.start(0, 2, { ...demand, cpuMillis: 1, memoryBytes: 0 })), 'now full').toBe('no-room');
    expect(await one.obey(make.start(0, 2, { ...demand, nodes: [1] })), 'the other node').toBeNull();
    expect(await harness.runs(0, 1)).toBe(true);
    expect(await harness.diskBytes(1)).toBeNull();
  });

  test('a VM over two NUMA nodes takes half of itself from each', async () => {
    const one = scene();
    const { make } = one;
    const both = { network: null, nodes: [0, 1], cpuMillis: 6000, memoryBytes: 2 * GIB };
    expect(await one.obey(make.start(0, 1, both))).toBeNull();
    expect(await one.obey(make.start(0, 2, { network: null, cpuMillis: 1001, nodes: [1] }))).toBe('no-room');
    expect(await one.obey(make.start(0, 2, { network: null, cpuMillis: 1000, nodes: [1] }))).toBeNull();
  });
}
