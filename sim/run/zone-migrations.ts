/** Live migrations of a zone: the scenario's rules and memory, put to the plant and its network for agents to command. */
import { MICROS_PER_SECOND } from '../base/units.js';
import type { Migrations } from '../agents/simulated/simulated-agents.js';
import type { MigrationLimits, PlacedDisk } from '../control/ports.js';
import type { Domain } from '../datacenter/domain.js';
import type { MoveEstimate } from '../control/defrag/policy.js';
import { limitsOf } from './zone-config.js';
import { predict } from '../../models/migration/predict.js';
import { LiveMigrations, type MigrationWay, type MigrationWays } from '../datacenter/live-migrations.js';
import type { Plant } from '../datacenter/plant.js';
import type { Lane } from '../engine/lane.js';
import { DiskThenMemory, type DiskSettings } from '../../models/migration/disk.js';
import type { PageClass } from '../../models/migration/dirty-pages.js';
import { PageClasses } from '../../models/migration/pre-copy/page-classes.js';
import type { Ending, Progress } from '../../models/migration/pre-copy/rules.js';
import { QEMU_MACHINE, QemuPreCopy } from '../../models/migration/qemu.js';
import { SimGridPreCopy } from '../../models/migration/simgrid.js';
import { XEN_2005_SETTINGS, Xen2005PreCopy } from '../../models/migration/xen-2005.js';
import { XenPreCopy } from '../../models/migration/xen.js';
import type { Endpoint } from '../../models/network/path.js';
import type { TrafficClass } from '../../models/network/zone-plan.js';
import type { MemorySpec, MigrationSpec, ResolvedScenario } from '../scenario/resolved.js';
import type { ZoneNetwork } from './zone-network.js';

const PAGE_BYTES = 4096;
const ENDINGS = { abort: 'abort', pause: 'pause', 'post-copy': 'post-copy', 'auto-converge': 'throttle' } as const;
/** Of SimGrid's rules: of the memory. */
const WORKING_SET = 0.9;

export class ZoneMigrations {
  readonly live: LiveMigrations;
  private readonly estimates = new Map<string, MoveEstimate>();

  constructor(
    lane: Lane,
    private readonly plant: Plant,
    private readonly network: ZoneNetwork,
    private readonly scenario: ResolvedScenario,
  ) {
    this.live = new LiveMigrations(lane, plant, network.transfers);
  }

  /** For agents. */
  get port(): Migrations {
    const { live, plant, scenario } = this;
    return {
      start: ({ host: from, vm, to, limits, disk }, done) => {
        const domain = plant.domainOn(from, vm);
        if (domain === undefined) {
          done('no-such-vm');
          return -1;
        }
        const memory = progressOf(scenario, domain, limits);
        const progress = disk === null ? memory : new DiskThenMemory(memory, this.diskOf(vm, from, to, limits));
        return live.start({ vm, from, to }, this.ways(vm, from, to, disk), progress, done);
      },
      cancel: (migration) => live.cancel(migration),
    };
  }

  /** Of the migration alone on the network; its disk as it is now, without what is written to it meanwhile. */
  estimate(
    { memoryBytes, host }: { memoryBytes: number; host: number | null },
    to: number,
    diskBytes: number,
  ): MoveEstimate {
    const { links } = this.network;
    const { mostBitsPerSecond } = this.way(links.host(host!), links.host(to), 'migration');
    const bytesPerSecond = Math.min(mostBitsPerSecond, 1e12) / 8;
    const key = `${memoryBytes} ${bytesPerSecond}`;
    let memory = this.estimates.get(key);
    if (memory === undefined) {
      const { totalSeconds, downtimeSeconds, bytes } = predict(
        progressOf(this.scenario, { memoryBytes }, limitsOf(this.scenario)),
        bytesPerSecond,
      );
      memory = { bytes, totalSeconds, downtimeSeconds: downtimeSeconds ?? 0 };
      this.estimates.set(key, memory);
    }
    if (diskBytes === 0) return memory;
    const { bytes, totalSeconds, downtimeSeconds } = memory;
    return { bytes: bytes + diskBytes, totalSeconds: totalSeconds + diskBytes / bytesPerSecond, downtimeSeconds };
  }

