/**
 * Guest traffic of a zone: who of each customer talks to whom, followed as VMs come, go, move and are throttled. Guarantees
 * that a change costs the same in a guest network of ten VMs as in one of ten thousand, and that link loads, read from
 * the counts, are what listing every pair would give (tested). It schedules nothing and draws nothing.
 *
 * A VM talks in the guest network of its first virtual NIC. What its customer's traffic is like comes from `trafficOf`, what
 * part it has in it from `groupOf`.
 */
import { assert } from '../../base/assert.js';
import { routerGroup, type TrafficPattern } from '../../../models/network/traffic-pattern.js';
import type { Domain } from '../domain.js';
import type { NetworkRule } from '../network-rules.js';
import type { PlantObserver } from '../plant-observer.js';
import { addGuestLoads, type GuestLinks } from './link-loads.js';
import { NetworkTraffic, NO_TRAFFIC, type Localities, type Place } from './network-traffic.js';
import { Pairing } from './pairing.js';
import { Routed } from './routed.js';
import { RuleFlows, type RuleRates } from './rule-flows.js';
import { into, StandingLoads, type AddLoad } from './standing-loads.js';
import { factorArea, factorAt, LOCALITIES, TrafficTotals, type Curve } from './traffic-totals.js';

export interface GuestTrafficPorts {
  now(): number;
  /** How VMs of the guest network talk; null: not modelled. */
  trafficOf(network: number): { pattern: TrafficPattern; curve: Curve } | null;
  /** The VM's group in its customer's pattern. */
  groupOf(vm: number): number;
  placeOf(host: number): Place;
  /** What a throttle leaves it, in bits per second and direction; Infinity: all. */
  throttleOf(domain: Domain): number;
  readonly links: GuestLinks;
  /** What comes in by a rule; null: nothing is said of it. */
  ruleRatesOf?(rule: number): RuleRates | null;
  /** The guest network's load on links is another from now on. */
  changed?(network: number): void;
}

/** A guest network with at least one running VM, or with traffic in the past. */
interface Talking {
  readonly network: number;
  readonly traffic: NetworkTraffic;
  readonly curve: Curve;
  readonly pairing: Pairing | null;
  readonly ruled: RuleFlows;
  /** Traffic that is not by group: pairs of VMs, and what rules let in. */
  readonly routed: Routed;
  /** All together, as the totals have it. */
  told: Localities;
  sinceMicros: number;
  /** Bit-microseconds, of the whole run and after the warm-up. */
  readonly whole: Localities;
  readonly metered: Localities;
}

interface Talker {
  readonly talking: Talking;
  place: Place;
  readonly group: number;
  /** In its guest network; null: the routing appliance's does not matter. */
  readonly address: number | null;
  ofClass: number;
}

export class GuestTraffic implements PlantObserver {
  readonly totals: TrafficTotals;
  private readonly networks = new Map<number, Talking>();
  private readonly talkers = new Map<number, Talker>();
  /** Guest networks of one curve together. */
  private readonly standing = new Map<Curve, StandingLoads>();
  private readonly changedNetworks = new Set<Talking>();
  /** With running VMs and a curve. */
  private readonly curved = new Set<Talking>();

  constructor(
    private readonly ports: GuestTrafficPorts,
    private readonly warmUpMicros = 0,
  ) {
    this.totals = new TrafficTotals(warmUpMicros);
  }

  vmRunning(domain: Domain): void {
    const talking = this.talkingIn(domain.networks[0]);
    if (talking === null) return;
    const { vm, host, role, interfaces } = domain;
    const address = role === 'router' ? null : interfaces.find((one) => one.network !== null)!.address;
    const group = role === 'router' ? routerGroup(talking.traffic.pattern) : this.ports.groupOf(vm);
    const place = this.ports.placeOf(host);
    const talker: Talker = { talking, place, group, address, ofClass: -1 };
    assert(!this.talkers.has(vm), () => `VM ${vm} runs twice`);
    this.talkers.set(vm, talker);
    this.change(talking, () => {
      const throttle = this.ports.throttleOf(domain);
      talker.ofClass = talking.traffic.classOf(group, throttle);
      talking.traffic.add(place, talker.ofClass);
      if (address === null) return;
      talking.pairing?.came(vm, place, throttle);
      talking.ruled.came(address, place, throttle, talking.traffic.router);
    });
  }

