/** Frames under way, by number, used again when the last copy has arrived: nothing is allocated in the steady state. */
import { assert } from '../../base/assert.js';

export const NOBODY = -1;
/** In place of a receiver. */
export const EVERYBODY = -2;

export type FrameType = 'data' | 'request' | 'reply' | 'discovery';

export interface Frame {
  from: number;
  /** A station, or EVERYBODY. */
  to: number;
  type: FrameType;
  /** Of a request and its reply: the place of the peer at who asks. */
  slot: number;
  /** Of a request: the station that has the address, or NOBODY. */
  target: number;
  /** Events still to come. */
  copies: number;
}

export class FramePool {
  private readonly frames: Frame[] = [];
  private readonly free: number[] = [];

  /** With one copy under way. */
  take(from: number, to: number, type: FrameType, slot: number, target: number): number {
    const number = this.free.pop() ?? this.frames.length;
    const frame = this.frames[number];
    if (frame === undefined) this.frames.push({ from, to, type, slot, target, copies: 1 });
    else {
      frame.from = from;
      frame.to = to;
      frame.type = type;
      frame.slot = slot;
      frame.target = target;
      frame.copies = 1;
    }
    return number;
  }

  get(number: number): Frame {
    return this.frames[number]!;
  }

  /** A copy has arrived, and what it led to is under way. */
  arrived(number: number): void {
    const frame = this.frames[number]!;
    assert(frame.copies > 0, () => `frame ${number} arrived once more than it was sent`);
    if (--frame.copies === 0) this.free.push(number);
  }

  get underWay(): number {
    return this.frames.length - this.free.length;
  }
}
