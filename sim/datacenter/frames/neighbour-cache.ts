/**
 * What one station knows of its peers' addresses, and how it asks. Guarantees the states of a neighbour entry:
 *
 *   none        a contact asks by broadcast, up to three times a second apart          -> unresolved
 *   unresolved  an answer: known, and what waited is sent; none after the third: given up
 *   known       linux: for 15 to 45 s certain; a contact after that waits 5 s for news -> delay; gateway: for its time-out
 *   delay       data goes on; then asks by unicast, up to three times                  -> probe
 *   probe       an answer: known; none after the third: none
 *   refresh     (gateway) data goes on; asks by broadcast, up to three times; then as probe
 *
 * Timers as in Linux 6.18 (sysctl: base_reachable_time 30 s, drawn between a half and one and a half; delay_first_probe
 * 5 s; retrans 1 s; ucast_solicit and mcast_solicit 3). They stand here again and are not the models': what holds a
 * formula shares no numbers with it. Left out: confirmation by higher layers (fewer unicast requests, no other broadcast),
 * what a station learns from a request that it answers.
 */
import { assert } from '../../base/assert.js';
import { MICROS_PER_SECOND } from '../../base/units.js';
import type { Handle } from '../../engine/lane.js';
import type { GatewayNeighbours, LinuxNeighbours } from './frame-spec.js';

const REACHABLE_MICROS = 30 * MICROS_PER_SECOND;
const DELAY_MICROS = 5 * MICROS_PER_SECOND;
export const RETRANS_MICROS = MICROS_PER_SECOND;
export const SOLICITS = 3;

type State = 'none' | 'unresolved' | 'known' | 'delay' | 'probe' | 'refresh' | 'given up';

/** The station, as its cache sees it; `slot` is a peer's place among the station's peers. */
export interface NeighbourPort {
  now(): number;
  /** A uniform number. */
  draw(): number;
  ask(slot: number, by: 'broadcast' | 'unicast'): void;
  send(slot: number): void;
  timer(afterMicros: number, slot: number): Handle;
  cancel(timer: Handle): void;
}

export class NeighbourCache {
  private readonly states: State[];
  private readonly certainUntil: Float64Array;
  private readonly tries: Uint8Array;
  private readonly timers: (Handle | null)[];
  /** Slots with an entry, oldest first. */
  private readonly table = new Set<number>();

  constructor(
    slots: number,
    private readonly rules: LinuxNeighbours | GatewayNeighbours,
    private readonly port: NeighbourPort,
  ) {
    this.states = new Array<State>(slots).fill('none');
    this.certainUntil = new Float64Array(slots);
    this.tries = new Uint8Array(slots);
    this.timers = new Array<Handle | null>(slots).fill(null);
  }

  /** The station has something to say to a peer. */
  contact(slot: number): void {
    switch (this.states[slot]!) {
      case 'none':
        this.enter(slot);
        return this.solicit(slot, 'unresolved');
      case 'unresolved':
      case 'given up':
        return;
      case 'known':
        if (this.rules.kind === 'linux' && this.port.now() >= this.certainUntil[slot]!) {
          this.states[slot] = 'delay';
          this.wait(slot, DELAY_MICROS);
        }
        return this.port.send(slot);
      case 'delay':
      case 'probe':
      case 'refresh':
        return this.port.send(slot);
    }
  }

  /** Its peer's place is taken by an address never spoken to before. */
  forget(slot: number): void {
    this.leave(slot, 'none');
  }

  answered(slot: number): void {
    const state = this.states[slot]!;
    if (state !== 'unresolved' && state !== 'probe' && state !== 'refresh') return;
    this.stopWaiting(slot);
    this.states[slot] = 'known';
    if (this.rules.kind === 'gateway') this.wait(slot, this.rules.arpSeconds * MICROS_PER_SECOND);
    else this.certainUntil[slot] = this.port.now() + REACHABLE_MICROS * (0.5 + this.port.draw());
    if (state === 'unresolved') this.port.send(slot);
  }

  timerFired(slot: number): void {
    this.timers[slot] = null;
    const state = this.states[slot]!;
    if (state === 'delay') return this.solicit(slot, 'probe');
    if (state === 'known') return this.solicit(slot, 'refresh');
    assert(state === 'unresolved' || state === 'probe' || state === 'refresh', () => `a timer of an entry ${state}`);
    if (this.tries[slot]! < SOLICITS) return this.ask(slot, state);
    this.leave(slot, state === 'unresolved' ? 'given up' : 'none');
  }

  private solicit(slot: number, state: 'unresolved' | 'probe' | 'refresh'): void {
    this.states[slot] = state;
    this.tries[slot] = 0;
    this.ask(slot, state);
  }

  private ask(slot: number, state: 'unresolved' | 'probe' | 'refresh'): void {
    this.tries[slot]!++;
    this.port.ask(slot, state === 'probe' ? 'unicast' : 'broadcast');
    this.wait(slot, RETRANS_MICROS);
  }

  /** A router's table is large enough. */
  private enter(slot: number): void {
    const { table, rules } = this;
    if (rules.kind === 'linux' && table.size >= rules.entries)
      for (const oldest of table) {
        this.leave(oldest, 'none');
        break;
      }
    table.add(slot);
  }

  private leave(slot: number, state: State): void {
    this.stopWaiting(slot);
    this.table.delete(slot);
    this.states[slot] = state;
  }

  private wait(slot: number, micros: number): void {
    this.timers[slot] = this.port.timer(micros, slot);
  }

  private stopWaiting(slot: number): void {
    const timer = this.timers[slot];
    if (timer !== null && timer !== undefined) this.port.cancel(timer);
    this.timers[slot] = null;
  }
}
