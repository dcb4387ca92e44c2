/**
 * Links that are asked for more than they have, as samples see them: how many now, and of each the moment when most was asked
 * of it, with what its customers asked and what each gets where they share it max-min fairly. What operations on disks
 * take of it goes first; transfers take what is left, and overload nothing.
 */
import { maxMinRates } from '../../models/network/max-min.js';
import type { OverloadRow } from '../store/network-types.js';
import type { ZoneNetwork } from './zone-network.js';

/** Above the capacity by more than rounding. */
const ROUNDING = 1 + 1e-9;

interface Worst {
  readonly atMicros: number;
  readonly asked: number;
  readonly others: number;
  /** By guest network. */
  readonly customers: ReadonlyMap<number, number>;
}

export class Overloads {
  now = 0;
  private readonly worst = new Map<number, Worst>();

  constructor(private readonly network: ZoneNetwork) {}

  /** Links that ever were. */
  get count(): number {
    return this.worst.size;
  }

  /** `counts`: not in the warm-up. */
  look(atMicros: number, guest: Float64Array, storage: Float64Array, counts: boolean): void {
    const { capacityBitsPerSecond } = this.network.links.topology;
    this.now = 0;
    const worse: number[] = [];
    for (let link = 0; link < guest.length; link++) {
      const asked = guest[link]! + storage[link]!;
      if (asked <= capacityBitsPerSecond[link]! * ROUNDING) continue;
      this.now++;
      const before = this.worst.get(link);
      if (before === undefined || asked > before.asked + before.others) worse.push(link);
    }
    if (counts && worse.length > 0) this.note(atMicros, worse, guest, storage);
  }

  /** In the order of the links, customers by what they asked, most first. */
  rows(): OverloadRow[] {
    const { links, names, zone } = this.network;
    return [...this.worst]
      .sort(([a], [b]) => a - b)
      .flatMap(([link, { atMicros, asked, others, customers }]) => {
        const { name, capacityBitsPerSecond } = links.topology.link(link);
        const claims = [...customers].sort(([a, x], [b, y]) => y - x || a - b);
        const gets = maxMinRates(
          [Math.max(0, capacityBitsPerSecond - others)],
          claims.map(([, capBitsPerSecond]) => ({ links: [0], capBitsPerSecond })),
        );
        return claims.map(([network, accountAskedBitsPerSecond], at): OverloadRow => ({
          zone: zone.name,
          link: name,
          atMicros,
          capacityBitsPerSecond,
          askedBitsPerSecond: asked,
          othersBitsPerSecond: others,
          ...names.get(network)!,
          accountAskedBitsPerSecond,
          accountGetsBitsPerSecond: gets[at]!,
        }));
      });
  }

  private note(atMicros: number, links: readonly number[], guest: Float64Array, storage: Float64Array): void {
    const customers = new Map(links.map((link) => [link, new Map<number, number>()]));
    for (const network of this.network.guest?.allNetworks() ?? [])
      this.network.addLoadsOf(network, (link, bitsPerSecond) => {
        const there = customers.get(link);
        if (there !== undefined && bitsPerSecond > 0) there.set(network, (there.get(network) ?? 0) + bitsPerSecond);
      });
    for (const [link, asking] of customers)
      this.worst.set(link, { atMicros, asked: guest[link]!, others: storage[link]!, customers: asking });
  }
}
