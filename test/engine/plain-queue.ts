/** What the event queue must do, done in the plainest way: an array, sorted when the next event is wanted. */
export interface PlainEvent {
  time: number;
  phase: number;
  sequence: number;
  id: number;
}

export class PlainQueue {
  private sequence = 0;
  private sorted = true;
  /** The earliest last. */
  private readonly events: PlainEvent[] = [];

  get size(): number {
    return this.events.length;
  }

  add(time: number, phase: number, id: number): void {
    this.events.push({ time, phase, sequence: this.sequence++, id });
    this.sorted = false;
  }

  /** False where there is none. */
  remove(id: number): boolean {
    const at = this.events.findIndex((event) => event.id === id);
    if (at >= 0) this.events.splice(at, 1);
    return at >= 0;
  }

  /** Takes the earliest. */
  take(): PlainEvent | undefined {
    if (!this.sorted) {
      this.events.sort((one, other) => later(one, other));
      this.sorted = true;
    }
    return this.events.pop();
  }

  find(id: number): PlainEvent | undefined {
    return this.events.find((event) => event.id === id);
  }

  /** The ids of pending events, in no order that means anything. */
  ids(): number[] {
    return this.events.map(({ id }) => id);
  }
}

function later(one: PlainEvent, other: PlainEvent): number {
  return other.time - one.time || other.phase - one.phase || other.sequence - one.sequence;
}
