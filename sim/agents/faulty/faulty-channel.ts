/**
 * One direction of messages, with faults. Guarantees that the fate of the n-th message depends on the seed, the channel's
 * name and n alone: each kind of chance has a stream of its own, and every message draws once from each that is in use.
 * A message that is not held up passes in the same instant.
 */
import { assert } from '../../base/assert.js';
import type { Stream, Streams } from '../../engine/streams.js';
import type { FaultRatios, ScriptedFault } from './fault-config.js';

export interface ChannelPorts<Message> {
  pass(message: Message): void;
  /** Has `arrive(slot)` called after the delay. */
  later(delayMicros: number, slot: number): void;
  /** How long a message is held up, for a uniform in [0, 1). */
  delayMicros(u: number): number;
}

type Purpose = 'drop' | 'duplicate' | 'delay' | 'delay-of-copy' | 'length' | 'length-of-copy';

export class FaultyChannel<Message> {
  private readonly draws = new Map<Purpose, Stream>();
  private readonly held: (Message | null)[] = [];
  private readonly freeSlots: number[] = [];
  private healed = false;

  constructor(
    private readonly ratios: FaultRatios,
    private readonly streams: Streams,
    private readonly name: string,
    private readonly ports: ChannelPorts<Message>,
  ) {
    for (const [what, ratio] of Object.entries(ratios))
      assert(ratio >= 0 && ratio <= 1, () => `${name}: ${what} is a share, not ${ratio}`);
  }

  /** Messages held up. */
  get pending(): number {
    return this.held.length - this.freeSlots.length;
  }

  /** `scripted`: what a script has for this message. */
  send(message: Message, scripted?: ScriptedFault['fault']): void {
    if (this.healed) return this.ports.pass(message);
    const chance = this.draw();
    const { drop, duplicate, delayMicros, copyDelayMicros } = scripted === undefined ? chance : fateOf(scripted);
    if (drop) return;
    this.passAfter(delayMicros, message);
    if (duplicate) this.passAfter(copyDelayMicros, message);
  }

  /** From now on nothing goes wrong; what is held up still comes. */
  heal(): void {
    this.healed = true;
  }

  arrive(slot: number): void {
    const message = this.held[slot];
    assert(message !== null && message !== undefined, () => `${this.name}: nothing held up in slot ${slot}`);
    this.held[slot] = null;
    this.freeSlots.push(slot);
    this.ports.pass(message);
  }

  private passAfter(delayMicros: number, message: Message): void {
    if (delayMicros === 0) return this.ports.pass(message);
    const slot = this.freeSlots.pop() ?? this.held.length;
    this.held[slot] = message;
    this.ports.later(delayMicros, slot);
  }

  private draw(): Fate {
    const { dropRatio, duplicateRatio, delayRatio } = this.ratios;
    return {
      drop: this.happens('drop', dropRatio),
      duplicate: this.happens('duplicate', duplicateRatio),
      delayMicros: this.delay('delay', 'length'),
      copyDelayMicros: duplicateRatio > 0 && delayRatio > 0 ? this.delay('delay-of-copy', 'length-of-copy') : 0,
    };
  }

  private delay(whether: Purpose, howLong: Purpose): number {
    const { delayRatio } = this.ratios;
    if (delayRatio === 0) return 0;
    const u = this.stream(howLong).next();
    return this.happens(whether, delayRatio) ? this.ports.delayMicros(u) : 0;
  }

  private happens(purpose: Purpose, ratio: number): boolean {
    return ratio > 0 && this.stream(purpose).next() < ratio;
  }

  private stream(purpose: Purpose): Stream {
    let stream = this.draws.get(purpose);
    if (stream === undefined) {
      stream = this.streams.stream(`faults/${this.name}/${purpose}`);
      this.draws.set(purpose, stream);
    }
    return stream;
  }
}

interface Fate {
  drop: boolean;
  duplicate: boolean;
  delayMicros: number;
  copyDelayMicros: number;
}

function fateOf(fault: ScriptedFault['fault']): Fate {
  return {
    drop: fault === 'drop',
    duplicate: fault === 'duplicate',
    delayMicros: typeof fault === 'object' ? fault.delayMicros : 0,
    copyDelayMicros: 0,
  };
}
