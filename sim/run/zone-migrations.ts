/** Live migrations of a zone: the scenario's rules and memory, put to the plant and its network for agents to command. */
import { MICROS_PER_SECOND } from '../base/units.js';
import type { Migrations } from '../agents/simulated/simulated-agents.js';
import type { MigrationLimits } from '../control/ports.js';
import type { Domain } from '../datacenter/domain.js';
import { LiveMigrations } from '../datacenter/live-migrations.js';
import type { Plant } from '../datacenter/plant.js';
import type { Lane } from '../engine/lane.js';
import type { PageClass } from '../../models/migration/dirty-pages.js';
import { PageClasses } from '../../models/migration/pre-copy/page-classes.js';
import type { Ending, Progress } from '../../models/migration/pre-copy/rules.js';
import { QEMU_MACHINE, QemuPreCopy } from '../../models/migration/qemu.js';
import { SimGridPreCopy } from '../../models/migration/simgrid.js';
import { XEN_2005_SETTINGS, Xen2005PreCopy } from '../../models/migration/xen-2005.js';
import { XenPreCopy } from '../../models/migration/xen.js';
import type { MemorySpec, MigrationSpec, ResolvedScenario } from '../scenario/resolved.js';
import type { ZoneNetwork } from './zone-network.js';

const PAGE_BYTES = 4096;
const ENDINGS = { abort: 'abort', pause: 'pause', 'post-copy': 'post-copy', 'auto-converge': 'throttle' } as const;
/** Of SimGrid's rules: of the memory. */
const WORKING_SET = 0.9;

export class ZoneMigrations {
  readonly live: LiveMigrations;

  constructor(
    lane: Lane,
    private readonly plant: Plant,
    { links, transfers }: ZoneNetwork,
    private readonly scenario: ResolvedScenario,
  ) {
    this.live = new LiveMigrations(lane, plant, transfers, (from, to) => ({
      links: links.way(links.host(from), links.host(to), 'migration'),
      mostBitsPerSecond: links.memberBitsPerSecond(links.host(from), links.host(to), 'migration'),
    }));
  }

  /** For agents. */
  get port(): Migrations {
    const { live, plant, scenario } = this;
    return {
      start({ host: from, vm, to, limits }, done) {
        const domain = plant.domainOn(from, vm);
        if (domain === undefined) {
          done('no-such-vm');
          return -1;
        }
        return live.start({ vm, from, to }, progressOf(scenario, domain, limits), done);
      },
      cancel: (migration) => live.cancel(migration),
    };
  }
}

function progressOf({ migration, memory }: ResolvedScenario, domain: Domain, limits: MigrationLimits): Progress {
  const capBytesPerSecond = limits.bitsPerSecond === null ? Infinity : limits.bitsPerSecond / 8;
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
