/**
 * The meter of a zone: follows its history, change by change, and knows at any time what each account has used of what
 * is paid for. Guarantees that it schedules nothing, draws nothing and folds nothing, and that its memory holds what is
 * alive and one record an account.
 *
 * A VM's time is charged from `running` until it is no longer running: from the transaction that brings it up (started,
 * or taken over from an inventory, which is no start) to the one that takes it out of `running`, `rebooting` or `resizing`
 * (stop, or a reboot that failed). A reboot interrupts nothing; a start that fails never comes to `running` and costs nothing. A
 * change of size ends one interval and begins the next. A disk is charged while its VM is `stopped`; a public address
 * from when its routing appliance first runs with it until
 * it is given back, one that the customer acquired from there to its return.
 */
import { chargedMicros, type BillingRules } from '../../models/billing.js';
import { assert } from '../base/assert.js';
import type { Transaction } from '../control/history.js';
import type { AccountId, VmId, VmRole } from '../control/ports.js';
import type { VmEvent, VmState } from '../control/vm-states.js';
import { AccountUsage, type VmSize } from './account-usage.js';

export interface MeterRules extends BillingRules {
  /** Routing appliances are charged like other VMs. */
  chargeRouters: boolean;
}

/** A VM that is not destroyed. */
interface MeteredVm {
  readonly account: AccountId;
  readonly role: VmRole;
  /** Its time is charged; a routing appliance's may not be. */
  readonly charged: boolean;
  size: VmSize;
  readonly diskBytes: number;
  /** Since when the interval runs that is charged next; null: it does not run. */
  ranSince: number | null;
  /** What its last start still owes of the minimum. */
  owedMicros: number;
  stoppedSince: number | null;
  holdsAddress: boolean;
  addressSince: number | null;
}

/** A routing appliance's interface in the public network. */
const PUBLIC = 'eth2';

/** States in which a VM is charged: whatever it does meanwhile, it serves, or is on its way back to it in place. */
const RUNNING: ReadonlySet<VmState> = new Set<VmState>(['running', 'rebooting', 'resizing']);

export class BillingMeter {
  private readonly names: string[] = [];
  private readonly usage: AccountUsage[] = [];
  private readonly vms = new Map<VmId, MeteredVm>();
  /** Whose guest network it is. */
  private readonly accountOf: AccountId[] = [];
  /** Public addresses that customers asked for, and since when they have them. */
  private readonly acquired = new Map<number, { account: AccountId; since: number }>();
  /** Somebody meters traffic here. */
  trafficMetered = false;

  constructor(private readonly rules: MeterRules) {}

