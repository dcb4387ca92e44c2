/**
 * What flows can begin and end at, by name, as far as the document tells it: hosts and storage servers of its pods and of
 * `initial`, template stores, the public network. Guarantees that nothing is called unknown that a mistake elsewhere hides, and
 * that a zone which no flow names costs nothing.
 */
import type { Cursor } from '../cursor.js';
import { sanitised, type Inventory } from '../inventory.js';
import { hostNames, podNames, PUBLIC_END, storageNames, templateStoreName, zoneOf } from '../names.js';
import { nearest, suggestion } from '../nearest.js';
import { BUILT_IN_TYPES, hostType } from '../schema/datacenter.js';
import { defaultType, homeZone, type CheckContext } from './context.js';
import { groupOf, machineCount, MAX_MACHINES } from './zones.js';

export interface KnownEnd {
  /** null: the public network, of whichever zone. */
  zone: string | null;
  /** Of its port; undefined: something in its way is wrong. */
  bitsPerSecond: number | undefined;
  isHost: boolean;
}

/** By full name. */
type Machines = Map<string, Machine>;

interface Machine {
  readonly bitsPerSecond: number | undefined;
  readonly isHost: boolean;
}

/** Of template stores and public links where the file says none. */
const PRESET_SPEED = '10 Gbps';

/** What machines are without a type, and how fast their port is where a type does not say. */
const PRESETS = {
  hostTypes: { type: 'standard', nic: BUILT_IN_TYPES.hostTypes.standard.nic },
  storageTypes: { type: 'filer', nic: BUILT_IN_TYPES.storageTypes.filer.nic },
} as const;

/** Whatever types the file declares. */
const INVENTORY_HOST = hostType.parse(BUILT_IN_TYPES.hostTypes.standard);

export class KnownEnds {
  private readonly zones = new Map<string, Cursor>();
  private readonly machines = new Map<string, Machines | null>();
  private readonly unknown = new Map<string, string>();
  /** Every zone says what it is called. */
  private readonly allNamed: boolean;
  private readonly inventory: Inventory | null;
  private readonly inventoryZone: string | undefined;

  constructor(
    private readonly root: Cursor,
    { inventory }: CheckContext,
  ) {
    this.inventory = inventory;
    this.allNamed = root
      .get('zones')
      .items()
      .every((zone) => zone.get('name').text() !== undefined);
    for (const zone of root.get('zones').items()) {
      const name = zone.get('name').text();
      if (name !== undefined && !this.zones.has(name)) this.zones.set(name, zone);
    }
    const initial = root.get('initial');
    this.inventoryZone = initial.exists ? homeZone(root, initial) : undefined;
  }

  /** A text: what is wrong with the name; null: nothing can be said of it. */
  find(name: string): KnownEnd | string | null {
    const end = this.named(name);
    return end === undefined ? this.unknownName(name) : end;
  }

  /** A text: why it names no host; null: it does, or nothing can be said of it. */
  notAHost(name: string): string | null {
    const end = this.named(name);
    if (end === null || end?.isHost === true) return null;
    const hosts = [...this.zones.keys()].flatMap((zone) => [...(this.machinesOf(zone) ?? [])]);
    return `there is no host '${name}'${suggestion(
      name,
      hosts.filter(([, { isHost }]) => isHost).map(([host]) => host),
    )}`;
  }

  /** Whether machines are in it; true, too, where nothing can be said of it. */
  isPod(name: string): boolean {
    const machines = this.zones.has(zoneOf(name)) ? this.machinesOf(zoneOf(name)) : new Map<string, Machine>();
    return machines === null || [...machines.keys()].some((machine) => machine.startsWith(`${name}/`));
  }

  publicLink(zone: string): number | undefined {
    return this.zones.get(zone)?.get('network', 'firewall', 'publicLink').quantity('bitRate', PRESET_SPEED);
  }

  /** undefined: nothing is called so; null: there is no telling. */
  private named(name: string): KnownEnd | null | undefined {
    if (name === PUBLIC_END) return { zone: null, bitsPerSecond: undefined, isHost: false };
    const zone = zoneOf(name);
    const cursor = this.zones.get(zone);
    if (!cursor) return this.allNamed ? undefined : null;
    if (name === templateStoreName(zone))
      return {
        zone,
        bitsPerSecond: cursor.get('network', 'templateStore', 'nic').quantity('bitRate', PRESET_SPEED),
        isHost: false,
      };
    const machines = this.machinesOf(zone);
    if (machines === null) return null;
    const machine = machines.get(name);
    return machine && { zone, ...machine };
  }

