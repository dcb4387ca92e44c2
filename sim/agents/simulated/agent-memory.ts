/**
 * What each command is about, as agents remember it: a VM, disk, virtual NIC, rule ...; of a VM that is migrated also its arrival and
 * its departure, which are other hosts' business than the VM where it runs.
 */
import type { AgentCommand } from '../../control/ports.js';
import { Subjects } from './subjects.js';

export class AgentMemory {
  private readonly vms = new Subjects();
  /** VMs at the hosts that they are to come to. */
  private readonly arrivals = new Subjects();
  /** And at those that they have left. */
  private readonly departures = new Subjects();
  private readonly disks = new Subjects();
  private readonly nics = new Subjects();
  private readonly copies = new Subjects();
  private readonly snapshots = new Subjects();
  private readonly rules = new Subjects();
  /** Number of each (guest network, host) that had a virtual NIC. */
  private readonly nicNumbers = new Map<number, number>();

  constructor(private readonly hostCount: number) {}

  subjectsOf({ kind }: AgentCommand): Subjects {
    switch (kind) {
      case 'create-disk':
      case 'copy-disk':
      case 'send-disk':
      case 'destroy-disk':
        return this.disks;
      case 'copy-template':
      case 'remove-template':
        return this.copies;
      case 'create-snapshot':
      case 'destroy-snapshot':
      case 'revert-disk':
        return this.snapshots;
      case 'add-nic':
      case 'remove-nic':
        return this.nics;
      case 'add-rule':
      case 'remove-rule':
        return this.rules;
      case 'prepare-migration':
      case 'abandon-migration':
      case 'inquire-destination':
        return this.arrivals;
      case 'release-vm':
        return this.departures;
      default:
        return this.vms;
    }
  }

  /** The command's thing, by its number among those of its kind. */
  subjectOf(command: AgentCommand): number {
    switch (command.kind) {
      case 'create-disk':
      case 'copy-disk':
      case 'send-disk':
      case 'destroy-disk':
        return this.disks.reach(command.disk);
      case 'copy-template':
      case 'remove-template':
        return this.copies.reach(command.copy);
      case 'create-snapshot':
      case 'destroy-snapshot':
      case 'revert-disk':
        return this.snapshots.reach(command.snapshot);
      case 'add-nic':
      case 'remove-nic':
        return this.nicNumber(command.network, command.host);
      case 'add-rule':
      case 'remove-rule':
        return this.rules.reach(command.rule);
      case 'prepare-migration':
      case 'abandon-migration':
      case 'inquire-destination':
        return this.arrivals.reach(command.vm);
      case 'release-vm':
        return this.departures.reach(command.vm);
      default:
        return this.vms.reach(command.vm);
    }
  }

  private nicNumber(network: number, host: number): number {
    const key = network * this.hostCount + host;
    let number = this.nicNumbers.get(key);
    if (number === undefined) {
      number = this.nicNumbers.size;
      this.nicNumbers.set(key, number);
      this.nics.reach(number);
    }
    return number;
  }
}
