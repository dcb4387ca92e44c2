/** What must hold of a plane's state at every instant, computed from its records alone, not from its accounts of them. */
import { expect } from 'vitest';
import type { NetworkRecord, VmRecord } from '../../sim/control/records.js';
import type { Throttle } from '../../sim/control/ports.js';
import type { ZoneState } from '../../sim/control/state.js';
import { sameThrottle } from '../../sim/control/throttle.js';
import { VM_STATES } from '../../sim/control/vm-states.js';

/** `inventory`: VMs ran before their guest networks had a routing appliance. */
/** As many are under way as may be; what each holds stands with its guest networks. */
function checkMigrations(state: ZoneState): void {
  const all = [...state.migrations.values()];
  const underWay = all.filter(({ state: at }) => at !== 'queued');
  for (const one of all) expect(one.question !== null).toBe(one.state === 'choosing');
  expect(state.migrationsUnderWay).toBe(underWay.length);
  expect([...state.queue].sort((a, b) => a - b)).toEqual(
    all.filter(({ state: at }) => at === 'queued').map(({ id }) => id),
  );
  const { perHost, perZone } = state.config.migration;
  if (perZone !== null) expect(underWay.length).toBeLessThanOrEqual(perZone);
  for (const { id } of state.hosts) {
    const here = underWay.filter(({ from, to }) => from === id || to === id);
    expect(state.migrationsAt.get(id) ?? 0).toBe(here.length);
    if (perHost !== null) expect(here.length).toBeLessThanOrEqual(perHost);
  }
  for (const network of state.networks) {
    const kept = all.flatMap(({ id, networks, from, to, reserved, left }) =>
      networks.includes(network.id)
        ? [...(reserved === null ? [] : [`${id} at ${to}`]), ...(left === null ? [] : [`${id} at ${from}`])]
        : [],
    );
    const said = [...network.kept].flatMap(([host, ids]) => ids.map((id) => `${id} at ${host}`));
    expect(said.sort()).toEqual(kept.sort());
  }
  for (const { vm, state: at, from } of underWay)
    if (['preparing', 'copying', 'confirming', 'inquiring', 'cancelling'].includes(at))
      expect(state.vm(vm)).toMatchObject({ state: 'migrating', host: from });
}

export function checkInvariants(state: ZoneState, { inventory = false } = {}): void {
  const vms = [...state.vms.values()];
  for (const vm of vms) expect(VM_STATES.states).toContain(vm.state);
  checkCapacity(state);
  checkStorage(state);
  checkMigrations(state);
  checkSwitches(state, inventory);
  checkAddresses(state, vms);
  for (const nic of state.nics.values()) {
    expect(state.network(nic.network).vlan, 'a virtual NIC without VLAN ID').not.toBeNull();
    if (nic.state === 'removing') continue;
    expect(
      vms.some((vm) => vm.networks.includes(nic.network) && vm.host === nic.host) ||
        state.network(nic.network).kept.has(nic.host),
      'a virtual NIC without a VM',
    ).toBe(true);
  }
  for (const vm of vms) checkVm(state, vm, inventory);
  for (const network of state.networks) checkNetwork(state, network, vms);
  for (const rule of state.rules.values()) {
    expect([...state.network(rule.network).rules]).toContain(rule.id);
    for (const vm of rule.spec.vms) expect(state.vm(vm).rules).toContain(rule.id);
    if (rule.state === 'present' && rule.spec.type !== 'firewall')
      expect(['running', 'idle'], 'in force in no appliance').toContain(state.network(rule.network).appliance.state);
  }
}

