/**
 * A disk that comes along with a VM that is migrated live, before its memory and while that is copied.
 *
 *   pass n sends what the pass before left dirty: b_1 = C, b_(n+1) = G U(t_n), t_n = b_n / R, R <= F / T
 *   mirror:    in sync once b <= F; from then on each write goes out as it comes, so memory has R - min(G w, R / 2)
 *   snapshot:  copied anew until b / R <= L; what is written while memory is copied goes with the guest stopped, downtime + G U(t_mem) / R
 *
 *   C  bytes of the disk      G  granule, 64 KiB      U(t)  different granules written in t seconds (dirty-pages.ts, one random class)
 *   w  granules written a second      R  what the network gives [bytes/s]      F  16 MiB in flight      T  round-trip time [s]
 *   L  downtime limit [s]
 *
 * Source: mirror: QEMU block/mirror.c, read (16 requests of 1 MiB in flight, dirty bitmap of 64 KiB, a granule is sent whole; copy mode
 * background); disk and memory share the way, an assumption. Snapshot: passes as VMware ESX 4.0 had them (Mashtizadeh et al., USENIX ATC
 * 2011, section 3.1).
 * Valid range: disks of MiB and more, writes spread evenly over the disk.
 * Ignored: sparse blocks (all of C is copied), hot spots, what reading and writing the disk costs its server's operations, room that
 * snapshots take.
 */
import { PageClasses } from './pre-copy/page-classes.js';
import type { Progress, RoundRecord, Step } from './pre-copy/rules.js';

export interface DiskSettings {
  readonly bytes: number;
  readonly writesPerSecond: number;
  readonly bytesPerWrite: number;
  readonly how: 'mirror' | 'snapshot';
  /** Infinity: none but the network's. */
  readonly capBytesPerSecond: number;
  /** Between the two hosts; 0: nothing holds it back. */
  readonly roundTripSeconds: number;
  readonly downtimeLimitSeconds: number;
  /** Not through by then, it is given up. */
  readonly timeoutSeconds: number;
}

export const GRANULE_BYTES = 65_536;
export const IN_FLIGHT_BYTES = 16 * 1024 * 1024;

/** First the disk, then memory by its own rules. */
export class DiskThenMemory implements Progress {
  readonly diskPasses: RoundRecord[] = [];
  private readonly disk: PageClasses;
  private readonly granulesPerSecond: number;
  private phase: 'passes' | 'memory' | 'last' = 'passes';
  private elapsed = 0;
  private passBytes = 0;
  /** What memory's rules are to do next, once the last of the disk is over. */
  private due: Step | null = null;
  private isLastSent = false;

  constructor(
    private readonly memory: Progress,
    private readonly settings: DiskSettings,
  ) {
    const { bytes, writesPerSecond, bytesPerWrite } = settings;
    const granules = Math.ceil(bytes / GRANULE_BYTES);
    this.granulesPerSecond = writesPerSecond * Math.max(1, bytesPerWrite / GRANULE_BYTES);
    this.disk = new PageClasses(granules, 0, [
      { pages: granules, writesPerSecond: this.granulesPerSecond, pattern: 'random', mostWritesPerSecond: Infinity },
    ]);
  }

  get rounds(): readonly RoundRecord[] {
    return this.memory.rounds;
  }

  get speedRatio(): number {
    return this.memory.speedRatio;
  }

  /** The next step is the disk's: on its way, not on memory's. */
  get sendsDisk(): boolean {
    return this.phase !== 'memory';
  }

  next(seconds: number, bytesPerSecond: number): Step {
    switch (this.phase) {
      case 'passes':
        return this.passes(seconds, bytesPerSecond);
      case 'memory':
        return this.memorys(seconds, bytesPerSecond);
      case 'last':
        return this.last(seconds);
    }
  }

  private passes(seconds: number, bytesPerSecond: number): Step {
    const { settings, disk } = this;
    if (this.passBytes > 0) {
      this.elapsed += seconds;
      disk.run(seconds, 1);
      this.record(seconds);
      if (disk.pendingPages * GRANULE_BYTES <= this.enough(bytesPerSecond)) {
        this.phase = 'memory';
        return { kind: 'wait', seconds: 0, guest: 'source' };
      }
      if (this.elapsed >= settings.timeoutSeconds) return { kind: 'end', outcome: 'aborted' };
    }
    const most = this.rate(bytesPerSecond) * Math.max(0, settings.timeoutSeconds - this.elapsed);
    return this.send(Math.min(disk.pendingPages * GRANULE_BYTES, Math.max(most, GRANULE_BYTES)), 'source');
  }

  /** What may be left when memory's turn comes. */
  private enough(bytesPerSecond: number): number {
    const { how, downtimeLimitSeconds } = this.settings;
    return how === 'mirror' ? IN_FLIGHT_BYTES : this.rate(bytesPerSecond) * downtimeLimitSeconds;
  }

  private memorys(seconds: number, bytesPerSecond: number): Step {
    const { how } = this.settings;
    this.disk.run(seconds, 1);
    // Two streams on one way: neither takes more than half from the other.
    const wanted = Math.min(this.granulesPerSecond * GRANULE_BYTES, bytesPerSecond / 2);
    const writes = how === 'mirror' && !this.isLastSent ? wanted : 0;
    const left = bytesPerSecond - writes;
    const step = this.memory.next(seconds, left);
    if (step.kind === 'end' && step.outcome === 'aborted') return step;
    if (!this.isLastSent && (step.kind === 'end' || step.guest !== 'source')) {
      this.isLastSent = true;
      if (how === 'snapshot') {
        this.due = step;
        this.phase = 'last';
        this.disk.sync();
        return this.send(this.disk.pendingPages * GRANULE_BYTES, 'nowhere');
      }
    }
    if (step.kind !== 'send' || step.guest !== 'source' || writes === 0) return step;
    // Beside it goes what the guest writes to its disk.
    const beside = 1 + writes / Math.min(step.capBytesPerSecond, left);
    return { ...step, bytes: step.bytes * beside, capBytesPerSecond: step.capBytesPerSecond * beside };
  }

  private last(seconds: number): Step {
    this.record(seconds, 0);
    this.phase = 'memory';
    return this.due!;
  }

  private send(bytes: number, guest: 'source' | 'nowhere'): Step {
    this.passBytes = bytes;
    this.disk.send(bytes, { full: GRANULE_BYTES, zero: 0 });
    return { kind: 'send', bytes, capBytesPerSecond: this.rate(Infinity), guest };
  }

  private record(seconds: number, speedRatio = this.speedRatio): void {
    const { disk, passBytes: bytes } = this;
    disk.sync();
    const pages = { full: bytes / GRANULE_BYTES, zero: 0 };
    this.diskPasses.push({ seconds, bytes, pages, pendingPages: disk.pendingPages, speedRatio });
  }

  private rate(bytesPerSecond: number): number {
    const { capBytesPerSecond, roundTripSeconds } = this.settings;
    const most = roundTripSeconds > 0 ? IN_FLIGHT_BYTES / roundTripSeconds : Infinity;
    return Math.min(bytesPerSecond, capBytesPerSecond, most);
  }
}
