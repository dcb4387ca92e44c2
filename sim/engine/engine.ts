/**
 * The engine: lanes of simulated time, run in the order of their earliest events. It knows nothing of clouds. Guarantees
 * that a lane never gets a message for a time that it has passed.
 */
import { assert } from '../base/assert.js';
import { Digest } from './digest.js';
import { Lane } from './lane.js';

export class Engine {
  readonly lanes: Lane[] = [];
  private clock = 0;

  /** A lane that starts at the time the others have reached. Lanes are ordered as they are added. */
  addLane(name: string): Lane {
    assert(!this.lanes.some((lane) => lane.name === name), () => `two lanes named ${name}`);
    const lane = new Lane(name, this.lanes.length);
    lane.passTo(this.clock);
    this.lanes.push(lane);
    return lane;
  }

  /** Events dispatched in all lanes. */
  get events(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.events, 0);
  }

  /**
   * Runs every event with time up to `untilMicros`; afterwards it is that time in every lane. With `atMost` it comes back
   * after about so many events: false where there are more, to be called again.
   */
  run(untilMicros: number, atMost = Infinity): boolean {
    assert(Number.isSafeInteger(untilMicros), () => `run until ${untilMicros}: no integer count of microseconds`);
    for (let left = atMost; ;) {
      if (left <= 0) return false;
      let first: Lane | null = null;
      let firstTime = Infinity;
      let secondTime = Infinity;
      for (const lane of this.lanes) {
        const time = lane.nextTime();
        if (time < firstTime) {
          secondTime = firstTime;
          firstTime = time;
          first = lane;
        } else if (time < secondTime) secondTime = time;
      }
      if (first === null || firstTime > untilMicros) break;
      // As far as no other lane has anything earlier; a message that it sends makes it stop earlier still.
      const before = first.events;
      first.runUntil(Math.min(secondTime, untilMicros), left);
      left -= first.events - before;
    }
    for (const lane of this.lanes) lane.passTo(untilMicros);
    this.clock = untilMicros;
    return true;
  }

  /** 16 hex digits: the lanes' digests in their order. */
  digest(): string {
    return Digest.combine(this.lanes.map((lane) => lane.digest()));
  }
}