  vmGone({ vm }: Domain): void {
    const talker = this.talkers.get(vm);
    if (talker === undefined) return;
    this.talkers.delete(vm);
    const { talking, place, ofClass, address } = talker;
    this.change(talking, () => {
      talking.pairing?.went(vm);
      talking.traffic.remove(place, ofClass);
      if (address === null) talking.ruled.applianceGone();
      else talking.ruled.went(address, talking.traffic.router);
    });
  }

  /** Bits per second between two VMs without the time of day, both ways together; 0: they do not talk, or do not run. */
  between(a: number, b: number): number {
    const [one, other] = [this.talkers.get(a), this.talkers.get(b)];
    if (one === undefined || other === undefined || one.talking !== other.talking) return 0;
    const { traffic, pairing } = one.talking;
    const there = traffic.rate(one.ofClass, other.ofClass) + traffic.rate(other.ofClass, one.ofClass);
    return there + (pairing?.between(a, b) ?? 0);
  }

  /** On another host from now on, in the same conversations. */
  vmMoved(domain: Domain): void {
    const talker = this.talkers.get(domain.vm);
    if (talker === undefined) return;
    const { talking, address, ofClass } = talker;
    const before = talker.place;
    talker.place = this.ports.placeOf(domain.host);
    this.change(talking, () => {
      const { place } = talker;
      talking.traffic.remove(before, ofClass);
      talking.traffic.add(place, ofClass);
      if (address === null) return talking.ruled.routerMoved(talking.traffic.router);
      talking.pairing?.moved(domain.vm, place);
      talking.ruled.came(address, place, this.ports.throttleOf(domain), talking.traffic.router);
    });
  }

  /** Another throttle from now on. */
  vmThrottled(domain: Domain): void {
    const talker = this.talkers.get(domain.vm);
    if (talker === undefined) return;
    const { talking, place, group, address } = talker;
    this.change(talking, () => {
      const throttle = this.ports.throttleOf(domain);
      talking.traffic.remove(place, talker.ofClass);
      talker.ofClass = talking.traffic.classOf(group, throttle);
      talking.traffic.add(place, talker.ofClass);
      talking.pairing?.throttled(domain.vm, throttle);
      if (address !== null) talking.ruled.came(address, place, throttle, talking.traffic.router);
    });
  }

  /** In force in a running routing appliance from now on, for VMs with these addresses. */
  ruleAdded(appliance: number, rule: number, { targets }: NetworkRule): void {
    const talker = this.talkers.get(appliance);
    const rates = this.ports.ruleRatesOf?.(rule) ?? null;
    if (talker === undefined || rates === null) return;
    const { talking } = talker;
    this.change(talking, () => talking.ruled.ruled(rule, rates, targets, talking.traffic.router));
  }

  ruleRemoved(appliance: number, rule: number): void {
    const talking = this.talkers.get(appliance)?.talking;
    if (talking) this.change(talking, () => talking.ruled.unruled(rule, talking.traffic.router));
  }

  /** Loads of all links now, in bits per second, added to `loads`. */
  addLoads(loads: Float64Array, nowMicros = this.ports.now()): void {
    for (const network of this.networks.keys()) this.addLoadsOf(network, into(loads), nowMicros);
  }

  /** Loads of one guest network; a link may come up more than once. */
  addLoadsOf(network: number, add: AddLoad, nowMicros = this.ports.now()): void {
    const talking = this.networks.get(network);
    if (talking === undefined) return;
    const factor = factorAt(talking.curve, nowMicros);
    this.addUnscaled(talking, (link, bitsPerSecond) => add(link, factor * bitsPerSecond));
  }

  /** Of any link what `addLoads` has, within rounding, at the cost of the guest networks that changed since the last call. */
  standingLoads(nowMicros = this.ports.now()): (link: number) => number {
    for (const talking of this.changedNetworks) {
      let standing = this.standing.get(talking.curve);
      if (standing === undefined) this.standing.set(talking.curve, (standing = new StandingLoads()));
      standing.replace(talking.network, (add) => this.addUnscaled(talking, add));
    }
    this.changedNetworks.clear();
    const byCurve = [...this.standing].map(([curve, loads]) => ({ factor: factorAt(curve, nowMicros), loads }));
    return (link) => byCurve.reduce((sum, { factor, loads }) => sum + factor * loads.on(link), 0);
  }

