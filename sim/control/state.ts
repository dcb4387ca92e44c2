/**
 * What a zone's plane knows: records of accounts, guest networks, VMs, disks, virtual NICs, rules, requests and commands, and
 * what follows from them (free capacity, pools, deadlines). Only the fold changes it, a transaction at a time.
 */
import { assert } from '../base/assert.js';
import { IdTable } from '../base/id-table.js';
import { NumberHeap } from '../base/number-heap.js';
import type { ZoneConfig } from './config.js';
import type { HostRecord } from './hosts.js';
import { Indexes } from './indexes.js';
import { IntegerPool } from './integer-pool.js';
import {
  FEATURES,
  type AccountId,
  type CopyId,
  type DiskId,
  type HostId,
  type MigrationId,
  type NetworkId,
  type NicId,
  type PodId,
  type RuleId,
  type ServerId,
  type SnapshotId,
  type TimeMicros,
  type VmId,
} from './ports.js';
import { StorageRoom } from './storage-room.js';
import { TrunkCounts } from './trunk-counts.js';
import { VlanPools } from './vlan-pools.js';
import type {
  AccountRecord,
  CommandRecord,
  CopyRecord,
  DiskRecord,
  MaintenanceRecord,
  MigrationRecord,
  NetworkRecord,
  NicRecord,
  RequestRecord,
  RuleRecord,
  ServerRecord,
  SnapshotRecord,
  VmRecord,
} from './records.js';

/** Kinds of deadline: what stands in the payload of the heap beside the id. */
export const DEADLINE = { command: 0, appliance: 1, hold: 2, round: 3, maintenance: 4 } as const;
/** Ids stay below 2^44: kind and id share one exact double. */
const IDS = 0x1000_0000_0000;

/** Rounds of defragmentation. */
export interface DefragState {
  nextRound: number;
  dueAt: TimeMicros | null;
  /** Guest networks whose VMs have changed since the last round began, and those that it left. */
  readonly changed: Set<NetworkId>;
  /** `question`: its plan is asked for; `open`: its migrations that have not ended. */
  underWay: {
    readonly round: number;
    question: number | null;
    readonly open: Set<MigrationId>;
    left: readonly NetworkId[];
  } | null;
}

export class ZoneState {
  readonly accounts: AccountRecord[] = [];
  readonly accountByName = new Map<string, AccountId>();
  readonly networks: NetworkRecord[] = [];
  readonly vms = new IdTable<VmRecord>();
  readonly disks = new IdTable<DiskRecord>();
  readonly copies = new IdTable<CopyRecord>();
  readonly snapshots = new IdTable<SnapshotRecord>();
  readonly nics = new IdTable<NicRecord>();
  readonly rules = new IdTable<RuleRecord>();
  readonly migrations = new IdTable<MigrationRecord>();
  readonly requests = new IdTable<RequestRecord>();
  readonly commands = new IdTable<CommandRecord>();
  readonly questions = new Map<number, VmId>();
  readonly hosts: HostRecord[];
  readonly servers: ServerRecord[];
  /** Servers of a pod, ascending; hosts' own disks are not among them. */
  readonly serversOf: ServerId[][];
  /** The host's own disk; -1: it has none. */
  readonly localServerOf: ServerId[];
  readonly vlans: VlanPools;
  /** What switches carry, told by the fold. */
  readonly trunks: TrunkCounts;
  readonly publicAddresses: IntegerPool;
  readonly managementAddresses: IntegerPool;
  /** What the view answers from, and which pods have room for a disk: told of every change by the fold. */
  readonly indexes: Indexes;
  readonly room: StorageRoom;
  readonly deadlines = new NumberHeap();
  /** Running VMs whose agent has not confirmed the throttle that they are to have, told by the fold. */
  readonly unsettled = new Set<VmId>();
  /** VMs that other zones hand over, by their arrival keys. */
  readonly awaited = new Map<string, VmId>();
  /** Migrations that wait, in the order in which they were asked for. */
  readonly queue = new Set<MigrationId>();
  /** By questions for destinations. */
  readonly whereTo = new Map<number, MigrationId>();
  /** Under way: in all, and by the hosts that they leave or come to. */
  migrationsUnderWay = 0;
  readonly migrationsAt = new Map<HostId, number>();
  /** By pod, of those that leave or come to it. */
  readonly migrationsAcross = new Map<PodId, number>();
  /** One has come or ended since the queue was looked through. */
  queueDue = false;
  readonly maintenances = new Map<number, MaintenanceRecord>();
  /** Hosts may be empty, or what is brought back there, since it was last looked at. */
  maintenanceDirty = false;
  /** VMs and routing appliances by host. */
  readonly placedOn = new Map<HostId, number>();
  readonly defrag: DefragState = { nextRound: 0, dueAt: null, changed: new Set(), underWay: null };
  /** The next number of each kind of thing: numbers are never given twice. */
  readonly next = {
    ...{ vm: 0, disk: 0, copy: 0, snapshot: 0, nic: 0, rule: 0 },
    ...{ request: 0, command: 0, question: 0, migration: 0, maintenance: 0 },
  };

