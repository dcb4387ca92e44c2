/**
 * Frames that hosts of one layer-2 network (a pod, or all of a zone as if it were one) receive at an instant: broadcasts of
 * the guest networks carried to them and of the hosts themselves, and unicast frames that are flooded. From counts of members;
 * no two of them are ever paired. Costs a few steps a guest network and host with members of it.
 */
import { droppedCpuShare, hostCpuShare, linkBitsPerSecond, type Trunks } from '../../../models/broadcast/reception.js';
import { memberFramesPerSecond } from '../../../models/broadcast/emission.js';
import { overflowShare } from '../../../models/broadcast/flooding.js';
import type { BroadcastParameters } from '../../../models/broadcast/parameters.js';
import type { Members } from './domain-members.js';

export interface LayerTwo {
  /** Numbers of its hosts, ascending and without a gap. */
  readonly firstHost: number;
  readonly hostCount: number;
  readonly trunks: Trunks;
  readonly macTable: number;
  readonly parameters: BroadcastParameters;
}

/** Frames a second. */
export interface Unicast {
  /** That its switches deliver in it. */
  readonly all: number;
  /** Those of them whose receiver is unknown to the switches by their timers. */
  readonly unknown: number;
}

/** A guest network in it: its members pod by pod. */
export interface GuestDomain {
  readonly network: number;
  readonly parts: Iterable<Members>;
}

export interface HostMachine {
  readonly cores: number;
  readonly uplinkBitsPerSecond: number;
}

/** Means over the hosts, and the most of any. */
export interface Received {
  readonly framesPerSecond: number;
  readonly maxFramesPerSecond: number;
  readonly floodedFramesPerSecond: number;
  readonly cpuShare: number;
  readonly linkShare: number;
  readonly macEntries: number;
}

/** `unicastOf` is asked where frames may be flooded only. */
export function received(
  { firstHost, hostCount, trunks, macTable, parameters }: LayerTwo,
  domains: readonly GuestDomain[],
  machines: readonly HostMachine[],
  unicastOf: (network: number) => Unicast,
): Received {
  const macEntries = hostCount + membersOf(domains);
  const overflow = overflowShare(macEntries, macTable);
  const floods = overflow > 0 || parameters.gatewayArpSeconds > parameters.macAgeingSeconds;
  // Of a core's time and of frames, for hosts by their place in the network.
  const frames = new Float64Array(hostCount);
  const cpu = new Float64Array(hostCount);
  const bits = new Float64Array(hostCount);
  let floodedFrames = 0;
  // Hosts among themselves, on the VLAN that is none of the guests', and what comes to every host unpruned. A host speaks to
  // a few machines of the operator's, not to every other host.
  const peers = Math.min(Math.max(0, hostCount - 1), parameters.activePeers);
  const native = (hostCount - 1) * memberFramesPerSecond('host', parameters, peers);
  const all = { frames: native, cpu: hostCpuShare(native, 0, parameters), bits: linkBitsPerSecond(native, parameters) };
  for (const { network, parts } of domains) {
    const total = { vms: 0, appliances: 0 };
    for (const { vms, appliances } of parts) {
      total.vms += vms;
      total.appliances += appliances;
    }
    const count = total.vms + total.appliances;
    const ofVm = memberFramesPerSecond('vm', parameters, count - 1);
    const ofAppliance = memberFramesPerSecond('appliance', parameters, count - 1);
    const broadcasts = total.vms * ofVm + total.appliances * ofAppliance;
    const flooded = floods ? floodedOf(unicastOf(network), overflow) : 0;
    const unpruned = trunks === 'unpruned';
    if (unpruned) {
      all.frames += broadcasts + flooded;
      all.cpu += droppedCpuShare(broadcasts + flooded, parameters);
      all.bits += bitsOf(broadcasts, flooded, parameters);
      floodedFrames += flooded * hostCount;
    }
    for (const { hosts } of parts)
      for (const [host, here] of hosts) {
        const there = here.vms + here.appliances;
        // What its own members send does not come in by its uplink; of unicast frames: of members on average.
        const heard = broadcasts - here.vms * ofVm - here.appliances * ofAppliance;
        const floodedHere = flooded * (1 - there / count);
        const at = host - firstHost;
        frames[at]! += heard + floodedHere - (unpruned ? broadcasts + flooded : 0);
        bits[at]! += bitsOf(heard, floodedHere, parameters) - (unpruned ? bitsOf(broadcasts, flooded, parameters) : 0);
        cpu[at]! +=
          hostCpuShare(heard + floodedHere, there, parameters) -
          (unpruned ? droppedCpuShare(broadcasts + flooded, parameters) : 0);
        floodedFrames += floodedHere - (unpruned ? flooded : 0);
      }
  }
  const sum = { frames: 0, most: 0, cpu: 0, link: 0 };
  for (let at = 0; at < hostCount; at++) {
    const { cores, uplinkBitsPerSecond } = machines[firstHost + at]!;
    const here = Math.max(0, all.frames + frames[at]!);
    sum.frames += here;
    sum.most = Math.max(sum.most, here);
    sum.cpu += Math.max(0, all.cpu + cpu[at]!) / cores;
    sum.link += Math.max(0, all.bits + bits[at]!) / uplinkBitsPerSecond;
  }
  const over = Math.max(1, hostCount);
  return {
    framesPerSecond: sum.frames / over,
    maxFramesPerSecond: sum.most,
    floodedFramesPerSecond: floodedFrames / over,
    cpuShare: sum.cpu / over,
    linkShare: sum.link / over,
    macEntries,
  };
}

function membersOf(domains: readonly GuestDomain[]): number {
  let count = 0;
  for (const { parts } of domains) for (const { vms, appliances } of parts) count += vms + appliances;
  return count;
}

function floodedOf({ all, unknown }: Unicast, overflow: number): number {
  return unknown + overflow * Math.max(0, all - unknown);
}

function bitsOf(broadcasts: number, flooded: number, parameters: BroadcastParameters): number {
  return (
    linkBitsPerSecond(broadcasts, parameters) + linkBitsPerSecond(flooded, parameters, parameters.unicastFrameBytes)
  );
}
