/**
 * How long things take in the simulated world: the models, fed with the scenario's constants and distributions. A constant
 * draws nothing. Anything else takes one draw from a stream that is named by the thing and by how often it was done to it,
 * so that nobody else's doings move it. Integer microseconds.
 */
import { assert } from '../base/assert.js';
import { microsOf } from '../base/units.js';
import { distribution, type DistributionSpec } from '../engine/distributions.js';
import type { Streams } from '../engine/streams.js';
import { rebootSeconds } from '../../models/boot.js';
import {
  LIVE_RESIZE_SECONDS,
  OPEN_CONSOLE_SECONDS,
  PREPARE_MIGRATION_SECONDS,
  RELEASE_VM_SECONDS,
  SET_THROTTLE_SECONDS,
} from '../../models/hypervisor.js';
import { ADD_RULE_SECONDS, REMOVE_RULE_SECONDS } from '../../models/network/rule.js';
import { ADD_NIC_SECONDS, REMOVE_NIC_SECONDS } from '../../models/network/virtual-nic.js';
import {
  DISK_DESTROY_SECONDS,
  DISK_DISMOUNT_SECONDS,
  DISK_MOUNT_SECONDS,
  copySeconds,
  diskCreateSeconds,
} from '../../models/storage.js';

/** The scenario's share. */
export interface DurationsConfig {
  bootSeconds: DistributionSpec;
  shutdownSeconds: DistributionSpec;
  diskCreateSeconds: DistributionSpec;
  templateCopyBytesPerSecond: number | null;
  /** At which templates come to a storage server, and snapshots are taken and gone back to. */
  storageCopyBytesPerSecond: number;
}

/**
 * What streams call a thing. Numbers follow the order in which things came to be, and change with everybody's doings;
 * whoever knows lasting names gives them.
 */
export interface ThingNames {
  vm(vm: number): string;
  disk(disk: number): string;
}

const NUMBERS: ThingNames = { vm: String, disk: String };

type Draw = (name: string, n: number) => number;

export class Durations {
  readonly mountMicros = microsOf(DISK_MOUNT_SECONDS);
  readonly dismountMicros = microsOf(DISK_DISMOUNT_SECONDS);
  readonly destroyDiskMicros = microsOf(DISK_DESTROY_SECONDS);
  readonly addNicMicros = microsOf(ADD_NIC_SECONDS);
  readonly removeNicMicros = microsOf(REMOVE_NIC_SECONDS);
  readonly addRuleMicros = microsOf(ADD_RULE_SECONDS);
  readonly removeRuleMicros = microsOf(REMOVE_RULE_SECONDS);
  readonly resizeMicros = microsOf(LIVE_RESIZE_SECONDS);
  readonly throttleMicros = microsOf(SET_THROTTLE_SECONDS);
  readonly consoleMicros = microsOf(OPEN_CONSOLE_SECONDS);
  readonly prepareMicros = microsOf(PREPARE_MIGRATION_SECONDS);
  readonly releaseMicros = microsOf(RELEASE_VM_SECONDS);
  private readonly boot: Draw;
  private readonly shutdown: Draw;
  private readonly diskCreate: Draw;
  private readonly templateCopyBytesPerSecond: number | null;
  private readonly storageCopyBytesPerSecond: number;

  /** `zone` stands in the names of the streams. */
  constructor(
    config: DurationsConfig,
    streams: Streams,
    zone: string,
    private readonly names: ThingNames = NUMBERS,
  ) {
    const drawing = (what: string, spec: DistributionSpec): Draw => {
      const { quantile } = distribution(spec);
      if (spec.kind === 'constant') return () => spec.value;
      return (name, n) => quantile(streams.stream(`${what}/${zone}/${name}/${n}`).next());
    };
    this.boot = drawing('boot', config.bootSeconds);
    this.shutdown = drawing('shutdown', config.shutdownSeconds);
    this.diskCreate = drawing('disk-create', config.diskCreateSeconds);
    this.templateCopyBytesPerSecond = config.templateCopyBytesPerSecond;
    this.storageCopyBytesPerSecond = config.storageCopyBytesPerSecond;
  }

  /** Of a template to a storage server, of a disk to its snapshot, or back. */
  copyMicros(bytes: number): number {
    return micros(copySeconds(bytes, this.storageCopyBytesPerSecond));
  }

  /** The VM's n-th boot. */
  bootMicros(vm: number, n: number): number {
    return micros(this.boot(this.names.vm(vm), n));
  }

  /** The VM's n-th shutdown. */
  shutdownMicros(vm: number, n: number): number {
    return micros(this.shutdown(this.names.vm(vm), n));
  }

  rebootMicros(vm: number, nthShutdown: number, nthBoot: number): number {
    const name = this.names.vm(vm);
    return micros(rebootSeconds(this.shutdown(name, nthShutdown), this.boot(name, nthBoot)));
  }

  /** The n-th attempt at this disk. */
  createDiskMicros(disk: number, n: number, bytes: number): number {
    const fixed = this.diskCreate(this.names.disk(disk), n);
    return micros(diskCreateSeconds(fixed, bytes, this.templateCopyBytesPerSecond));
  }
}

function micros(seconds: number): number {
  assert(seconds >= 0, () => `a duration of ${seconds} s`);
  return microsOf(seconds);
}
