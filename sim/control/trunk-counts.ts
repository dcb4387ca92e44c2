/**
 * What switches carry as the plane accounts for it, from the virtual NICs that it knows: counted from when one is asked
 * for to when it is gone. Guarantees the answer of a count over all virtual NICs, in a time that does not grow with them.
 */
import {
  podSwitchPorts,
  podSwitchVlans,
  zoneSwitchPorts,
  zoneSwitchVlans,
  type SwitchLoad,
  type Trunking,
} from '../measures/switch-load.js';
import type { PodId } from './ports.js';

export interface SwitchesConfig {
  trunks: Trunking['trunks'];
  /** Of each pod's switch. */
  pods: readonly SwitchLoad[];
  zone: SwitchLoad;
}

export class TrunkCounts {
  /** No switch can say no. */
  readonly unlimited: boolean;
  private readonly trunking: Trunking;
  /** Guest networks with a virtual NIC in the pod, and virtual NICs there. */
  private readonly active: Int32Array;
  private readonly bridges: Int32Array;
  private zoneActive = 0;
  private activeInPods = 0;
  /** Where every switch carries every VLAN: the one that can carry the fewest; -1: pods differ in what they carry. */
  private readonly tightest: PodId;

  constructor(
    vlanScope: Trunking['vlanScope'],
    /** null: without limits. */
    private readonly config: SwitchesConfig | null,
    /** Hosts of each pod. */
    private readonly hostsOf: readonly number[],
  ) {
    this.trunking = { vlanScope, trunks: config?.trunks ?? 'pruned' };
    this.unlimited = config === null || vlanScope === 'overlay';
    this.active = new Int32Array(hostsOf.length);
    this.bridges = new Int32Array(hostsOf.length);
    this.tightest = vlanScope === 'zone' && config?.trunks === 'unpruned' ? this.fewest(config.pods) : -1;
  }

  /** Virtual NICs that came (1) or went (-1). `newInPod`, `newInZone`: it was the guest network's first there, or last. */
  changed(pod: PodId, by: 1 | -1, newInPod: boolean, newInZone: boolean): void {
    this.bridges[pod]! += by;
    if (newInPod) {
      this.active[pod]! += by;
      this.activeInPods += by;
    }
    if (newInZone) this.zoneActive += by;
  }

  /**
   * Whether all switches can carry so many more bridges on a host of the pod, of guest networks of which so many are new
   * to the pod, and to the zone. What does not become more is no reason to say no, even where it is too much already.
   */
  takes(pod: PodId, bridges: number, newInPod: number, newInZone: number): boolean {
    const { config, trunking } = this;
    if (this.unlimited || config === null) return true;
    if (!this.podTakes(pod, bridges, newInPod, newInZone)) return false;
    if (this.tightest >= 0 && this.tightest !== pod && !this.podTakes(this.tightest, 0, 0, newInZone)) return false;
    const { zoneActive, activeInPods } = this;
    const pods = this.active.length;
    return (
      within(
        zoneSwitchVlans(trunking, zoneActive),
        zoneSwitchVlans(trunking, zoneActive + newInZone),
        config.zone.vlans,
      ) &&
      within(
        zoneSwitchPorts(trunking, pods, activeInPods, zoneActive),
        zoneSwitchPorts(trunking, pods, activeInPods + newInPod, zoneActive + newInZone),
        config.zone.virtualPorts,
      )
    );
  }

  /** What the pod's switch carries. */
  podLoad(pod: PodId): SwitchLoad {
    const { trunking, zoneActive } = this;
    const active = this.active[pod]!;
    const bridges = this.bridges[pod]!;
    return {
      vlans: podSwitchVlans(trunking, active, zoneActive),
      virtualPorts: podSwitchPorts(trunking, this.hostsOf[pod]!, bridges, active, zoneActive),
    };
  }

  /** What the zone's switch carries. */
  zoneLoad(): SwitchLoad {
    const { trunking, zoneActive, activeInPods } = this;
    return {
      vlans: zoneSwitchVlans(trunking, zoneActive),
      virtualPorts: zoneSwitchPorts(trunking, this.active.length, activeInPods, zoneActive),
    };
  }

  private podTakes(pod: PodId, bridges: number, newInPod: number, newInZone: number): boolean {
    const { trunking, zoneActive } = this;
    const limits = this.config!.pods[pod]!;
    const hosts = this.hostsOf[pod]!;
    const active = this.active[pod]!;
    const there = this.bridges[pod]!;
    return (
      within(
        podSwitchVlans(trunking, active, zoneActive),
        podSwitchVlans(trunking, active + newInPod, zoneActive + newInZone),
        limits.vlans,
      ) &&
      within(
        podSwitchPorts(trunking, hosts, there, active, zoneActive),
        podSwitchPorts(trunking, hosts, there + bridges, active + newInPod, zoneActive + newInZone),
        limits.virtualPorts,
      )
    );
  }

  private fewest(pods: readonly SwitchLoad[]): PodId {
    const most = ({ vlans, virtualPorts }: SwitchLoad, pod: PodId): number =>
      Math.min(vlans, Math.floor(virtualPorts / podSwitchPorts(this.trunking, this.hostsOf[pod]!, 0, 1, 1)));
    let tightest = -1;
    pods.forEach((limits, pod) => {
      if (tightest < 0 || most(limits, pod) < most(pods[tightest]!, tightest)) tightest = pod;
    });
    return tightest;
  }
}

function within(before: number, after: number, limit: number): boolean {
  return after <= before || after <= limit;
}
