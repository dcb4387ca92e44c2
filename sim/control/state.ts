/**
 * What a zone's plane knows: records of accounts, guest networks, VMs, disks, virtual NICs, requests and commands, and
 * what follows from them (free capacity, pools, deadlines). Only fold.ts changes it, a transaction at a time.
 */
import { assert } from '../base/assert.js';
import { NumberHeap } from '../base/number-heap.js';
import type { ApplianceState } from './appliance-states.js';
import type { ZoneConfig } from './config.js';
import type { DiskState } from './disk-states.js';
import type { HostRecord } from './hosts.js';
import { Indexes } from './indexes.js';
import { IntegerPool, rangesOf } from './integer-pool.js';
import type { NetworkState } from './network-states.js';
import type { NicState } from './nic-states.js';
import type {
  AccountId,
  CommandId,
  CommandKind,
  DiskId,
  HostId,
  NetworkId,
  NicId,
  RequestId,
  RequestKind,
  ServerId,
  TimeMicros,
  VmId,
  VmRole,
} from './ports.js';
import { StorageRoom } from './storage-room.js';
import type { VmState } from './vm-states.js';

export interface AccountRecord {
  readonly id: AccountId;
  readonly name: string;
  readonly networks: NetworkId[];
  /** Customers' VMs that are not destroyed, by name, in order of creation. */
  readonly vms: Map<string, VmId>;
}

export interface NetworkRecord {
  readonly id: NetworkId;
  readonly account: AccountId;
  state: NetworkState;
  vlan: number | null;
  readonly appliance: { state: ApplianceState; vm: VmId | null; collectAt: TimeMicros | null };
  /** Customer's VMs in state `requested`, in order of arrival. */
  readonly waiting: Set<VmId>;
  /** Customer's VMs that are neither stopped nor on their way out. */
  active: number;
  /** VMs placed on a host, the routing appliance included. */
  readonly placed: Map<HostId, Set<VmId>>;
  readonly nics: Map<HostId, NicId>;
  readonly addresses: IntegerPool;
}

export interface VmRecord {
  readonly id: VmId;
  readonly name: string;
  readonly account: AccountId;
  readonly network: NetworkId | null;
  readonly role: VmRole;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  state: VmState;
  /** The request that it is being worked on for. */
  request: RequestId | null;
  host: HostId | null;
  nodes: readonly number[];
  disk: DiskId | null;
  question: number | null;
  /** How often a policy was asked for this start. */
  asked: number;
  hasRun: boolean;
  /** What becomes of it once stopped. */
  goal: 'stopped' | 'destroyed';
  eth0: number | null;
  eth1: number | null;
  eth2: number | null;
  /** Its outstanding command; none: null. */
  command: CommandId | null;
}

export interface DiskRecord {
  readonly id: DiskId;
  readonly vm: VmId;
  readonly server: ServerId;
  readonly bytes: number;
  state: DiskState;
  command: CommandId | null;
}

export interface NicRecord {
  readonly id: NicId;
  readonly network: NetworkId;
  readonly host: HostId;
  readonly node: number;
  readonly memoryBytes: number;
  state: NicState;
  command: CommandId | null;
}

export interface RequestRecord {
  readonly id: RequestId;
  readonly type: RequestKind;
  readonly ref: number;
  readonly vm: VmId | null;
}

export interface CommandRecord {
  readonly id: CommandId;
  readonly type: CommandKind;
  /** The VM, disk or virtual NIC that it serves. */
  readonly subject: number;
  readonly host: HostId | null;
  readonly server: ServerId | null;
  attempt: number;
  deadline: TimeMicros;
}

export interface ServerRecord {
  readonly pod: number;
  freeBytes: number;
}

/** Kinds of deadline: what stands in the payload of the heap beside the id. */
export const DEADLINE = { command: 0, collect: 1 } as const;
/** Ids stay below 2^44: kind and id share one exact double. */
const IDS = 0x1000_0000_0000;