  /** The only reading of transactions. */
  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        return this.account(tx.account, tx.name);
      case 'vm':
        return this.vmMade(tx.vm, tx.account, tx.role, tx, tx.diskBytes);
      case 'vm-state':
        return this.vmMoved(tx.at, tx.vm, tx.event, tx.to);
      case 'vm-size':
        return this.vmResized(tx.at, tx.vm, tx);
      case 'network':
        this.accountOf[tx.network] = tx.account;
        return;
      case 'address-assigned':
        if (tx.interface === PUBLIC) this.addressHeld(tx.at, tx.vm, true);
        return;
      case 'address-released':
        if (tx.interface === PUBLIC) this.addressHeld(tx.at, tx.vm, false);
        return;
      case 'address-acquired':
        this.acquired.set(tx.address, { account: this.accountOf[tx.network]!, since: tx.at });
        return;
      case 'address-returned':
        return this.returned(tx.at, tx.address);
      default:
    }
  }

  account(account: AccountId, name: string): void {
    this.names[account] = name;
    this.usage[account] = new AccountUsage();
  }

  vmMade(vm: VmId, account: AccountId, role: VmRole, size: VmSize, diskBytes: number): void {
    this.vms.set(vm, {
      account,
      role,
      charged: role === 'user' || this.rules.chargeRouters,
      size: sizeOf(size),
      diskBytes,
      ranSince: null,
      owedMicros: 0,
      stoppedSince: null,
      holdsAddress: false,
      addressSince: null,
    });
  }

  vmMoved(at: number, id: VmId, event: VmEvent, to: VmState): void {
    const vm = this.vm(id);
    const usage = this.usageOf(vm.account);
    const runs = RUNNING.has(to);
    if (runs && vm.ranSince === null) this.comesUp(at, vm, event === 'started');
    else if (!runs && vm.ranSince !== null) this.goesDown(at, vm, usage);
    if (vm.stoppedSince !== null) addDisk(usage, vm, at);
    vm.stoppedSince = to === 'stopped' ? at : null;
    if (to !== 'destroyed') return;
    this.addressHeld(at, id, false);
    this.vms.delete(id);
  }

  /** From now on it is charged by this. */
  vmResized(at: number, id: VmId, size: VmSize): void {
    const vm = this.vm(id);
    if (vm.ranSince !== null) {
      const clockMicros = at - vm.ranSince;
      // What is left of the minimum is for the last interval of this start to pay.
      this.charge(this.usageOf(vm.account), vm, clockMicros, 0);
      vm.owedMicros = Math.max(0, vm.owedMicros - clockMicros);
      vm.ranSince = at;
    }
    vm.size = sizeOf(size);
  }

  addressHeld(at: number, id: VmId, held: boolean): void {
    const vm = this.vm(id);
    if (vm.role !== 'router') return;
    if (!held && vm.addressSince !== null) {
      this.usageOf(vm.account).addressMicros += BigInt(at - vm.addressSince);
      vm.addressSince = null;
    }
    vm.holdsAddress = held;
    if (held && vm.ranSince !== null) vm.addressSince ??= at;
  }

  private returned(at: number, address: number): void {
    const { account, since } = this.acquired.get(address)!;
    this.usageOf(account).addressMicros += BigInt(at - since);
    this.acquired.delete(address);
  }

  /** Whole bytes, more than before; 0 says that traffic is metered and there was none. */
  addTraffic(account: AccountId, bytes: number): void {
    assert(Number.isSafeInteger(bytes) && bytes >= 0, () => `traffic is metered in whole bytes, not ${bytes}`);
    this.trafficMetered = true;
    this.usageOf(account).trafficBytes += BigInt(bytes);
  }

  /** What was used up to then, by the name of the account, on top of what stands in `total`; changes nothing here. */
  addTo(total: Map<string, AccountUsage>, atMicros: number): void {
    const open = this.openAt(atMicros);
    this.names.forEach((name, account) => {
      let sum = total.get(name);
      if (!sum) total.set(name, (sum = new AccountUsage()));
      sum.add(this.usageOf(account));
      const more = open.get(account);
      if (more) sum.add(more);
    });
  }

  /** Of what is not over yet, by account: as if it ended now. */
  private openAt(atMicros: number): Map<AccountId, AccountUsage> {
    const open = new Map<AccountId, AccountUsage>();
    const of = (account: AccountId): AccountUsage => {
      let usage = open.get(account);
      if (!usage) open.set(account, (usage = new AccountUsage()));
      return usage;
    };
    for (const { account, since } of this.acquired.values()) of(account).addressMicros += BigInt(atMicros - since);
    for (const vm of this.vms.values()) {
      if (vm.ranSince === null && vm.stoppedSince === null && vm.addressSince === null) continue;
      const usage = of(vm.account);
      if (vm.ranSince !== null) this.charge(usage, vm, atMicros - vm.ranSince, vm.owedMicros);
      if (vm.stoppedSince !== null) addDisk(usage, vm, atMicros);
      if (vm.addressSince !== null) usage.addressMicros += BigInt(atMicros - vm.addressSince);
    }
    return open;
  }

  private comesUp(at: number, vm: MeteredVm, started: boolean): void {
    vm.ranSince = at;
    vm.owedMicros = started ? this.rules.minimumMicros : 0;
    if (started && vm.charged) this.usageOf(vm.account).started(vm.size);
    if (vm.holdsAddress) vm.addressSince ??= at;
  }

  private goesDown(at: number, vm: MeteredVm, usage: AccountUsage): void {
    this.charge(usage, vm, at - vm.ranSince!, vm.owedMicros);
    vm.ranSince = null;
  }

  private charge(usage: AccountUsage, vm: MeteredVm, clockMicros: number, owedMicros: number): void {
    if (vm.charged) usage.ran(vm.size, clockMicros, chargedMicros(clockMicros, owedMicros, this.rules));
  }

  private vm(id: VmId): MeteredVm {
    const vm = this.vms.get(id);
    assert(vm, () => `the meter knows no VM ${id}`);
    return vm;
  }

  private usageOf(account: AccountId): AccountUsage {
    const usage = this.usage[account];
    assert(usage, () => `the meter knows no account ${account}`);
    return usage;
  }
}

function addDisk(usage: AccountUsage, vm: MeteredVm, at: number): void {
  if (vm.charged) usage.diskByteMicros += BigInt(at - vm.stoppedSince!) * BigInt(vm.diskBytes);
}

/** Of a transaction, only this. */
function sizeOf({ offering, cpuMillis, memoryBytes }: VmSize): VmSize {
  return { offering, cpuMillis, memoryBytes };
}
