/**
 * Frames that hosts of one layer-2 network (a pod, or all of a zone as if it were one) receive at an instant: broadcasts of
 * the guest networks carried to them and of the hosts themselves, and unicast frames that are flooded. From counts of members;
 * no two of them are ever paired.
 */
import { droppedCpuShare, hostCpuShare, linkBitsPerSecond, type Trunks } from '../../../models/broadcast/reception.js';
import { memberFramesPerSecond } from '../../../models/broadcast/emission.js';
import { overflowShare } from '../../../models/broadcast/flooding.js';
import type { BroadcastParameters } from '../../../models/broadcast/parameters.js';
import type { MemberCounts, Members } from './domain-members.js';

export interface LayerTwo {
  /** Numbers of its hosts. */
  readonly hosts: readonly number[];
  readonly trunks: Trunks;
  readonly macTable: number;
  readonly parameters: BroadcastParameters;
}

/** A guest network in it. */
export interface GuestDomain {
  readonly members: Members;
  /** Unicast frames a second that its switches deliver in it, and those of them whose receiver is unknown to the switches by its timers. */
  readonly unicastFramesPerSecond: number;
  readonly unknownFramesPerSecond: number;
}

export interface HostMachine {
  readonly cores: number;
  readonly uplinkBitsPerSecond: number;
}

/** Means over the hosts, and the most of any. */
export interface Received {
  framesPerSecond: number;
  maxFramesPerSecond: number;
  floodedFramesPerSecond: number;
  cpuShare: number;
  linkShare: number;
  macEntries: number;
}

const NOBODY: MemberCounts = { vms: 0, appliances: 0 };

export function received(
  { hosts, trunks, macTable, parameters }: LayerTwo,
  domains: readonly GuestDomain[],
  machineOf: (host: number) => HostMachine,
): Received {
  const nics = domains.reduce((sum, { members }) => sum + members.vms + members.appliances, 0);
  const macEntries = hosts.length + nics;
  const overflow = overflowShare(macEntries, macTable);
  // Hosts among themselves, on the VLAN that is none of the guests'.
  const native = (hosts.length - 1) * memberFramesPerSecond('host', parameters, hosts.length - 1);
  const frames = new Map(hosts.map((host) => [host, native]));
  const cpu = new Map(hosts.map((host) => [host, hostCpuShare(native, 0, parameters, machineOf(host).cores)]));
  const bits = new Map(hosts.map((host) => [host, linkBitsPerSecond(native, parameters)]));
  let floods = 0;
  for (const { members, unicastFramesPerSecond, unknownFramesPerSecond } of domains) {
    const count = members.vms + members.appliances;
    const own = memberFramesPerSecond('vm', parameters, count - 1);
    const appliance = memberFramesPerSecond('appliance', parameters, count - 1);
    const flooded = unknownFramesPerSecond + overflow * Math.max(0, unicastFramesPerSecond - unknownFramesPerSecond);
    for (const host of trunks === 'unpruned' ? hosts : members.hosts.keys()) {
      const here = members.hosts.get(host) ?? NOBODY;
      const there = here.vms + here.appliances;
      // What its own members send does not come in by its uplink; of unicast frames: of members on average.
      const heard = (members.vms - here.vms) * own + (members.appliances - here.appliances) * appliance;
      const share = 1 - there / count;
      const { cores } = machineOf(host);
      const all = heard + flooded * share;
      floods += flooded * share;
      frames.set(host, frames.get(host)! + all);
      bits.set(
        host,
        bits.get(host)! +
          linkBitsPerSecond(heard, parameters) +
          linkBitsPerSecond(flooded * share, parameters, parameters.unicastFrameBytes),
      );
      cpu.set(
        host,
        cpu.get(host)! +
          (there > 0 ? hostCpuShare(all, there, parameters, cores) : droppedCpuShare(all, parameters, cores)),
      );
    }
  }
  const mean = (of: (host: number) => number): number =>
    hosts.length > 0 ? hosts.reduce((sum, host) => sum + of(host), 0) / hosts.length : 0;
  return {
    framesPerSecond: mean((host) => frames.get(host)!),
    maxFramesPerSecond: hosts.reduce((top, host) => Math.max(top, frames.get(host)!), 0),
    floodedFramesPerSecond: hosts.length > 0 ? floods / hosts.length : 0,
    cpuShare: mean((host) => cpu.get(host)!),
    linkShare: mean((host) => bits.get(host)! / machineOf(host).uplinkBitsPerSecond),
    macEntries,
  };
}
