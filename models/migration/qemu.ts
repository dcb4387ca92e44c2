/**
 * Pre-copy by QEMU's rules.
 *
 *   theta = B L      a pass sends until pending pages times 4096 <= theta, in whole windows of W; then the bitmap is synchronised;
 *   pending pages times 4096 < theta stops the guest, what is left goes with the cap lifted, downtime = left / R + t_s
 *
 *   B  bandwidth of the pass [bytes/s]: min(b cap, R), less where pages are scanned slower than sent      L  downtime limit [s]
 *   R  what the network gives [bytes/s]      W  0.1 s under a cap, 0.05 s without      t_s  device state and resumption [s]
 *   wire bytes: 4104 a page, 9 a page of zeros, 4106.5 and 9 by several channels; a page takes at least c seconds to look at
 *
 * Auto-converge: at a synchronisation more than 1 s after the last check, where more than half of what was sent has become dirty
 * again, for the second time: the guest is slowed by 20 %, then by 10 % more each time, to 99 % at most.
 * Post-copy: when its time comes the guest goes over with the state of its devices, pending pages follow it.
 *
 * Source: QEMU 8.2.7, migration/ram.c, migration.c, options.c. Set-up 3 ms and 0.26 ms a GiB, a fit to published runs of 2 to 16 GiB
 * and 1 TiB; t_s 20 ms and 0.25 ms a GiB, an assumption within published ones; c 0.25 us (x86, nearly all pages zero).
 * Valid range: 16 MiB to TiB of memory in pages of 4 KiB. Ignored: XBZRLE and other compression, free page hinting, huge pages that
 * are not split, VFIO, memory that is hot-plugged.
 */
import { assert } from '../../sim/base/assert.js';
import type { MigratedMemory, PageCounts } from './pre-copy/memory.js';
import type { Ending, Guest, Outcome, Progress, RoundRecord, Step } from './pre-copy/rules.js';

export interface QemuSettings {
  /** Infinity: none but the network's. */
  readonly capBytesPerSecond: number;
  readonly downtimeLimitSeconds: number;
  /** 1: none beside the main one. */
  readonly channels: number;
  readonly ending: Ending;
}

/** What differs from machine to machine. */
export interface QemuMachine {
  /** What a cap gives, of what it says. */
  readonly capRatio: number;
  /** To look at a page. */
  readonly scanSeconds: number;
  readonly setupSeconds: number;
  readonly setupSecondsPerGiB: number;
  /** Device state and resumption. */
  readonly switchOverSeconds: number;
  readonly switchOverSecondsPerGiB: number;
  /** Sent and not yet there when the guest stops, without a cap: buffers of sockets. */
  readonly bufferedBytes: number;
}

export const QEMU_SETTINGS: QemuSettings = {
  capBytesPerSecond: 128 * 1024 * 1024,
  downtimeLimitSeconds: 0.3,
  channels: 1,
  ending: { rule: 'never', afterSeconds: 0 },
};

export const QEMU_MACHINE: QemuMachine = {
  ...{ capRatio: 1, scanSeconds: 0.25e-6 },
  ...{ setupSeconds: 0.003, setupSecondsPerGiB: 0.00026 },
  ...{ switchOverSeconds: 0.02, switchOverSecondsPerGiB: 0.00025, bufferedBytes: 0 },
};

const PAGE_BYTES = 4096;
export const FULL_PAGE_BYTES = 4104;
export const ZERO_PAGE_BYTES = 9;
/** Packets of 128 pages with a header of 320 bytes and 8 a page. */
const FULL_PAGE_BYTES_BY_CHANNELS = 4096 + 8 + 320 / 128;
const CAP_WINDOW_SECONDS = 0.1;
const WINDOW_SECONDS = 0.05;
const THROTTLE_CHECK_SECONDS = 1;
const [FIRST_THROTTLE, MORE_THROTTLE, MOST_THROTTLE] = [0.2, 0.1, 0.99];
const GIB = 1024 * 1024 * 1024;

