/**
 * Lasting names of VMs and disks, for streams: a customer's name and what he calls the VM, with a count where the name
 * comes again. The numbers that plane and plant use follow the order in which things came to be, and so move with
 * everybody's doings.
 */
import type { Transaction } from '../control/history.js';
import type { ThingNames } from '../datacenter/durations.js';

export class VmNames implements ThingNames {
  private readonly accounts: string[] = [];
  private readonly counts = new Map<string, number>();
  private readonly vms: string[] = [];
  private readonly disks: string[] = [];

  observe(tx: Transaction): void {
    if (tx.kind === 'account') this.accounts[tx.account] = tx.name;
    else if (tx.kind === 'disk') this.disks[tx.disk] = this.vm(tx.vm);
    else if (tx.kind === 'vm') {
      // A routing appliance is called by its guest network's number.
      const called = `${this.accounts[tx.account]}/${tx.role === 'router' ? 'router' : tx.name}`;
      const count = (this.counts.get(called) ?? 0) + 1;
      this.counts.set(called, count);
      this.vms[tx.vm] = count === 1 ? called : `${called}#${count}`;
    }
  }

  vm(vm: number): string {
    return this.vms[vm]!;
  }

  disk(disk: number): string {
    return this.disks[disk]!;
  }
}
