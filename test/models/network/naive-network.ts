/**
 * Transfers the plain way, to hold the solver against: at every event all rates from scratch, every flow moved on by rate times
 * time. Shares no code with the solver, nor with max-min.ts: all rates rise together until a link or cap stops somebody.
 */
export interface NaiveFlow {
  name: string;
  links: number[];
  bits: number;
  weight: number;
  cap: number;
  guarantee: number;
}

interface Active extends NaiveFlow {
  left: number;
  rate: number;
}

export class NaiveNetwork {
  now = 0;
  readonly flows = new Map<string, Active>();
  /** Exact ends by flow. */
  readonly ends = new Map<string, number>();
  readonly carried: number[];

  constructor(readonly capacities: number[]) {
    this.carried = capacities.map(() => 0);
  }

  start(flow: NaiveFlow): void {
    if (flow.bits === 0 || (flow.links.length === 0 && flow.cap === Infinity)) this.ends.set(flow.name, this.now);
    else this.flows.set(flow.name, { ...flow, links: [...new Set(flow.links)], left: flow.bits, rate: 0 });
  }

  advance(to: number): void {
    for (;;) {
      naiveRates(this.capacities, [...this.flows.values()]);
      let next = to;
      for (const { left, rate } of this.flows.values()) if (rate > 0) next = Math.min(next, this.now + left / rate);
      this.pass(next - this.now);
      this.now = next;
      let ended = false;
      for (const [name, flow] of this.flows)
        if (flow.left <= 1e-9 * flow.bits + 1e-12 * flow.rate) {
          this.flows.delete(name);
          this.ends.set(name, next);
          ended = true;
        }
      if (!ended && next === to) return;
    }
  }

  private pass(seconds: number): void {
    for (const flow of this.flows.values()) {
      flow.left -= flow.rate * seconds;
      for (const link of flow.links) this.carried[link]! += flow.rate * seconds;
    }
  }
}

export function naiveRates(capacities: readonly number[], flows: readonly Active[]): void {
  const promised = capacities.map(() => 0);
  for (const { links, guarantee } of flows) for (const link of links) promised[link]! += guarantee;
  const left = [...capacities];
  for (const flow of flows) {
    let scale = Math.min(1, flow.guarantee > 0 ? flow.cap / flow.guarantee : 1);
    for (const link of flow.links)
      if (promised[link]! > capacities[link]!) scale = Math.min(scale, capacities[link]! / promised[link]!);
    flow.rate = flow.guarantee * scale;
    for (const link of flow.links) left[link]! -= flow.rate;
  }
  const rising = new Set(flows.filter(({ rate, cap }) => rate < cap * (1 - 1e-12)));
  const full = capacities.map((capacity, link) => left[link]! <= 1e-12 * capacity);
  for (const flow of rising) if (flow.links.some((link) => full[link])) rising.delete(flow);
  while (rising.size > 0) {
    const weights = capacities.map(() => 0);
    for (const { links, weight } of rising) for (const link of links) weights[link]! += weight;
    let step = Infinity;
    for (const [link, weight] of weights.entries()) if (weight > 0) step = Math.min(step, left[link]! / weight);
    for (const { rate, cap, weight } of rising) step = Math.min(step, (cap - rate) / weight);
    for (const flow of rising) {
      flow.rate += step * flow.weight;
      for (const link of flow.links) left[link]! -= step * flow.weight;
    }
    for (const [link, capacity] of capacities.entries()) full[link] = left[link]! <= 1e-12 * capacity;
    for (const flow of rising)
      if (flow.rate >= flow.cap * (1 - 1e-12) || flow.links.some((link) => full[link])) rising.delete(flow);
  }
}