type Phase = 'new' | 'set-up' | 'pass' | 'last-pass' | 'switch-over' | 'post-copy-switch' | 'post-copy' | 'ended';

export class QemuPreCopy implements Progress {
  readonly rounds: RoundRecord[] = [];
  private phase: Phase = 'new';
  private elapsed = 0;
  private throttle = 0;
  private reason: Outcome = 'converged';
  /** Of the pass under way: what it sends, when it began, what is on the wire of it. */
  private pages: PageCounts = { full: 0, zero: 0 };
  private passSeconds = 0;
  private passBytes = 0;
  private check = { atSeconds: 0, sentBytes: 0, dirtyBytes: 0, hits: 0 };

  constructor(
    private readonly memory: MigratedMemory,
    private readonly settings: QemuSettings,
    private readonly machine: QemuMachine,
  ) {}

  get speedRatio(): number {
    return 1 - this.throttle;
  }

  next(seconds: number, bytesPerSecond: number): Step {
    this.elapsed += seconds;
    switch (this.phase) {
      case 'new':
        this.phase = 'set-up';
        return this.wait(this.machine.setupSeconds + this.gib * this.machine.setupSecondsPerGiB, 'source');
      case 'set-up':
        this.check.atSeconds = this.elapsed;
        return this.pass(bytesPerSecond);
      case 'pass':
        this.memory.run(seconds, this.speedRatio);
        this.passSeconds += seconds;
        return this.passEnded(bytesPerSecond);
      case 'last-pass':
        this.record(seconds, this.passBytes);
        this.phase = 'switch-over';
        return this.wait(this.switchOverSeconds, 'nowhere');
      case 'post-copy-switch':
        this.phase = 'post-copy';
        return this.rest('destination', bytesPerSecond);
      case 'post-copy':
        this.record(seconds, this.passBytes);
        return this.end('post-copy');
      case 'switch-over':
        return this.end(this.reason);
      case 'ended':
        throw new Error('a migration that has ended has no next step');
    }
  }

  private pass(bytesPerSecond: number): Step {
    this.phase = 'pass';
    const { memory } = this;
    const { cost, window } = this.pace(bytesPerSecond);
    const left = memory.until(0);
    const wireBytes = this.wire(left);
    const leftSeconds = left.full * cost.full + left.zero * cost.zero;
    const bandwidth = leftSeconds > 0 ? wireBytes / leftSeconds : bytesPerSecond;
    const threshold = bandwidth * this.settings.downtimeLimitSeconds;
    const due = memory.until(threshold / PAGE_BYTES);
    const dueSeconds = due.full * cost.full + due.zero * cost.zero;
    // Whole windows, but for the end that the scenario sets.
    const whole = Math.ceil(dueSeconds / window - 1e-9) * window;
    const { ending } = this.settings;
    const untilEnd =
      ending.rule === 'never' || ending.rule === 'throttle' ? Infinity : ending.afterSeconds - this.elapsed;
    const budget = Math.max(0, Math.min(whole, untilEnd, leftSeconds));
    this.pages = memory.send(budget, cost);
    this.passSeconds = 0;
    this.passBytes = this.wire(this.pages);
    return {
      kind: 'send',
      bytes: this.passBytes,
      capBytesPerSecond: this.passBytes / budget || Infinity,
      guest: 'source',
    };
  }

  private passEnded(bytesPerSecond: number): Step {
    const { memory, settings } = this;
    const { ending } = settings;
    const { cost } = this.pace(bytesPerSecond);
    const fresh = memory.sync();
    this.record(this.passSeconds, this.passBytes);
    const bandwidth = this.passSeconds > 0 ? this.passBytes / this.passSeconds : this.fullPageBytes / cost.full;
    const pendingBytes = memory.pendingPages * PAGE_BYTES;
    if (pendingBytes <= bandwidth * settings.downtimeLimitSeconds) return this.lastPass('converged', bytesPerSecond);
    const over = this.elapsed >= ending.afterSeconds - 1e-9;
    if (over && ending.rule === 'abort') return this.end('aborted');
    if (over && ending.rule === 'pause') return this.lastPass('paused', bytesPerSecond);
    if (over && ending.rule === 'post-copy') {
      this.phase = 'post-copy-switch';
      return this.wait(this.switchOverSeconds, 'nowhere');
    }
    if (over && ending.rule === 'throttle') this.converge(fresh * PAGE_BYTES);
    return this.pass(bytesPerSecond);
  }

