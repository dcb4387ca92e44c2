/** Guest VLANs on the trunks of a zone's switches now, counted on the bridges that stand. */
import type { Plant } from '../datacenter/plant.js';
import type { ZoneSpec } from '../scenario/resolved.js';

export interface TrunkUse {
  /** Guest VLANs active on the switch. */
  readonly vlans: number;
  /** Sum over its ports of the guest VLANs carried. */
  readonly virtualPorts: number;
}

/** Of pod switches in the order of the pods, and of the zone switch. */
export function trunkUse(plant: Plant, { pods, trunks, vlanScope }: ZoneSpec): { pods: TrunkUse[]; zone: TrunkUse } {
  const active = pods.map(() => new Set<number>());
  const bridges = pods.map(() => 0);
  for (const { host, network } of plant.bridges.all()) {
    const { pod } = plant.config.hosts[host]!;
    active[pod]!.add(network);
    bridges[pod]!++;
  }
  const inZone = new Set(active.flatMap((networks) => [...networks])).size;
  const uses = pods.map(({ hosts }, pod): TrunkUse => {
    // Unpruned, a switch carries all that the zone has, where IDs are the zone's.
    const vlans = trunks === 'unpruned' && vlanScope === 'zone' ? inZone : active[pod]!.size;
    return { vlans, virtualPorts: vlans + (trunks === 'unpruned' ? hosts.length * vlans : bridges[pod]!) };
  });
  const carried = uses.reduce((sum, { vlans }) => sum + vlans, 0);
  return { pods: uses, zone: { vlans: vlanScope === 'pod' ? 0 : inZone, virtualPorts: carried } };
}
