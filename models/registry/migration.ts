/** The models of migration, as the registry has them. */
import type { ModelCard } from './card.js';

export const MIGRATION_MODELS: readonly ModelCard[] = [
  {
    name: 'dirty-pages',
    file: 'migration/dirty-pages.ts',
    equation:
      'U(t) = sum over classes of S (1 - exp(-r t / S)) where pages are written at random, min(r t, S) where in order; different pages',
    source:
      'occupancy of S cells by Poisson touches; hot and cold pages and the writable working set: Clark et al., NSDI 2005, section 4',
    range: 'S, r, t >= 0; touches of a class independent of each other, or in order of addresses',
    ignores: 'phases of a guest, bursts, pages that change class',
  },
  {
    name: 'pre-copy',
    file: 'migration/predict.ts',
    parts: 'migration/pre-copy',
    equation:
      "total = sum of n / min(R, cap) and of the rules' waits; downtime = those while the guest runs nowhere; pending' = p + U (1 - p / S), or page by page",
    source: 'expectation, or a bitmap as QEMU 8.2.7 keeps it (migration/ram.c)',
    range: 'R > 0; in closed form: what is pending and what is written have nothing to do with each other',
    ignores: 'other traffic (in a run it is there), where pages of a guest really lie',
  },
  {
    name: 'qemu',
    file: 'migration/qemu.ts',
    equation:
      'theta = B L; a pass ends at 4096 pending <= theta, in windows of 0.1 s (cap) or 0.05 s; downtime = left / R + t_s; 4104 B a page, 9 B of zeros, 4106.5 B by channels, at least c s each',
    source:
      'QEMU 8.2.7, migration/ram.c, migration.c, options.c, cpu-throttle.c; set-up 3 ms + 0.26 ms/GiB (fit to published runs), t_s = 20 ms + 0.25 ms/GiB (assumption), c = 0.25 us (published scans)',
    range: 'pages of 4 KiB; dirty rate outside 0.85 to 1.0 of the bandwidth, where luck decides',
    ignores: 'compression, free page hinting, huge pages that are not split, VFIO',
  },
  {
    name: 'xen',
    file: 'migration/xen.ts',
    equation:
      'each round sends what is dirty; stop at < 50 pages or after 5 rounds; downtime = left / R + 9 ms; 4104 B a page',
    source: 'Xen, tools/libs/guest/xg_sr_save.c; resumption: Clark et al., NSDI 2005',
    range: 'pages of 4 KiB',
    ignores: 'set-up, pages that are not populated',
  },
  {
    name: 'xen-2005',
    file: 'migration/xen-2005.ts',
    equation:
      "b = 100 Mbit/s first, then last round's dirty rate + 50 Mbit/s; stop past 500 Mbit/s, < 256 KB, 29 rounds or 3 times the memory; pages written by their turn wait",
    source: 'Clark et al., NSDI 2005, section 5.3; the last two limits from memory',
    range: 'pages of 4 KiB',
    ignores: 'set-up, stunned processes, freed pages',
  },
  {
    name: 'disk-migration',
    file: 'migration/disk.ts',
    equation:
      'pass n sends what the pass before left dirty, b(n+1) = G U(t) with G = 64 KiB; mirror: in sync once b <= 16 MiB, then memory has R - min(G w, R / 2); snapshot: once b <= R L, what is written while memory is copied goes with the guest stopped',
    source:
      'QEMU block/mirror.c (16 MiB in flight, so 16 MiB a round trip at most; bitmap of 64 KiB); snapshots as VMware ESX 4.0 (Mashtizadeh et al., USENIX ATC 2011); that disk and memory share the way is an assumption',
    range: 'disks of MiB and more, writes spread evenly over the disk',
    ignores: 'sparse blocks, hot spots, what copying costs operations on the storage servers, room that snapshots take',
  },
  {
    name: 'simgrid-migration',
    file: 'migration/simgrid.ts',
    equation:
      'send V; while floor(0.03 b / t) < v = min(floor(d t), W) send v; stop, send v, resume in no time; bytes, seconds',
    source: 'SimGrid 3.32, src/plugins/vm/VmLiveMigration.cpp; 400 answers of a storm held equal',
    range: 'd below the bandwidth',
    ignores: 'pages, compression, set-up, switch-over, all that it ignores',
  },
];
