/**
 * What a command does in the plant: what happens at once and how long the rest takes (`begin`), what happens then (`effect`),
 * and how what was begun is undone when a newer command takes its place (`undo`).
 */
import { unreachable } from '../../base/assert.js';
import type { AgentCommand, AgentReason, InquiredState } from '../../control/ports.js';
import type { Durations } from '../../datacenter/durations.js';
import type { Plant } from '../../datacenter/plant.js';
import type { Subjects } from './subjects.js';

/** It has ended: done where null, else why it failed; or it takes effect after so many microseconds. */
type Begun = AgentReason | null | number;

/** Answered at once, whatever else is being done. */
export type Inquiry = Extract<AgentCommand, { kind: 'inquire-source' | 'inquire-destination' }>;
export type Deed = Exclude<AgentCommand, Inquiry>;

export class Work {
  constructor(
    private readonly plant: Plant,
    private readonly durations: Durations,
  ) {}

  begin(command: Deed, subjects: Subjects, subject: number): Begun {
    const { plant, durations } = this;
    switch (command.kind) {
      case 'start-vm':
        if (plant.runs(command)) return null;
        return plant.beginStart(command) ?? durations.bootMicros(command.vm, ++subjects.boots[subject]!);
      case 'stop-vm':
        if (!plant.domainOn(command.host, command.vm)) return null;
        return durations.shutdownMicros(command.vm, ++subjects.shutdowns[subject]!);
      case 'reboot-vm':
        if (!plant.domainOn(command.host, command.vm)) return 'no-such-vm';
        return durations.rebootMicros(command.vm, ++subjects.shutdowns[subject]!, ++subjects.boots[subject]!);
      case 'resize-vm':
        return plant.domainOn(command.host, command.vm) ? durations.resizeMicros : 'no-such-vm';
      case 'restore-vm':
        return plant.domainOn(command.host, command.vm) ? durations.resizeMicros : null;
      case 'set-throttle':
        return plant.domainOn(command.host, command.vm) ? durations.throttleMicros : 'no-such-vm';
      case 'open-console':
        return plant.domainOn(command.host, command.vm)?.state === 'running' ? durations.consoleMicros : 'no-such-vm';
      case 'prepare-migration': {
        const failed = plant.expect(command, command.disk);
        return failed ?? durations.prepareMicros;
      }
      // How long it takes the network says.
      case 'migrate-vm':
        return 0;
      case 'cancel-migration':
        return null;
      case 'release-vm':
      case 'abandon-migration':
        return durations.releaseMicros;
      case 'create-disk':
        return this.beginDisk(command, subjects, subject);
      case 'copy-disk': {
        const { server, disk, bytes, from } = command;
        const there = plant.storage.disk(disk);
        if (there?.ready && there.server === server) return null;
        const failed = plant.storage.copyable(from.server, from.disk) ?? plant.storage.begin(server, disk, bytes);
        return failed ?? durations.copyMicros(bytes);
      }
      case 'send-disk': {
        const { server, disk, bytes } = command;
        return plant.storage.copyable(server, disk) ?? durations.copyMicros(bytes);
      }
      case 'destroy-disk':
      case 'remove-template':
      case 'destroy-snapshot':
        return durations.destroyDiskMicros;
      case 'copy-template': {
        const { server, copy, template, bytes } = command;
        const there = plant.storage.copies.get(copy);
        if (there?.ready && there.server === server) return null;
        const failed = plant.storage.copies.begin(copy, { server, template, bytes, ready: false });
        return failed ?? durations.copyMicros(bytes);
      }
      case 'create-snapshot': {
        const { server, snapshot, disk, bytes } = command;
        const there = plant.storage.snapshots.get(snapshot);
        if (there?.ready && there.server === server) return null;
        return plant.storage.beginSnapshot(server, snapshot, disk, bytes) ?? durations.copyMicros(bytes);
      }
      case 'revert-disk': {
        const { server, snapshot, disk } = command;
        const failed = plant.storage.revert(server, snapshot, disk);
        return failed ?? durations.copyMicros(plant.storage.disk(disk)!.bytes);
      }
      case 'mount-disk':
        return durations.mountMicros;
      case 'dismount-disk':
        return durations.dismountMicros;
      case 'add-nic':
        return durations.addNicMicros;
      case 'remove-nic':
        return durations.removeNicMicros;
      case 'add-rule':
        return durations.addRuleMicros;
      case 'remove-rule':
        return durations.removeRuleMicros;
      default:
        return unreachable(command, 'begin');
    }
  }