function checkVm(state: ZoneState, vm: VmRecord, inventory: boolean): void {
  for (const rule of vm.rules) expect(state.rule(rule).spec.vms).toContain(vm.id);
  // A start may wait for its guest network first.
  if (vm.held) expect(['stopped', 'requested']).toContain(vm.state);
  expect(vm.resize !== null).toBe(vm.state === 'resizing');
  const unsettled = vm.state === 'running' && !(vm.throttled && sameThrottle(vm.throttle, expectedThrottle(state, vm)));
  expect(state.unsettled.has(vm.id), 'to be told its throttle').toBe(unsettled);
  if (vm.state !== 'running' && vm.state !== 'resizing' && vm.state !== 'migrating') return;
  expect(vm.host).not.toBeNull();
  if (vm.disk !== null) expect(state.disk(vm.disk).state).toBe('ready');
  for (const id of vm.networks) {
    const network = state.network(id);
    expect(state.nicOn(network, vm.host!)?.state).toBe('present');
    if (vm.role === 'user' && !inventory) expect(network.state, 'runs without routing appliance').toBe('implemented');
  }
  if (vm.disk === null) return;
  const home = state.servers[state.disk(vm.disk).server]!;
  expect(home.pod).toBe(state.host(vm.host!).pod);
  if (home.host !== null) expect(vm.host).toBe(home.host);
}

/** The tightest of what applies to it, limit by limit. */
function expectedThrottle({ config, accounts }: ZoneState, { offering, account, role }: VmRecord): Throttle {
  const own = offering === null ? [] : [config.offerings[offering]!.throttle];
  const all = role === 'router' ? own : [...own, accounts[account]!.throttle, config.throttle];
  const least = (of: (one: Throttle) => number | null): number | null => {
    const limits = all.map(of).filter((limit) => limit !== null);
    return limits.length === 0 ? null : Math.min(...limits);
  };
  return { networkBitsPerSecond: least((one) => one.networkBitsPerSecond), iops: least((one) => one.iops) };
}

function checkNetwork(state: ZoneState, network: NetworkRecord, vms: readonly VmRecord[]): void {
  const users = vms.filter((vm) => vm.networks.includes(network.id) && vm.role === 'user');
  const active = users.filter((vm) => !['stopped', 'moving', 'destroying', 'destroyed'].includes(vm.state));
  expect([...network.vms].sort((a, b) => a - b)).toEqual(users.map(({ id }) => id).sort((a, b) => a - b));
  expect(network.active).toBe(active.length);
  expect([...network.waiting].sort((a, b) => a - b)).toEqual(
    users.filter((vm) => vm.state === 'requested').map(({ id }) => id),
  );
  expect(network.appliance.dueAt !== null).toBe(['idle', 'missing'].includes(network.appliance.state));
  checkPod(state, network, users);
  const known = state.accounts[network.account]!.networks.get(network.name) === network.id;
  expect(known).toBe(network.state !== 'deleted');
}

/** Where VLAN IDs are a pod's, all of a guest network is in one; elsewhere nothing is said of pods. */
function checkPod(state: ZoneState, { pod, vlan, nics }: NetworkRecord, users: readonly VmRecord[]): void {
  if (state.config.vlanScope !== 'pod') return expect(pod).toBeNull();
  const disks = users.filter((vm) => vm.disk !== null).map((vm) => state.servers[state.disk(vm.disk!).server]!.pod);
  const hosts = users.filter((vm) => vm.host !== null).map((vm) => state.host(vm.host!).pod);
  const places = new Set([...disks, ...hosts, ...[...nics.keys()].map((host) => state.host(host).pod)]);
  expect(places.size, 'a guest network in two pods').toBeLessThanOrEqual(1);
  if (places.size > 0) expect([pod]).toEqual([...places]);
  expect(pod !== null).toBe(vlan !== null || disks.length > 0);
}

