/** What a zone has only so much of, and how its use grows over the samples of a run: when each runs out. */
import type { Plant } from '../datacenter/plant.js';
import { sumOfResources } from '../measures/resources.js';
import { Growth } from '../measures/run-out.js';
import type { RunOutRow } from '../store/network-types.js';
import type { ZoneNetwork } from './zone-network.js';

interface Followed {
  readonly what: string;
  readonly unit: string;
  readonly capacity: number;
  readonly growth: Growth;
}

export class RunOuts {
  private readonly vlans: Growth;
  private readonly memory: Growth;
  private readonly cpu: Growth;
  private readonly iops: Growth;
  private readonly uplinks: Growth[];
  private readonly publicLink: Growth;

  constructor(
    private readonly network: ZoneNetwork,
    private readonly plant: Plant,
    warmUpMicros: number,
  ) {
    const growth = (): Growth => new Growth(warmUpMicros);
    this.vlans = growth();
    this.memory = growth();
    this.cpu = growth();
    this.iops = growth();
    this.publicLink = growth();
    this.uplinks = network.zone.pods.map(growth);
  }

  /** `guest`: bits per second of customers on every link; null: not modelled. */
  sample(atMicros: number, vlansInUse: number, guest: Float64Array | null): void {
    const { ledger } = this.plant;
    const { storage, links } = this.network;
    this.vlans.sample(atMicros, vlansInUse);
    this.memory.sample(atMicros, ledger.totalUsedMemoryBytes);
    this.cpu.sample(atMicros, ledger.totalUsedCpuMillis);
    if (storage) this.iops.sample(atMicros, storage.sample().demand);
    if (guest === null) return;
    const { topology } = links;
    const busier = (up: number, down: number): number => Math.max(guest[up]!, guest[down]!);
    this.uplinks.forEach((uplink, pod) =>
      uplink.sample(atMicros, busier(topology.podUp('data', pod), topology.podDown('data', pod))),
    );
    this.publicLink.sample(atMicros, busier(topology.publicUp(), topology.publicDown()));
  }

  /** `vlanCapacity`: IDs of the zone. */
  rows(vlanCapacity: number): RunOutRow[] {
    return this.followed(vlanCapacity).flatMap(({ what, unit, capacity, growth }) => {
      const found = growth.runOut(capacity);
      return found ? [{ zone: this.network.zone.name, what, unit, ...found }] : [];
    });
  }

  private followed(vlanCapacity: number): Followed[] {
    const { zone, links, guest, storage } = this.network;
    const inService = zone.pods.flatMap(({ hosts }) => hosts).map((host) => host.inService);
    const hosts = this.plant.config.hosts.filter((_, at) => inService[at]);
    const { cpuMillis, memoryBytes } = sumOfResources(hosts.flatMap(({ nodes }) => nodes));
    const { plan } = links.topology;
    const rate = 'bits per second';
    return [
      { what: 'vlan-ids', unit: 'IDs', capacity: vlanCapacity, growth: this.vlans },
      { what: 'memory', unit: 'bytes', capacity: memoryBytes, growth: this.memory },
      { what: 'cpu', unit: 'thousandths of a core', capacity: cpuMillis, growth: this.cpu },
      ...(storage === null
        ? []
        : [
            {
              ...{ what: 'iops', unit: 'operations per second', growth: this.iops },
              capacity: zone.pods.flatMap((pod) => pod.storage).reduce((sum, { iops }) => sum + iops, 0),
            },
          ]),
      ...(guest === null
        ? []
        : [
            ...this.uplinks.map((growth, pod) => ({
              ...{ what: `pod uplink ${plan.pods[pod]!.name}`, unit: rate, growth },
              capacity: plan.podUplinkBitsPerSecond,
            })),
            { what: 'public link', unit: rate, capacity: plan.publicLinkBitsPerSecond, growth: this.publicLink },
          ]),
    ];
  }
}