  constructor(readonly config: ZoneConfig) {
    this.hosts = config.hosts.map((host, id) => ({
      id,
      name: host.name,
      pod: host.pod,
      role: host.role,
      inService: host.inService,
      agent: host.agent,
      features: FEATURES,
      nodes: host.nodes.map((node) => ({
        cpuMillis: node.cpuMillis,
        memoryBytes: node.memoryBytes,
        freeCpuMillis: node.cpuMillis,
        freeMemoryBytes: node.memoryBytes,
      })),
    }));
    this.servers = config.servers.map(({ pod, host, capacityBytes }) => ({
      pod,
      host,
      freeBytes: capacityBytes,
      copies: new Map<number, CopyId>(),
    }));
    this.serversOf = config.pods.map(() => []);
    this.localServerOf = config.hosts.map(() => -1);
    this.servers.forEach(({ pod, host }, id) => {
      if (host === null) this.serversOf[pod]!.push(id);
      else this.localServerOf[host] = id;
    });
    const { vlanScope, vlanAssigned } = config;
    assert(vlanScope !== 'pod' || vlanAssigned === 'at-first-use', 'at registration, no pod is known to have an ID of');
    this.vlans = new VlanPools(vlanScope, config.vlans, config.pods.length);
    this.publicAddresses = new IntegerPool(config.publicRanges);
    this.managementAddresses = new IntegerPool(config.managementRanges);
    this.indexes = new Indexes(this.hosts, config.pods.length, () => this.vms.values());
    const hostsOf = this.indexes.podHosts.map(({ count }) => count);
    this.trunks = new TrunkCounts(vlanScope, config.switches, hostsOf);
    this.room = new StorageRoom(this.servers, this.serversOf);
    const { everyMicros = null } = config.defrag ?? {};
    this.defrag.dueAt = everyMicros;
    if (everyMicros !== null) this.addDeadline(everyMicros, DEADLINE.round, 0);
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
  copy(id: CopyId): CopyRecord {
    const copy = this.copies.get(id);
    assert(copy, () => `no template copy ${id}`);
    return copy;
  }
  snapshot(id: SnapshotId): SnapshotRecord {
    const snapshot = this.snapshots.get(id);
    assert(snapshot, () => `no snapshot ${id}`);
    return snapshot;
  }
  rule(id: RuleId): RuleRecord {
    const rule = this.rules.get(id);
    assert(rule, () => `no rule ${id}`);
    return rule;
  }
  migration(id: MigrationId): MigrationRecord {
    const migration = this.migrations.get(id);
    assert(migration, () => `no migration ${id}`);
    return migration;
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
  /** By their full names; null: one of them is none of the zone's. */
  hostsNamed(names: readonly string[]): HostId[] | null {
    const hosts = names.map((wanted) => this.hosts.findIndex(({ name }) => name === wanted));
    return hosts.includes(-1) ? null : hosts;
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
      if (this.deadlineOf(kind, id) === at) return { at, kind, id };
      this.deadlines.pop();
    }
  }

  private deadlineOf(kind: number, id: number): TimeMicros | null | undefined {
    if (kind === DEADLINE.command) return this.commands.get(id)?.deadline;
    if (kind === DEADLINE.round) return this.defrag.dueAt;
    if (kind === DEADLINE.maintenance) return this.maintenances.get(id)?.dueAt;
    if (kind === DEADLINE.appliance) return this.networks[id]?.appliance.dueAt;
    return this.vms.get(id)?.held?.until;
  }
}
