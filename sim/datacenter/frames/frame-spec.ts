/**
 * A small pod for the frame-level mode, where every frame is an event: hosts on one switch, and stations (virtual NICs of
 * VMs and routing appliances, hosts' own interfaces) in VLANs. Guarantees what the simulation relies on: names are told
 * apart, peers are others of the same VLAN.
 */
import { assert } from '../../base/assert.js';

/** A Linux neighbour cache: asks by unicast whether a stale peer is still there, and forgets the oldest of too many. */
export interface LinuxNeighbours {
  readonly kind: 'linux';
  readonly entries: number;
}

/** A router that believes an answer for a fixed time, however silent the peer, and asks again by broadcast at its end. */
export interface GatewayNeighbours {
  readonly kind: 'gateway';
  readonly arpSeconds: number;
}

export interface StationSpec {
  /** Its random streams are named after it. */
  readonly name: string;
  /** From 0. */
  readonly host: number;
  readonly vlan: number;
  readonly neighbours: LinuxNeighbours | GatewayNeighbours;
  /** Places in the list of stations: whom it speaks to. */
  readonly peers: readonly number[];
  /** Each of its peers, by a frame of data that nobody answers. */
  readonly peerContactsPerSecond: number;
  readonly discoveryFramesPerSecond: number;
  /** How often an address of a peer takes the place of one that it knew. */
  readonly newPeersPerSecond: number;
  /** How often it tries an address that nobody has. */
  readonly deadPeersPerSecond: number;
}

export interface FramePodSpec {
  readonly hosts: number;
  /** From 0; a VLAN is active where a station is in it. */
  readonly vlans: number;
  readonly trunks: 'pruned' | 'unpruned';
  readonly macAgeingSeconds: number;
  readonly macTable: number;
  readonly stations: readonly StationSpec[];
}

export function assertFramePod({ hosts, vlans, stations }: FramePodSpec): void {
  assert(new Set(stations.map(({ name }) => name)).size === stations.length, 'two stations of one name');
  for (const [at, { name, host, vlan, peers }] of stations.entries()) {
    assert(host >= 0 && host < hosts && vlan >= 0 && vlan < vlans, () => `${name}: host ${host}, VLAN ${vlan}`);
    assert(
      peers.every((peer) => peer !== at && stations[peer]?.vlan === vlan),
      () => `${name}: peers are other stations of VLAN ${vlan}`,
    );
  }
}
