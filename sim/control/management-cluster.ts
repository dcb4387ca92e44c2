/**
 * A zone's management servers: several planes on one database. A server keeps nothing of its own between two turns, so that
 * whichever of them takes an input writes the same history. Inputs go to them in turn, as a load balancer deals them.
 */
import { assert } from '../base/assert.js';
import type { ZoneConfig } from './config.js';
import type { Input, TimeMicros } from './ports.js';
import { ZoneState } from './state.js';
import type { Plane, Turn } from './turn.js';
import type { ZoneView } from './view.js';
import { ZonePlane } from './zone-plane.js';

export class ManagementCluster implements Plane {
  /** The database. Read-only for everyone else. */
  readonly state: ZoneState;
  /** What policies see. */
  readonly view: ZoneView;
  /** Turns that each server has taken. */
  readonly turns: number[];
  private readonly servers: ZonePlane[];
  private next = 0;

  constructor(config: ZoneConfig, servers = 1, state = new ZoneState(config)) {
    assert(servers >= 1, 'a zone has at least one management server');
    this.state = state;
    this.servers = Array.from({ length: servers }, () => new ZonePlane(config, state));
    this.view = this.servers[0]!.view;
    this.turns = this.servers.map(() => 0);
  }

  turn(now: TimeMicros, inputs: readonly Input[]): Turn {
    const server = this.next;
    this.next = (server + 1) % this.servers.length;
    this.turns[server]!++;
    return this.servers[server]!.turn(now, inputs);
  }
}
