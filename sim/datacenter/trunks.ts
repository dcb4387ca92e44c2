/**
 * What the switches of a zone carry of customers' VLANs, counted bridge by bridge as they come and go. Guarantees that no
 * switch carries more than it can, but for what was found at the beginning: that only goes down. A redundant pair of
 * switches is one here: each of the two carries it all. What counts as a virtual port stands in measures/switch-load.ts; the
 * counting here is the plant's own.
 */
import { assert } from '../base/assert.js';

export interface TrunksConfig {
  /** What a guest network's ID is unique in; overlay: in the zone, and switches see no guest VLAN. */
  vlanScope: 'zone' | 'pod' | 'overlay';
  /** unpruned: a port carries every VLAN of its switch, whoever is behind it. */
  trunks: 'pruned' | 'unpruned';
  /** What each pod's switch can carry, and the zone's. */
  podSwitches: readonly SwitchLoad[];
  zoneSwitch: SwitchLoad;
}

export interface SwitchLoad {
  vlans: number;
  virtualPorts: number;
}

/** 802.1Q: 1 to 4094. An overlay has 24 bits (RFC 7348). */
const LAST_VLAN = 4094;
const LAST_VNI = 0xff_ffff;

export class Trunks {
  /** Bridges of each guest network that has any there, by pod. */
  private readonly pods: Map<number, number>[];
  private readonly bridgesOf: number[];
  private readonly hostsOf: number[];
  /** In how many pods a guest network has bridges. */
  private readonly podsOf = new Map<number, number>();
  /** Sum over pods of the guest networks there. */
  private inPods = 0;
  private readonly found: SwitchLoad[];

  constructor(
    /** Absent: VLAN IDs are the zone's, and switches carry everything. */
    readonly config: TrunksConfig | undefined,
    /** Of each host. */
    private readonly podOf: readonly number[],
  ) {
    const count = podOf.reduce((most, pod) => Math.max(most, pod + 1), config?.podSwitches.length ?? 0);
    this.pods = Array.from({ length: count }, () => new Map<number, number>());
    this.bridgesOf = new Array<number>(count).fill(0);
    this.hostsOf = new Array<number>(count).fill(0);
    for (const pod of podOf) this.hostsOf[pod]!++;
    this.found = Array.from({ length: count + 1 }, () => ({ vlans: 0, virtualPorts: 0 }));
  }

  get podCount(): number {
    return this.pods.length;
  }

  /** Whether there is such an ID. */
  isId(vlan: number): boolean {
    const last = this.config?.vlanScope === 'overlay' ? LAST_VNI : LAST_VLAN;
    return Number.isInteger(vlan) && vlan >= 1 && vlan <= last;
  }

  /** A bridge stands on the host from now on: false, and nothing changed, where a switch cannot carry it. */
  add(host: number, network: number): boolean {
    const pod = this.podOf[host]!;
    this.change(pod, network, 1);
    const loads = this.overloaded(pod);
    if (loads.length === 0) return true;
    this.change(pod, network, -1);
    // What was found may be too much already: then what does not become more may come.
    for (const { of, load } of loads) {
      const before = this.load(of);
      const limits = this.limits(of);
      if (load.vlans > Math.max(limits.vlans, before.vlans)) return false;
      if (load.virtualPorts > Math.max(limits.virtualPorts, before.virtualPorts)) return false;
    }
    this.change(pod, network, 1);
    return true;
  }

  /** One that was found standing. */
  addFound(host: number, network: number): void {
    const pod = this.podOf[host]!;
    this.change(pod, network, 1);
    for (const at of this.reach(pod)) this.found[at] = this.podLoad(at);
    this.found[this.pods.length] = this.zoneLoad();
  }

  remove(host: number, network: number): void {
    this.change(this.podOf[host]!, network, -1);
  }

  /** Guest networks with a bridge in the pod; null: in the zone. */
  activeVlans(pod: number | null): number {
    return pod === null ? this.podsOf.size : this.pods[pod]!.size;
  }

  /** VLANs that the pod's switch carries; null: the zone's. */
  switchVlans(pod: number | null): number {
    return this.load(pod).vlans;
  }

  /** Sum over the ports of the pod's switch (null: the zone's) of the VLANs that each carries. */
  virtualPorts(pod: number | null): number {
    return this.load(pod).virtualPorts;
  }

  /** Hosts of the pod with a bridge of the guest network. */
  bridgesIn(pod: number, network: number): number {
    return this.pods[pod]!.get(network) ?? 0;
  }

  /** What the pod's switch can carry; null: the zone's. */
  limits(pod: number | null): SwitchLoad {
    const { config } = this;
    if (config === undefined) return { vlans: Infinity, virtualPorts: Infinity };
    return pod === null ? config.zoneSwitch : config.podSwitches[pod]!;
  }

  /** What was found there at the beginning; null: on the zone's switch. */
  foundLoad(pod: number | null): SwitchLoad {
    return this.found[pod ?? this.pods.length]!;
  }

  private load(pod: number | null): SwitchLoad {
    return pod === null ? this.zoneLoad() : this.podLoad(pod);
  }

  private podLoad(pod: number): SwitchLoad {
    const { vlanScope = 'zone', trunks = 'pruned' } = this.config ?? {};
    if (vlanScope === 'overlay') return { vlans: 0, virtualPorts: 0 };
    const here = this.pods[pod]!.size;
    if (trunks === 'pruned') return { vlans: here, virtualPorts: this.bridgesOf[pod]! + here };
    const vlans = vlanScope === 'zone' ? this.podsOf.size : here;
    return { vlans, virtualPorts: vlans * this.hostsOf[pod]! + vlans };
  }

  private zoneLoad(): SwitchLoad {
    const { vlanScope = 'zone', trunks = 'pruned' } = this.config ?? {};
    if (vlanScope === 'overlay') return { vlans: 0, virtualPorts: 0 };
    if (vlanScope === 'pod') return { vlans: 0, virtualPorts: this.inPods };
    const vlans = this.podsOf.size;
    return { vlans, virtualPorts: trunks === 'pruned' ? this.inPods : vlans * this.pods.length };
  }

  /** Pods whose switch a bridge in this one can matter to: all, where every switch carries every VLAN. */
  private reach(pod: number): readonly number[] {
    if (this.config?.vlanScope !== 'zone' || this.config.trunks === 'pruned') return [pod];
    return this.pods.map((_, at) => at);
  }

  /** Switches that a bridge in the pod can matter to and that have more than they can carry, with what they have. */
  private overloaded(pod: number): { of: number | null; load: SwitchLoad }[] {
    if (this.config === undefined) return [];
    const found: { of: number | null; load: SwitchLoad }[] = [];
    const note = (of: number | null): void => {
      const load = this.load(of);
      const { vlans, virtualPorts } = this.limits(of);
      if (load.vlans > vlans || load.virtualPorts > virtualPorts) found.push({ of, load });
    };
    for (const at of this.reach(pod)) note(at);
    note(null);
    return found;
  }

  private change(pod: number, network: number, by: 1 | -1): void {
    const here = this.pods[pod]!;
    const bridges = (here.get(network) ?? 0) + by;
    assert(bridges >= 0, () => `guest network ${network} has no bridge in pod ${pod}`);
    this.bridgesOf[pod]! += by;
    if (bridges === 0) here.delete(network);
    else here.set(network, bridges);
    if (by === 1 ? bridges > 1 : bridges > 0) return;
    this.inPods += by;
    const pods = (this.podsOf.get(network) ?? 0) + by;
    if (pods === 0) this.podsOf.delete(network);
    else this.podsOf.set(network, pods);
  }
}