  private ways(vm: number, from: number, to: number, disk: PlacedDisk | null): MigrationWays {
    const { links } = this.network;
    const between = this.way(links.host(from), links.host(to), 'migration');
    if (disk === null) return { memory: between, disk: null };
    // Both hosts' hypervisors read and write where the disks are, which may be on the hosts themselves.
    const read = this.way(links.diskEnd(this.plant.storage.serverOf(vm)!).at, links.host(from), 'storage');
    const written = this.way(links.host(to), links.diskEnd(disk.server).at, 'storage');
    return { memory: between, disk: joined([read, between, written]) };
  }

  private way(from: Endpoint, to: Endpoint, traffic: TrafficClass): MigrationWay {
    const { links } = this.network;
    return { links: links.way(from, to, traffic), mostBitsPerSecond: links.memberBitsPerSecond(from, to, traffic) };
  }

  private diskOf(vm: number, from: number, to: number, limits: MigrationLimits): DiskSettings {
    const { storage, links } = this.network;
    const use = storage?.useOf(vm) ?? null;
    const served = storage?.servedTo(vm) ?? 0;
    return {
      bytes: this.plant.storage.diskOf(vm)!.bytes,
      writesPerSecond: use === null ? 0 : served * (1 - use.readRatio),
      bytesPerWrite: use?.bytesPerOperation ?? 0,
      how: limits.disks,
      capBytesPerSecond: capOf(limits),
      roundTripSeconds: 2 * links.latencySeconds(links.host(from), links.host(to), 'migration'),
      downtimeLimitSeconds: limits.downtimeMicros / MICROS_PER_SECOND,
      timeoutSeconds: limits.diskTimeoutMicros / MICROS_PER_SECOND,
    };
  }
}

/** One after the other, at the same time. */
function joined(ways: readonly MigrationWay[]): MigrationWay {
  return {
    links: [...new Set(ways.flatMap(({ links }) => links))],
    mostBitsPerSecond: Math.min(...ways.map(({ mostBitsPerSecond }) => mostBitsPerSecond)),
  };
}

function capOf({ bitsPerSecond }: MigrationLimits): number {
  return bitsPerSecond === null ? Infinity : bitsPerSecond / 8;
}

function progressOf(
  { migration, memory }: ResolvedScenario,
  domain: Pick<Domain, 'memoryBytes'>,
  limits: MigrationLimits,
): Progress {
  const capBytesPerSecond = capOf(limits);
  const ending: Ending = {
    rule: ENDINGS[limits.ifNotConverging],
    afterSeconds: limits.ifNotConverging === 'auto-converge' ? 0 : limits.timeoutMicros / MICROS_PER_SECOND,
  };
  const { memoryBytes } = domain;
  const pages = (): PageClasses => pagesOf(memoryBytes, memory);
  const rules: Record<MigrationSpec['rules'], () => Progress> = {
    qemu: () =>
      new QemuPreCopy(
        pages(),
        {
          ...{ capBytesPerSecond, channels: 1, ending },
          downtimeLimitSeconds: limits.downtimeMicros / MICROS_PER_SECOND,
        },
        QEMU_MACHINE,
      ),
    xen: () => new XenPreCopy(pages(), capBytesPerSecond),
    'xen-2005': () => new Xen2005PreCopy(pages(), XEN_2005_SETTINGS),
    simgrid: () =>
      new SimGridPreCopy({
        ...{ memoryBytes, capBytesPerSecond, workingSetBytes: Math.floor(WORKING_SET * memoryBytes) },
        dirtyBytesPerSecond: memory.hotBytesPerSecond,
      }),
  };
  return rules[migration.rules]();
}

/** Hot pages, cold ones, and zeros. */
function pagesOf(memoryBytes: number, memory: MemorySpec): PageClasses {
  const { nonZeroRatio, hotRatio, hotBytesPerSecond, coldBytesPerSecond } = memory;
  const all = memoryBytes / PAGE_BYTES;
  const hot = all * Math.min(hotRatio, nonZeroRatio);
  const cold = all * nonZeroRatio - hot;
  const written = (pages: number, bytesPerSecond: number): PageClass => ({
    ...{ pages, writesPerSecond: bytesPerSecond / PAGE_BYTES, pattern: 'random', mostWritesPerSecond: MOST_WRITES },
  });
  return new PageClasses(all, all * (1 - nonZeroRatio), [
    written(hot, hotBytesPerSecond),
    written(cold, coldBytesPerSecond),
  ]);
}

/** As fast as a processor writes pages: 5 GB/s, measured under emulation; so what throttling a guest can take from. */
const MOST_WRITES = 5e9 / PAGE_BYTES;
