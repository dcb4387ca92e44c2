/** What the frame-level mode counts: each frame once where it is sent, and once at every host that receives it. */
export class FrameCounts {
  /** Broadcasts sent, by VLAN and host: [vlan * hosts + host]. */
  readonly broadcasts: Float64Array;
  /** Broadcasts that came in by a host's uplink. */
  readonly received: Float64Array;
  /** Unicast frames that came in by a host's uplink and were for nobody there. */
  readonly receivedInVain: Float64Array;
  /** ARP requests by broadcast, and by unicast. */
  requests = 0;
  unicastRequests = 0;
  discoveries = 0;
  /** Frames of data that the switch had to pass on, and of these the ones that it flooded. */
  dataSwitched = 0;
  dataFlooded = 0;
  /** Any other unicast frame that it flooded. */
  othersFlooded = 0;

  constructor(
    private readonly hosts: number,
    vlans: number,
  ) {
    this.broadcasts = new Float64Array(hosts * vlans);
    this.received = new Float64Array(hosts);
    this.receivedInVain = new Float64Array(hosts);
  }

  broadcastsOfHost(vlan: number, host: number): number {
    return this.broadcasts[vlan * this.hosts + host]!;
  }

  broadcastsOf(vlan: number): number {
    let sum = 0;
    for (let host = 0; host < this.hosts; host++) sum += this.broadcastsOfHost(vlan, host);
    return sum;
  }
}