/** What each switch carries, counted port by port from the virtual NICs, and that it can. */
function checkSwitches({ config, hosts, nics, trunks }: ZoneState, inventory: boolean): void {
  const { vlanScope, switches } = config;
  const networksOn = (which: (host: number) => boolean): Set<number> =>
    new Set([...nics.values()].filter(({ host }) => which(host)).map(({ network }) => network));
  const zone = networksOn(() => true);
  const seen = (port: Set<number>, all: Set<number>): Set<number> =>
    vlanScope === 'overlay' ? new Set() : switches?.trunks === 'unpruned' ? all : port;
  const pods = config.pods.map((_, pod) => networksOn((host) => hosts[host]!.pod === pod));
  const sum = (ports: Set<number>[]): number => ports.reduce((total, { size }) => total + size, 0);
  const check = (
    load: object,
    vlans: number,
    ports: Set<number>[],
    limits?: { vlans: number; virtualPorts: number },
  ) => {
    expect(load).toEqual({ vlans, virtualPorts: sum(ports) });
    if (inventory || !limits || vlanScope === 'overlay') return;
    expect(vlans, 'VLANs on a switch').toBeLessThanOrEqual(limits.vlans);
    expect(sum(ports), 'virtual ports of a switch').toBeLessThanOrEqual(limits.virtualPorts);
  };
  pods.forEach((inPod, pod) => {
    const all = vlanScope === 'zone' ? zone : inPod;
    const mine = hosts.filter((host) => host.pod === pod).map(({ id }) => networksOn((host) => host === id));
    const ports = [...mine, inPod].map((port) => seen(port, all));
    check(trunks.podLoad(pod), seen(inPod, all).size, ports, switches?.pods[pod]);
  });
  const uplinks = pods.map((inPod) => seen(inPod, vlanScope === 'pod' ? inPod : zone));
  check(trunks.zoneLoad(), vlanScope === 'zone' ? zone.size : 0, uplinks, switches?.zone);
}

function checkAddresses(state: ZoneState, vms: readonly VmRecord[]): void {
  const guest: string[] = [];
  const publics: number[] = state.networks.flatMap(({ publicAddresses }) => [...publicAddresses]);
  for (const { role, interfaces } of vms)
    interfaces.forEach(({ network, address }, at) => {
      if (address === null) return;
      if (network !== null) guest.push(`${network}/${address}`);
      else if (role === 'router' && at === 2) publics.push(address);
    });
  expect(new Set(guest).size, 'an address twice in a guest network').toBe(guest.length);
  expect(new Set(publics).size, 'a public address twice').toBe(publics.length);
  expect(state.publicAddresses.used).toBe(publics.length);
  const perPod = state.config.vlanScope === 'pod';
  const vlans = state.networks
    .filter(({ vlan }) => vlan !== null)
    .map(({ vlan, pod }) => (perPod ? `${vlan} in pod ${pod}` : `${vlan}`));
  expect(new Set(vlans).size, 'a VLAN ID in two guest networks').toBe(vlans.length);
  expect(state.vlans.used).toBe(vlans.length);
}

function checkCapacity(state: ZoneState): void {
  for (const host of state.hosts) {
    host.nodes.forEach((node, at) => {
      const parts = [...state.vms.values()].flatMap(({ host: on, nodes, held, cpuMillis, memoryBytes }) => {
        const there = held ?? { host: on, nodes };
        const size = { cpuMillis: cpuMillis / there.nodes.length, memoryBytes: memoryBytes / there.nodes.length };
        return there.host === host.id && there.nodes.includes(at) ? [size] : [];
      });
      for (const { from, to, reserved, left, cpuMillis, memoryBytes } of state.migrations.values())
        for (const [end, nodes] of [
          [to, reserved],
          [from, left],
        ] as const)
          if (end === host.id && nodes?.includes(at) === true)
            parts.push({ cpuMillis: cpuMillis / nodes.length, memoryBytes: memoryBytes / nodes.length });
      const nics = [...state.nics.values()].filter((nic) => nic.host === host.id && nic.node === at);
      const cpu = parts.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0);
      const memory =
        parts.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0) +
        nics.reduce((sum, nic) => sum + nic.memoryBytes, 0);
      expect(cpu).toBe(node.cpuMillis - node.freeCpuMillis);
      expect(memory).toBe(node.memoryBytes - node.freeMemoryBytes);
      expect(cpu).toBeLessThanOrEqual(node.cpuMillis);
      expect(memory).toBeLessThanOrEqual(node.memoryBytes);
    });
  }
}

function checkStorage(state: ZoneState): void {
  const volumes = [...state.disks.values(), ...state.copies.values(), ...state.snapshots.values()];
  state.servers.forEach((server, id) => {
    const bytes = volumes.filter((one) => one.server === id).reduce((sum, one) => sum + one.bytes, 0);
    expect(server.freeBytes).toBe(state.config.servers[id]!.capacityBytes - bytes);
    expect(server.freeBytes).toBeGreaterThanOrEqual(0);
  });
}
