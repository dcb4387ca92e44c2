/** What each agent has in hand and what waits for it, where agents work on so many commands at once and no more. */
export class Desk {
  private readonly inHand = new Map<number, number>();
  private readonly waiting = new Map<number, number[]>();

  constructor(private readonly atOnce: number) {}

  isFull(agent: number): boolean {
    return (this.inHand.get(agent) ?? 0) >= this.atOnce;
  }

  begun(agent: number): void {
    this.inHand.set(agent, (this.inHand.get(agent) ?? 0) + 1);
  }

  ended(agent: number): void {
    this.inHand.set(agent, this.inHand.get(agent)! - 1);
  }

  /** In order of arrival. */
  queue(agent: number, slot: number): void {
    const line = this.waiting.get(agent);
    if (line) line.push(slot);
    else this.waiting.set(agent, [slot]);
  }

  next(agent: number): number | undefined {
    return this.waiting.get(agent)?.shift();
  }
}