  private converge(dirtyBytes: number): void {
    const { check } = this;
    check.sentBytes += this.passBytes;
    check.dirtyBytes += dirtyBytes;
    if (this.elapsed - check.atSeconds <= THROTTLE_CHECK_SECONDS) return;
    if (check.dirtyBytes > check.sentBytes / 2 && ++check.hits === 2) {
      check.hits = 0;
      const more = this.throttle === 0 ? FIRST_THROTTLE : MORE_THROTTLE;
      this.throttle = Math.min(MOST_THROTTLE, this.throttle + more);
    }
    Object.assign(check, { atSeconds: this.elapsed, sentBytes: 0, dirtyBytes: 0 });
  }

  /** With the guest stopped: uncapped, but where somebody else than QEMU has paused it. */
  private lastPass(reason: Outcome, bytesPerSecond: number): Step {
    this.reason = reason;
    this.phase = 'last-pass';
    return this.rest('nowhere', bytesPerSecond, reason === 'paused');
  }

  private rest(guest: Guest, bytesPerSecond: number, capped = false): Step {
    const cost = capped ? this.pace(bytesPerSecond).cost : null;
    this.pages = this.memory.send(Infinity, { full: 1, zero: 1 });
    const cap = this.settings.capBytesPerSecond;
    const buffered = cap === Infinity && guest === 'nowhere' ? this.machine.bufferedBytes : 0;
    this.passBytes = this.wire(this.pages);
    return {
      kind: 'send',
      bytes: this.passBytes + buffered,
      capBytesPerSecond:
        cost === null
          ? Infinity
          : this.passBytes / (this.pages.full * cost.full + this.pages.zero * cost.zero) || Infinity,
      guest,
    };
  }

  /** Seconds a page, and seconds between two looks at what is left. */
  private pace(bytesPerSecond: number): { cost: PageCounts; window: number } {
    const { capBytesPerSecond } = this.settings;
    const { capRatio, scanSeconds } = this.machine;
    const capped = capBytesPerSecond * capRatio;
    const bandwidth = Math.min(capped, bytesPerSecond);
    assert(bandwidth > 0, () => `a migration is planned at ${bandwidth} bytes per second`);
    return {
      cost: {
        full: Math.max(this.fullPageBytes / bandwidth, scanSeconds),
        zero: Math.max(ZERO_PAGE_BYTES / bandwidth, scanSeconds),
      },
      window: capped <= bytesPerSecond ? CAP_WINDOW_SECONDS : WINDOW_SECONDS,
    };
  }

  private record(seconds: number, bytes: number): void {
    const { pages, memory, speedRatio } = this;
    this.rounds.push({ seconds, bytes, pages, pendingPages: memory.pendingPages, speedRatio });
  }

  private end(outcome: Outcome): Step {
    this.phase = 'ended';
    return { kind: 'end', outcome };
  }

  private wait(seconds: number, guest: Guest): Step {
    return { kind: 'wait', seconds, guest };
  }

  private wire({ full, zero }: PageCounts): number {
    return full * this.fullPageBytes + zero * ZERO_PAGE_BYTES;
  }

  private get fullPageBytes(): number {
    return this.settings.channels > 1 ? FULL_PAGE_BYTES_BY_CHANNELS : FULL_PAGE_BYTES;
  }

  private get gib(): number {
    return (this.memory.pages * PAGE_BYTES) / GIB;
  }

  private get switchOverSeconds(): number {
    return this.machine.switchOverSeconds + this.gib * this.machine.switchOverSecondsPerGiB;
  }
}
