/**
 * What broadcast came to in pods, and zones put together; beside it the same hosts and VMs as one flat layer-2 network. Rates
 * are means over samples, each of which holds until the next, plus what single events sent (boots, peers that stop).
 */

/** Of a pod, after the warm-up. */
export interface PodBroadcast {
  readonly pod: string;
  readonly hosts: number;
  /** Frames a second that a host receives: mean over hosts and time, and the most of any host in any sample. */
  readonly meanFramesPerSecond: number;
  readonly maxFramesPerSecond: number;
  /** Of what a host receives, flooded unicast frames. */
  readonly floodedFramesPerSecond: number;
  /** Of a host's CPU, and of its uplink. */
  readonly cpuShare: number;
  readonly linkShare: number;
  /** The most that the pod switch's MAC table had to hold. */
  readonly peakMacEntries: number;
  readonly macTable: number;
}

export interface FlatBroadcast {
  readonly floodedFramesPerSecond: number;
  readonly meanFramesPerSecond: number;
  readonly maxFramesPerSecond: number;
  readonly cpuShare: number;
  readonly linkShare: number;
}

export interface ZoneBroadcastResult {
  readonly pods: readonly PodBroadcast[];
  /** The zone's hosts as one layer-2 domain. */
  readonly flat: FlatBroadcast;
}

/** Means over hosts. */
export interface BroadcastSummary {
  framesPerSecondPerHost: { mean: number; max: number };
  cpuShare: number;
  linkShare: number;
  flatFramesPerSecondPerHost: number;
  flatCpuShare: number;
  flatLinkShare: number;
  /** Flooded unicast among the frames. */
  floodedFramesPerSecondPerHost: number;
}

export function mergeBroadcast(zones: readonly ZoneBroadcastResult[]): BroadcastSummary {
  const pods = zones.flatMap((zone) => zone.pods);
  const hosts = pods.reduce((sum, pod) => sum + pod.hosts, 0);
  const overPods = (of: (pod: PodBroadcast) => number): number =>
    hosts > 0 ? pods.reduce((sum, pod) => sum + of(pod) * pod.hosts, 0) / hosts : 0;
  const overZones = (of: (flat: FlatBroadcast) => number): number =>
    hosts > 0
      ? zones.reduce((sum, zone) => sum + of(zone.flat) * zone.pods.reduce((all, pod) => all + pod.hosts, 0), 0) / hosts
      : 0;
  return {
    framesPerSecondPerHost: {
      mean: overPods((pod) => pod.meanFramesPerSecond),
      max: pods.reduce((top, pod) => Math.max(top, pod.maxFramesPerSecond), 0),
    },
    cpuShare: overPods((pod) => pod.cpuShare),
    linkShare: overPods((pod) => pod.linkShare),
    flatFramesPerSecondPerHost: overZones((flat) => flat.meanFramesPerSecond),
    flatCpuShare: overZones((flat) => flat.cpuShare),
    flatLinkShare: overZones((flat) => flat.linkShare),
    floodedFramesPerSecondPerHost: overPods((pod) => pod.floodedFramesPerSecond),
  };
}