export class ZoneState {
  readonly accounts: AccountRecord[] = [];
  readonly accountByName = new Map<string, AccountId>();
  readonly networks: NetworkRecord[] = [];
  readonly vms = new Map<VmId, VmRecord>();
  readonly disks = new Map<DiskId, DiskRecord>();
  readonly nics = new Map<NicId, NicRecord>();
  readonly requests = new Map<RequestId, RequestRecord>();
  readonly commands = new Map<CommandId, CommandRecord>();
  readonly questions = new Map<number, VmId>();
  readonly hosts: HostRecord[];
  readonly servers: ServerRecord[];
  /** Servers of a pod, ascending. */
  readonly serversOf: ServerId[][];
  readonly vlans: IntegerPool;
  readonly publicAddresses: IntegerPool;
  readonly managementAddresses: IntegerPool;
  /** What the view answers from, and which pods have room for a disk: told of every change by the fold. */
  readonly indexes: Indexes;
  readonly room: StorageRoom;
  readonly deadlines = new NumberHeap();
  /** The next number of each kind of thing: numbers are never given twice. */
  readonly next = { vm: 0, disk: 0, nic: 0, request: 0, command: 0, question: 0 };

  constructor(readonly config: ZoneConfig) {
    this.hosts = config.hosts.map((host, id) => ({
      id,
      name: host.name,
      pod: host.pod,
      role: host.role,
      inService: host.inService,
      nodes: host.nodes.map((node) => ({
        cpuMillis: node.cpuMillis,
        memoryBytes: node.memoryBytes,
        freeCpuMillis: node.cpuMillis,
        freeMemoryBytes: node.memoryBytes,
      })),
    }));
    this.servers = config.servers.map(({ pod, capacityBytes }) => ({ pod, freeBytes: capacityBytes }));
    this.serversOf = config.pods.map(() => []);
    this.servers.forEach(({ pod }, id) => this.serversOf[pod]!.push(id));
    this.vlans = new IntegerPool(rangesOf(config.vlans));
    this.publicAddresses = new IntegerPool(config.publicRanges);
    this.managementAddresses = new IntegerPool(config.managementRanges);
    this.indexes = new Indexes(this.hosts, config.pods.length, () => this.vms.values());
    this.room = new StorageRoom(this.servers, this.serversOf);
  }

  vm(id: VmId): VmRecord {
    const vm = this.vms.get(id);
    assert(vm, () => `no VM ${id}`);
    return vm;
  }
  disk(id: DiskId): DiskRecord {
    const disk = this.disks.get(id);
    assert(disk, () => `no disk ${id}`);
    return disk;
  }
  nic(id: NicId): NicRecord {
    const nic = this.nics.get(id);
    assert(nic, () => `no virtual NIC ${id}`);
    return nic;
  }
  network(id: NetworkId): NetworkRecord {
    const network = this.networks[id];
    assert(network, () => `no guest network ${id}`);
    return network;
  }
  host(id: HostId): HostRecord {
    const host = this.hosts[id];
    assert(host, () => `no host ${id}`);
    return host;
  }
  nicOn(network: NetworkRecord, host: HostId): NicRecord | undefined {
    const id = network.nics.get(host);
    return id === undefined ? undefined : this.nic(id);
  }

  addDeadline(at: TimeMicros, kind: number, id: number): void {
    this.deadlines.push(at, kind * IDS + id);
  }

  /** The earliest deadline that still stands. Those that were overtaken are dropped on the way. */
  nextDeadline(): { at: TimeMicros; kind: number; id: number } | null {
    for (;;) {
      const at = this.deadlines.peekKey();
      if (at === undefined) return null;
      const payload = this.deadlines.peekPayload()!;
      const kind = Math.floor(payload / IDS);
      const id = payload % IDS;
      const stands =
        kind === DEADLINE.command
          ? this.commands.get(id)?.deadline === at
          : this.networks[id]?.appliance.collectAt === at;
      if (stands) return { at, kind, id };
      this.deadlines.pop();
    }
  }
}
