/**
 * What a lane's history comes to, row by row: accounts, guest networks, VMs, placements, requests and refusals. A row is
 * written as soon as nothing can change it any more, so that memory holds what is alive, not what has been.
 */
import { assert } from '../base/assert.js';
import type { Transaction } from '../control/history.js';
import type { BatchInsert } from './batch-insert.js';

type Of<Kind extends Transaction['kind']> = Extract<Transaction, { kind: Kind }>;

/** The tables that the rows go to; shared by all lanes. */
export interface LaneTables {
  accounts: BatchInsert;
  networks: BatchInsert;
  vms: BatchInsert;
  /** null: placements are not recorded. */
  placements: BatchInsert | null;
  requests: BatchInsert;
  refusals: BatchInsert;
}

interface LiveVm {
  made: Of<'vm'>;
  size: Pick<Of<'vm-size'>, 'offering' | 'cpuMillis' | 'memoryBytes'>;
  startedMicros: number | null;
  runningSinceMicros: number | null;
  runningMicros: number;
  state: string;
  host: number | null;
}

interface LiveNetwork {
  account: number;
  name: string;
  createdMicros: number;
  state: string;
  vlan: number | null;
}

interface Placement {
  number: number;
  made: Of<'placed'>;
}

/** A guest network begins here without a transaction that says so. */
const FIRST_NETWORK_STATE = 'allocated';

export class LaneRows {
  private readonly accountNames: string[] = [];
  private readonly networks: LiveNetwork[] = [];
  private readonly vms = new Map<number, LiveVm>();
  private readonly placements = new Map<number, Placement>();
  private readonly open = new Map<number, Of<'request'>>();

  constructor(
    private readonly lane: number,
    private readonly zone: string,
    private readonly tables: LaneTables,
  ) {}

  add(number: number, tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        this.accountNames[tx.account] = tx.name;
        return this.tables.accounts.add(this.lane, tx.account, tx.name, tx.zone, tx.at);
      case 'network':
        this.networks[tx.network] = {
          account: tx.account,
          name: tx.name,
          createdMicros: tx.at,
          state: FIRST_NETWORK_STATE,
          vlan: null,
        };
        return;
      case 'network-state':
        this.network(tx.network).state = tx.to;
        return;
      case 'vlan-assigned':
        this.network(tx.network).vlan = tx.vlan;
        return;
      case 'vlan-released':
        this.network(tx.network).vlan = null;
        return;
      case 'request':
        this.open.set(tx.request, tx);
        return;
      case 'request-ended':
        return this.requestEnded(tx);
      case 'vm':
        return this.vmMade(tx);
      case 'vm-state':
        return this.vmMoved(tx);
      case 'vm-size':
        this.vm(tx.vm).size = tx;
        return;
      case 'placed':
        this.vm(tx.vm).host = tx.host;
        if (this.tables.placements) this.placements.set(tx.vm, { number, made: tx });
        return;
      case 'unplaced':
        return this.unplaced(tx);
      default:
    }
  }

  /** The run is over: what is still alive is written as it stands. */
  finish(atMicros: number): void {
    this.networks.forEach(({ account, name, createdMicros, state, vlan }, network) =>
      this.tables.networks.add(this.lane, network, account, name, createdMicros, state, vlan),
    );
    for (const vm of this.vms.values()) {
      if (vm.runningSinceMicros !== null) vm.runningMicros += atMicros - vm.runningSinceMicros;
      this.writeVm(vm, null);
    }
    for (const placement of this.placements.values()) this.writePlacement(placement, null);
    for (const request of this.open.values()) this.writeRequest(request, null);
  }

  private vmMade(tx: Of<'vm'>): void {
    this.vms.set(tx.vm, {
      made: tx,
      size: tx,
      startedMicros: null,
      runningSinceMicros: null,
      runningMicros: 0,
      state: 'destroyed',
      host: null,
    });
  }

  private vmMoved(tx: Of<'vm-state'>): void {
    const vm = this.vm(tx.vm);
    vm.state = tx.to;
    if (tx.to === 'running') {
      vm.startedMicros ??= tx.at;
      vm.runningSinceMicros = tx.at;
    } else if (vm.runningSinceMicros !== null) {
      vm.runningMicros += tx.at - vm.runningSinceMicros;
      vm.runningSinceMicros = null;
    }
    if (tx.to !== 'destroyed') return;
    this.writeVm(vm, tx.at);
    this.vms.delete(tx.vm);
  }

  private unplaced(tx: Of<'unplaced'>): void {
    const placement = this.placements.get(tx.vm);
    if (!placement) return;
    this.writePlacement(placement, tx.at);
    this.placements.delete(tx.vm);
  }

  private requestEnded(tx: Of<'request-ended'>): void {
    const begun = this.open.get(tx.request);
    assert(begun, () => `request ${tx.request} ended without having begun`);
    this.open.delete(tx.request);
    this.writeRequest(begun, tx);
    if (tx.outcome !== 'refused') return;
    const vm = tx.vm ?? begun.vm;
    const account = begun.account === null ? null : (this.accountNames[begun.account] ?? null);
    const name = vm === null ? null : (this.vms.get(vm)?.made.name ?? null);
    const reason = tx.reason ?? 'unknown';
    this.tables.refusals.add(this.lane, tx.request, tx.at, this.zone, tx.type, account, name, reason);
  }

  private writeVm(vm: LiveVm, endedMicros: number | null): void {
    const { made, size } = vm;
    this.tables.vms.add(
      this.lane,
      made.vm,
      made.name,
      made.account,
      JSON.stringify(made.networks),
      made.role,
      size.offering,
      size.cpuMillis,
      size.memoryBytes,
      made.diskBytes,
      made.at,
      vm.startedMicros,
      endedMicros,
      vm.runningMicros,
      vm.state,
      vm.host,
    );
  }

  private writePlacement({ number, made }: Placement, toMicros: number | null): void {
    const { vm, host, nodes, at } = made;
    this.tables.placements?.add(this.lane, number, vm, host, JSON.stringify(nodes), at, toMicros);
  }

  private writeRequest(begun: Of<'request'>, ended: Of<'request-ended'> | null): void {
    const { request, type, ref, account, vm, at } = begun;
    const outcome = ended?.outcome ?? null;
    const reason = ended?.reason ?? null;
    const subject = vm ?? ended?.vm ?? null;
    this.tables.requests.add(this.lane, request, type, ref, account, subject, at, ended?.at ?? null, outcome, reason);
  }

  private vm(id: number): LiveVm {
    const vm = this.vms.get(id);
    assert(vm, () => `no VM ${id} in lane ${this.zone}`);
    return vm;
  }

  private network(id: number): LiveNetwork {
    const network = this.networks[id];
    assert(network, () => `no guest network ${id} in lane ${this.zone}`);
    return network;
  }
}
