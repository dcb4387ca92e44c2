/**
 * Every constant of the broadcast models in one table: its value, its unit, where it comes from, and whether it is a
 * figure that somebody published or one to calibrate. A report that shows a rate can print which of the two it rests on.
 *
 *   p = the scenario's value where it gives one, else the table's       units as the table says; times in seconds
 *
 * Source: by constant, in the table. `calibrate: true` marks what nobody measured for this cloud: an assumption, or a figure
 * of another network. Timers of the neighbour cache were read from a Linux 6.18 (sysctl), announcements from QEMU 8.2.7.
 * Valid range: all values 0 and more; a table of at least one entry.
 * Ignored: that members of one kind differ, that rates follow the time of the day, guests that are not Linux.
 */
export interface BroadcastConstant {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  /** True: a parameter to calibrate, not a sourced figure. */
  readonly calibrate: boolean;
}

const SYSCTL = 'Linux 6.18, sysctl net.ipv4.neigh.default';
const QEMU = 'QEMU 8.2.7, net/announce.c and options.c';

export const BROADCAST_CONSTANTS = {
  vmDiscoveryFramesPerSecond: {
    value: 0.003,
    unit: '1/s',
    source: 'assumption: with the new peers, 0.01/s of a quiet Linux VM',
    calibrate: true,
  },
  applianceDiscoveryFramesPerSecond: {
    value: 0,
    unit: '1/s',
    source: 'assumption: an appliance runs no service discovery',
    calibrate: true,
  },
  hostDiscoveryFramesPerSecond: {
    value: 0.029,
    unit: '1/s',
    source:
      'assumption: with the new peers, the 0.036/s a host quoted of a campus (Myers, Ng, Zhang, HotNets 2004; not read)',
    calibrate: true,
  },
  vmNewPeersPerSecond: {
    value: 0.007,
    unit: '1/s',
    source: '50 addresses in 2 h of a workstation, as a Cisco curriculum quotes its Internetwork Design Guide',
    calibrate: true,
  },
  applianceNewPeersPerSecond: { value: 0.007, unit: '1/s', source: 'assumption: as a VM', calibrate: true },
  hostNewPeersPerSecond: { value: 0.007, unit: '1/s', source: 'assumption: as a VM', calibrate: true },
  deadPeersPerSecond: {
    value: 0,
    unit: '1/s',
    source: 'assumption: beside the peers that stop, which are counted one by one, nobody asks for who is not there',
    calibrate: true,
  },
  peerContactsPerSecond: {
    value: 1 / 60,
    unit: '1/s',
    source: 'assumption: a live peer is spoken to once a minute; matters only beyond neighbourTableEntries',
    calibrate: true,
  },
  neighbourTableEntries: { value: 1024, unit: 'entries', source: `${SYSCTL}.gc_thresh3`, calibrate: false },
  broadcastSolicits: { value: 3, unit: 'frames', source: `${SYSCTL}.mcast_solicit`, calibrate: false },
  bootArpFrames: {
    value: 3,
    unit: 'frames',
    source: 'assumption: probes and announcements of the own address',
    calibrate: true,
  },
  bootDhcpFrames: {
    value: 4,
    unit: 'frames',
    source: 'assumption: discover, offer, request, acknowledgement, all as broadcasts',
    calibrate: true,
  },
  announcementFrames: { value: 5, unit: 'frames', source: QEMU, calibrate: false },
  announcementInitialSeconds: { value: 0.05, unit: 's', source: QEMU, calibrate: false },
  announcementStepSeconds: { value: 0.1, unit: 's', source: QEMU, calibrate: false },
  announcementMaxSeconds: { value: 0.55, unit: 's', source: QEMU, calibrate: false },
  gatewayArpSeconds: {
    value: 30,
    unit: 's',
    source: `${SYSCTL}.base_reachable_time: the gateway is a Linux appliance`,
    calibrate: false,
  },
  macAgeingSeconds: { value: 300, unit: 's', source: "Cisco IOS' default, as pages that quote it", calibrate: false },
  frameBytes: { value: 64, unit: 'B', source: 'IEEE 802.3: the shortest frame', calibrate: false },
  unicastFrameBytes: {
    value: 800,
    unit: 'B',
    source: 'assumption: between full frames of bulk data and short acknowledgements',
    calibrate: true,
  },
  activePeers: {
    value: 4,
    unit: 'peers',
    source: 'assumption: the order of the 2 to 6 correspondents a server is quoted to have (Kandula et al., IMC 2009)',
    calibrate: true,
  },
  frameGapBytes: { value: 20, unit: 'B', source: 'IEEE 802.3: preamble and gap', calibrate: false },
  receiveSeconds: {
    value: 1e-6,
    unit: 's',
    source: "assumption: the order of Linux' network stack, a million packets a second and core",
    calibrate: true,
  },
  vmReceiveSeconds: {
    value: 5e-6,
    unit: 's',
    source: 'assumption: 2 to 10 us for copy, interrupt and wake-up of a guest',
    calibrate: true,
  },
  dropSeconds: {
    value: 0.3e-6,
    unit: 's',
    source: 'assumption: less than receiveSeconds: a look-up that finds no VLAN interface',
    calibrate: true,
  },
} as const satisfies Readonly<Record<string, BroadcastConstant>>;

/** One number a constant of the table, in the table's unit. */
export type BroadcastParameters = Readonly<Record<keyof typeof BROADCAST_CONSTANTS, number>>;

/** A scenario spreads its own values over these. */
export const DEFAULT_BROADCAST = Object.fromEntries(
  Object.entries(BROADCAST_CONSTANTS).map(([name, { value }]) => [name, value]),
  // The names are the table's own, which fromEntries forgets.
) as BroadcastParameters;