  private beginDisk(
    { server, disk, bytes, template }: Extract<AgentCommand, { kind: 'create-disk' }>,
    subjects: Subjects,
    subject: number,
  ): Begun {
    const { storage } = this.plant;
    const there = storage.disk(disk);
    if (there?.server === server && there.bytes === bytes && there.copy === template) return null;
    const failed = storage.begin(server, disk, bytes, template);
    if (failed !== null) return failed;
    // A clone is made of what is there: nothing is copied into it.
    return this.durations.createDiskMicros(disk, ++subjects.boots[subject]!, template === null ? bytes : 0);
  }

  effect(command: Deed): AgentReason | null {
    const { plant } = this;
    const { storage } = plant;
    switch (command.kind) {
      case 'start-vm':
        plant.finishStart(command.vm);
        return null;
      case 'stop-vm':
        plant.remove(command.host, command.vm);
        return null;
      case 'reboot-vm':
        return null;
      case 'resize-vm':
      case 'restore-vm':
        return (
          plant.resize(command.host, command.vm, command.cpuMillis, command.memoryBytes) ??
          plant.setThrottle(command.host, command.vm, command.throttle)
        );
      case 'set-throttle':
        return plant.setThrottle(command.host, command.vm, command.throttle);
      case 'open-console':
        if (!plant.domainOn(command.host, command.vm)) return 'no-such-vm';
        plant.consoles.open(command.host, command.vm);
        return null;
      case 'prepare-migration':
      case 'migrate-vm':
      case 'send-disk':
      case 'cancel-migration':
        return null;
      case 'release-vm':
        plant.passages.release(command.host, command.vm);
        return null;
      case 'abandon-migration':
        plant.passages.abandon(command.host, command.vm);
        return null;
      case 'create-disk':
      case 'copy-disk':
        storage.finish(command.disk);
        return null;
      case 'destroy-disk':
        return storage.destroy(command.server, command.disk);
      case 'copy-template':
        storage.copies.finish(command.copy);
        return null;
      case 'remove-template':
        return storage.removeCopy(command.server, command.copy);
      case 'create-snapshot':
        storage.snapshots.finish(command.snapshot);
        return null;
      case 'destroy-snapshot':
        storage.snapshots.remove(command.snapshot, command.server);
        return null;
      case 'revert-disk':
        return storage.revert(command.server, command.snapshot, command.disk);
      case 'mount-disk':
        return plant.mount(command.host, command.vm, command.disk, command.server);
      case 'dismount-disk':
        return plant.dismount(command.host, command.vm, command.disk);
      case 'add-nic': {
        const { host, network, vlan, node, memoryBytes } = command;
        return plant.bridges.add(host, network, vlan, node, memoryBytes);
      }
      case 'remove-nic':
        return plant.bridges.remove(command.host, command.network);
      case 'add-rule': {
        const { appliance, rule, spec, targets } = command;
        const { type, name, protocol, address, prefixLength, port, targetPort } = spec;
        const content = { type, name, protocol, address, prefixLength, port, targetPort, targets };
        return plant.rules.add(appliance, rule, content);
      }
      case 'remove-rule':
        plant.rules.remove(command.appliance, command.rule);
        return null;
      default:
        return unreachable(command, 'effect');
    }
  }

  /** What the host has of the VM, but for whether it is being sent. */
  stateOf({ host, vm }: Inquiry): InquiredState {
    const { passages } = this.plant;
    if (this.plant.domainOn(host, vm)) return 'running';
    if (passages.expectedOn(host, vm)) return 'expected';
    return passages.hasDeparted(host, vm) ? 'departed' : 'absent';
  }

  undo(command: AgentCommand): void {
    const { plant } = this;
    if (command.kind === 'start-vm') plant.remove(command.host, command.vm);
    else if (command.kind === 'prepare-migration') plant.passages.abandon(command.host, command.vm);
    else if (command.kind === 'create-disk' || command.kind === 'copy-disk')
      plant.storage.destroy(command.server, command.disk);
    else if (command.kind === 'copy-template') plant.storage.copies.remove(command.copy, command.server);
    else if (command.kind === 'create-snapshot') plant.storage.snapshots.remove(command.snapshot, command.server);
  }
}
