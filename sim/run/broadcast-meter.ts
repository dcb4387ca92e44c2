/** Broadcast over the samples of a run: means over time, the most of any sample, and what single events sent. */
import type { Received } from '../datacenter/broadcast/received.js';
import type { FlatBroadcast, PodBroadcast, ZoneBroadcastResult } from '../measures/broadcast-result.js';
import { TimeWeighted } from '../measures/time-weighted.js';
import type { ZoneNetwork } from './zone-network.js';

/** Means over time of one layer-2 network. */
class Held {
  readonly frames: TimeWeighted;
  readonly flooded: TimeWeighted;
  readonly cpu: TimeWeighted;
  readonly link: TimeWeighted;
  private readonly most: TimeWeighted;
  private readonly entries: TimeWeighted;
  /** Of single events: all hosts together, up to the sample before. */
  private eventsBefore = 0;
  private eventFrames = 0;

  constructor(private readonly warmUpMicros: number) {
    this.frames = new TimeWeighted(warmUpMicros);
    this.flooded = new TimeWeighted(warmUpMicros);
    this.cpu = new TimeWeighted(warmUpMicros);
    this.link = new TimeWeighted(warmUpMicros);
    this.most = new TimeWeighted(warmUpMicros);
    this.entries = new TimeWeighted(warmUpMicros);
  }

  set(atMicros: number, received: Received, events: number): void {
    this.frames.set(atMicros, received.framesPerSecond);
    this.flooded.set(atMicros, received.floodedFramesPerSecond);
    this.cpu.set(atMicros, received.cpuShare);
    this.link.set(atMicros, received.linkShare);
    if (atMicros > this.warmUpMicros) this.eventFrames += events - this.eventsBefore;
    this.eventsBefore = events;
    this.most.set(atMicros, received.maxFramesPerSecond);
    this.entries.set(atMicros, received.macEntries);
  }

  peakEntries(endMicros: number): number {
    return this.entries.peak(endMicros) ?? 0;
  }

  result(endMicros: number, hosts: number): FlatBroadcast {
    const seconds = Math.max(0, endMicros - this.warmUpMicros) / 1e6;
    const events = seconds > 0 && hosts > 0 ? this.eventFrames / seconds / hosts : 0;
    const mean = this.frames.mean(endMicros) ?? 0;
    // What a frame costs is as of the steady ones.
    const more = mean > 0 ? 1 + events / mean : 1;
    return {
      meanFramesPerSecond: mean + events,
      maxFramesPerSecond: this.most.peak(endMicros) ?? 0,
      floodedFramesPerSecond: this.flooded.mean(endMicros) ?? 0,
      cpuShare: (this.cpu.mean(endMicros) ?? 0) * more,
      linkShare: (this.link.mean(endMicros) ?? 0) * more,
    };
  }
}

export class BroadcastMeter {
  private readonly pods: Held[];
  private readonly flat: Held;

  constructor(
    private readonly network: ZoneNetwork,
    warmUpMicros: number,
  ) {
    this.pods = network.zone.pods.map(() => new Held(warmUpMicros));
    this.flat = new Held(warmUpMicros);
  }

  sample(atMicros: number): { pods: Received[]; flat: Received } {
    const { broadcast } = this.network;
    const pods = broadcast.sample();
    const flat = broadcast.sampleFlat();
    this.pods.forEach((held, pod) => held.set(atMicros, pods[pod]!, broadcast.eventFrames[pod]!));
    this.flat.set(atMicros, flat, broadcast.flatEventFrames);
    return { pods, flat };
  }

  result(endMicros: number): ZoneBroadcastResult {
    const { zone } = this.network;
    return {
      pods: this.pods.map((held, at): PodBroadcast => {
        const pod = zone.pods[at]!;
        return {
          pod: pod.name,
          hosts: pod.hosts.length,
          ...held.result(endMicros, pod.hosts.length),
          peakMacEntries: held.peakEntries(endMicros),
          macTable: Math.min(...pod.podSwitches.map(({ macTableEntries }) => macTableEntries)),
        };
      }),
      flat: this.flat.result(
        endMicros,
        zone.pods.reduce((sum, { hosts }) => sum + hosts.length, 0),
      ),
    };
  }
}