  /** Worked out once a name: with many machines it takes a while. */
  private unknownName(name: string): string {
    let words = this.unknown.get(name);
    if (words === undefined) {
      const zone = zoneOf(name);
      const known = [PUBLIC_END, ...(this.zones.has(zone) ? this.namesIn(zone) : this.elsewhere(name, zone))];
      words = `there is no host, storage server or template store '${name}'${suggestion(name, known)}`;
      this.unknown.set(name, words);
    }
    return words;
  }

  private namesIn(zone: string): string[] {
    return [templateStoreName(zone), ...(this.machinesOf(zone)?.keys() ?? [])];
  }

  /** Where there is no such zone: what is called so in the others, else all that is in the nearest. */
  private elsewhere(name: string, zone: string): string[] {
    const zones = [...this.zones.keys()];
    const same = zones.map((other) => other + name.slice(zone.length)).filter((other) => this.named(other));
    const meant = nearest(zone, zones) ?? zones[0];
    return same.length > 0 || meant === undefined ? same : this.namesIn(meant);
  }

  /** null: not all are known. */
  private machinesOf(name: string): Machines | null {
    let machines = this.machines.get(name);
    if (machines === undefined) this.machines.set(name, (machines = this.listMachines(name, this.zones.get(name)!)));
    return machines;
  }

  private listMachines(name: string, zone: Cursor): Machines | null {
    const pods = zone.get('pods').items();
    const count = pods.reduce((sum, pod) => sum + pod.get('count').count() * machineCount(pod), 0);
    if (count > MAX_MACHINES || !pods.every(isSound)) return null;
    const machines: Machines = new Map();
    for (const pod of pods) {
      const inPod = this.inPod(pod);
      for (const podName of podNames(groupOf(pod)))
        for (const [machine, what] of inPod) machines.set(`${name}/${podName}/${machine}`, what);
    }
    if (name !== this.inventoryZone) return machines;
    if (!this.inventory) return null;
    const server = this.portOf(this.root.get('initial', 'storage').text(), 'storageTypes');
    for (const { name: cluster, hosts } of this.inventory.clusters) {
      const pod = `${name}/${sanitised(cluster)}`;
      for (const host of hosts)
        machines.set(`${pod}/${sanitised(host.name)}`, { bitsPerSecond: INVENTORY_HOST.nic, isHost: true });
      machines.set(`${pod}/s1`, { bitsPerSecond: server, isHost: false });
    }
    return machines;
  }

  private inPod(pod: Cursor): [name: string, machine: Machine][] {
    const kinds = [
      { entries: pod.get('hosts').items(), namesOf: hostNames, section: 'hostTypes' },
      { entries: serversOf(pod), namesOf: storageNames, section: 'storageTypes' },
    ] as const;
    return kinds.flatMap(({ entries, namesOf, section }) =>
      namesOf(entries.map((entry) => (entry ? groupOf(entry) : {}))).flatMap((names, at) => {
        const bitsPerSecond = this.portOf(entries[at]?.get('type').text(), section);
        const isHost = section === 'hostTypes';
        return names.map((name): [string, Machine] => [name, { bitsPerSecond, isHost }]);
      }),
    );
  }

  /** Of a machine of this type as written, or without one; undefined: there is no telling which type that is. */
  private portOf(written: string | undefined, section: keyof typeof PRESETS): number | undefined {
    const { type: preset, nic } = PRESETS[section];
    const declared = this.root.get(section);
    const type = written ?? defaultType(declared.keys(), preset);
    if (type === null || (type !== preset && !declared.get(type).isMap)) return undefined;
    return declared.get(type, 'nic').quantity('bitRate', nic);
  }
}

/** Whether its names, and those of all that is in it, can be told from what is written. */
function isSound(pod: Cursor): boolean {
  const hosts = pod.get('hosts').items();
  const machines = [...hosts, ...pod.get('storage').items()];
  return groupOf(pod).name !== undefined && hosts.length > 0 && [pod, ...machines].every(isCounted);
}

function isCounted(group: Cursor): boolean {
  const [name, count] = [group.get('name'), group.get('count')];
  const named = !name.exists || name.text() !== undefined;
  return group.isMap && named && (!count.exists || count.number() === count.count());
}

/** null: the one that a pod has which names none. */
function serversOf(pod: Cursor): (Cursor | null)[] {
  return pod.get('storage').exists ? pod.get('storage').items() : [null];
}