  private addUnscaled({ traffic, routed }: Talking, add: AddLoad): void {
    addGuestLoads(traffic, this.ports.links, add);
    routed.addLoads(add);
  }

  /**
   * What the switches of a pod (null: of the zone, as one network) bring to the guest network's VMs, and what of it a
   * router brings to VMs that send nothing: from other pods, or in one network from the routing appliance. In bits per
   * second.
   */
  delivered(network: number, pod: number | null): { bitsPerSecond: number; toSilentBitsPerSecond: number } {
    const sum = { bitsPerSecond: 0, toSilentBitsPerSecond: 0 };
    const talking = this.networks.get(network);
    if (talking === undefined) return sum;
    const { traffic, curve, routed } = talking;
    const factor = factorAt(curve, this.ports.now());
    sum.bitsPerSecond = factor * routed.delivered(pod);
    for (const [host] of traffic.hosts.places())
      if (pod === null || this.ports.placeOf(host).pod === pod)
        sum.bitsPerSecond += factor * traffic.takenAt(traffic.hosts, host);
    sum.toSilentBitsPerSecond =
      factor * (pod === null ? traffic.routedToSilent() : traffic.takenAt(traffic.pods, pod, true));
    return sum;
  }

  /** Whether any of it changes by itself over the day. */
  get followsCurve(): boolean {
    return this.curved.size > 0;
  }

  /** Guest networks that talk, or did. */
  allNetworks(): Iterable<number> {
    return this.networks.keys();
  }

  /** What the guest network has exchanged after the warm-up, or (`whole`) in the whole run, in bits. */
  bitsOf(network: number, nowMicros = this.ports.now(), whole = false): Localities {
    const talking = this.networks.get(network);
    if (talking === undefined) return { ...NO_TRAFFIC };
    this.meter(talking, nowMicros);
    const metered = whole ? talking.whole : talking.metered;
    return Object.fromEntries(LOCALITIES.map((key) => [key, metered[key] / 1e6])) as unknown as Localities;
  }

  private talkingIn(network: number | undefined): Talking | null {
    if (network === undefined) return null;
    const found = this.networks.get(network);
    if (found !== undefined) return found;
    const said = this.ports.trafficOf(network);
    if (said === null) return null;
    const { pattern, curve } = said;
    const routed = new Routed(this.ports.links);
    const talking: Talking = {
      ...{ network, traffic: new NetworkTraffic(pattern), curve, routed, ruled: new RuleFlows(routed) },
      pairing: pattern.pair && new Pairing(pattern.pair, routed),
      ...{ told: { ...NO_TRAFFIC }, sinceMicros: 0, whole: { ...NO_TRAFFIC }, metered: { ...NO_TRAFFIC } },
    };
    this.networks.set(network, talking);
    return talking;
  }

  private change(talking: Talking, work: () => void): void {
    const now = this.ports.now();
    this.meter(talking, now);
    work();
    const { traffic, routed } = talking;
    const after = { ...traffic.now };
    for (const key of LOCALITIES) after[key] += routed.now[key];
    this.totals.change(now, talking.curve, talking.told, after);
    talking.told = after;
    this.changedNetworks.add(talking);
    if (talking.curve !== null && traffic.vms > 0) this.curved.add(talking);
    else this.curved.delete(talking);
    this.ports.changed?.(talking.network);
  }

  private meter(talking: Talking, nowMicros: number): void {
    const { curve, told, sinceMicros } = talking;
    talking.sinceMicros = nowMicros;
    if (nowMicros <= sinceMicros) return;
    add(talking.whole, told, factorArea(curve, sinceMicros, nowMicros));
    const from = Math.max(sinceMicros, this.warmUpMicros);
    if (nowMicros > from) add(talking.metered, told, factorArea(curve, from, nowMicros));
  }
}

function add(to: Localities, rates: Readonly<Localities>, micros: number): void {
  for (const key of LOCALITIES) to[key] += micros * rates[key];
}
