/** What customers ask for beside starting and stopping, and what becomes of it when agents say no or nothing. */
import { describe, expect, test } from 'vitest';
import type { RuleWish } from '../../sim/control/ports.js';
import { fullZone, GIB, Harness, MINUTE, smallZone } from './harness.js';

function running(config = fullZone()): Harness {
  const harness = new Harness(config);
  harness.register('acme');
  harness.start('acme', 'web');
  harness.settle();
  return harness;
}

const vmOf = (harness: Harness, name: string) =>
  [...harness.plane.state.vms.values()].find((vm) => vm.name === name && vm.role === 'user')!;

/** Answers nobody gives: until nothing is due before `minutes`. */
function silence(harness: Harness, minutes: number): void {
  const end = harness.now + minutes * MINUTE;
  while (harness.wakeAt !== null && harness.wakeAt <= end) harness.advanceTo(harness.wakeAt);
}

describe('resize', () => {
  const larger = {
    kind: 'resize',
    account: 'acme',
    vm: 'web',
    want: { cpuMillis: 2000, memoryBytes: 2 * GIB, diskBytes: 0 },
  } as const;

  test('holds room for the larger size until the agent has said', () => {
    const harness = running();
    const before = harness.plane.view.free(0).cpuMillis;
    harness.request(larger);
    expect(harness.stateOf('acme', 'web')).toBe('resizing');
    expect(harness.plane.view.free(0).cpuMillis).toBe(before - 1000);
    harness.answer('hypervisor-error');
    expect(harness.lastOutcome()).toBe('agent-failed');
    expect(vmOf(harness, 'web')).toMatchObject({ state: 'running', cpuMillis: 1000, offering: 0 });
    expect(harness.plane.view.free(0).cpuMillis).toBe(before);
  });

  test('after silence the VM is given back its former size, and only then its room is free', () => {
    const harness = running();
    const before = harness.plane.view.free(0).cpuMillis;
    harness.request(larger);
    harness.outstanding.splice(0);
    silence(harness, 3);
    expect(harness.lastOutcome()).toBe('agent-silent');
    const command = harness.outstanding.at(-1)!;
    expect(command).toMatchObject({ kind: 'restore-vm', cpuMillis: 1000, memoryBytes: GIB });
    expect(harness.plane.view.free(0).cpuMillis).toBe(before - 1000);
    harness.report(command.number);
    expect(harness.stateOf('acme', 'web')).toBe('running');
    expect(harness.plane.view.free(0).cpuMillis).toBe(before);
  });

  test('a VM that is at work for another request is busy', () => {
    const harness = running();
    harness.request({ kind: 'snapshot', account: 'acme', vm: 'web', snapshot: 'one' });
    harness.request(larger);
    expect(harness.lastOutcome()).toBe('vm-busy');
    harness.settle();
    harness.request(larger);
    harness.settle();
    expect(harness.lastOutcome()).toBe('done');
  });
});

describe('rules', () => {
  const forward: RuleWish = {
    type: 'port-forward',
    protocol: 'tcp',
    publicAddress: null,
    port: 80,
    vm: 'web',
    targetPort: 8080,
  };
  const add = (wish: RuleWish, rule = 'www') =>
    ({ kind: 'add-rule', account: 'acme', network: 'default', rule, wish }) as const;

  test('carry the private addresses of their VMs', () => {
    const harness = running();
    harness.request(add(forward));
    expect(harness.outstanding.at(-1)).toMatchObject({
      kind: 'add-rule',
      targets: [vmOf(harness, 'web').interfaces[0]!.address],
      spec: { type: 'port-forward', port: 80, targetPort: 8080 },
    });
    harness.settle();
    expect(harness.lastOutcome()).toBe('done');
  });

  test('one that the appliance cannot take is removed, to be sure, and its name is free again', () => {
    const harness = running();
    harness.request(add(forward));
    harness.answer('refused');
    expect(harness.lastOutcome()).toBe('agent-failed');
    expect(harness.outstanding.at(-1)!.kind).toBe('remove-rule');
    harness.settle();
    expect(harness.plane.state.networks[0]!.ruleNames.size).toBe(0);
  });

  test.each([
    ['an unknown VM', { ...forward, vm: 'nobody' }, 'unknown-vm'],
    ['an address that is not his', { ...forward, publicAddress: 0xcb007105 }, 'unknown-address'],
    ['no port', { ...forward, port: 0 }, 'bad-request'],
    [
      'ports the wrong way round',
      { type: 'firewall', protocol: 'tcp', source: { first: 0, prefixLength: 0 }, firstPort: 9, lastPort: 8 },
      'bad-request',
    ],
    ['a host name that DHCP gives out', { type: 'dns', host: 'web', vm: 'web' }, 'rule-conflict'],
  ] as [string, RuleWish, string][])('with %s are refused', (_, wish, reason) => {
    const harness = running();
    harness.request(add(wish));
    expect(harness.lastOutcome()).toBe(reason);
    expect(harness.outstanding).toEqual([]);
  });

  test('a DHCP entry that cannot be had fails the start', () => {
    const harness = running();
    harness.start('acme', 'db');
    const at = harness.outstanding.findIndex(({ kind }) => kind === 'add-rule');
    const [dhcp] = harness.outstanding.splice(at, 1);
    harness.report(dhcp!.number, 'refused');
    harness.settle();
    expect(harness.stateOf('acme', 'db')).toBe('destroyed');
    expect(harness.history.filter((tx) => tx.kind === 'request-ended').at(-1)).toMatchObject({ outcome: 'failed' });
  });
});

describe('templates', () => {
  test('two disks wait for one copy, and both fail with it', () => {
    const harness = running();
    harness.start('acme', 'a', 'imaged');
    harness.start('acme', 'b', 'imaged');
    const copies = harness.outstanding.filter(({ kind }) => kind === 'copy-template');
    expect(copies).toHaveLength(1);
    harness.outstanding.splice(harness.outstanding.indexOf(copies[0]!), 1);
    harness.report(copies[0]!.number, 'hypervisor-error');
    harness.settle();
    expect([harness.stateOf('acme', 'a'), harness.stateOf('acme', 'b')]).toEqual(['destroyed', 'destroyed']);
    expect(harness.plane.state.copies.size).toBe(0);
  });

  test('a copy that nobody answers for is removed, unless a disk wants it meanwhile', () => {
    const harness = running();
    harness.start('acme', 'a', 'imaged');
    harness.outstanding.splice(0);
    silence(harness, 3);
    expect(harness.outstanding.map(({ kind }) => kind)).toContain('remove-template');
    harness.start('acme', 'c', 'imaged');
    expect(harness.outstanding.at(-1)!.kind).not.toBe('remove-template');
    harness.settle();
    expect(harness.stateOf('acme', 'c')).toBe('running');
    expect([...harness.plane.state.copies.values()].map(({ state }) => state)).toEqual(['ready']);
  });
});

describe('guest networks', () => {
  test('of a range of his own have its first address as gateway', () => {
    const harness = running();
    const range = { first: 0xc0a80700, prefixLength: 29 };
    harness.request({ kind: 'create-network', account: 'acme', network: 'back', range });
    harness.request({ kind: 'start-new', account: 'acme', vm: 'db', want: { offering: 'small' }, networks: ['back'] });
    const gateways = harness.plane.state.networks.map(({ gateway }) => gateway);
    expect(gateways).toEqual([0x0a010101, 0xc0a80701]);
    expect(vmOf(harness, 'db').interfaces[0]!.address).toBe(0xc0a80702);
  });

  test.each([
    [{ first: 0xc0a80701, prefixLength: 24 }],
    [{ first: 0xc0a80700, prefixLength: 31 }],
    [{ first: -256, prefixLength: 24 }],
  ])('of a range that cannot be are refused: %o', (range) => {
    const harness = running();
    harness.request({ kind: 'create-network', account: 'acme', network: 'back', range });
    expect(harness.lastOutcome()).toBe('bad-request');
  });

  test('a VM in two of them waits for both, and is refused where one cannot be had', () => {
    const harness = new Harness(smallZone({ vlans: [600] }));
    harness.register('acme');
    harness.request({ kind: 'create-network', account: 'acme', network: 'back' });
    const want = { offering: 'small' };
    harness.request({ kind: 'start-new', account: 'acme', vm: 'web', want, networks: ['default', 'back'] });
    expect(harness.lastOutcome()).toBe('vlan-exhausted');
    harness.settle();
    expect(harness.plane.state.networks[0]!.appliance.state, 'started for nobody').toBe('idle');
  });
});

describe('agents', () => {
  const report = (harness: Harness, host: number, nodes: { cpuMillis: number; memoryBytes: number }[], agent = host) =>
    harness.feed({
      kind: 'report',
      report: { kind: 'capabilities', agent, hosts: [{ host, nodes, features: ['console'] }] },
    });

  test('are believed about their own hosts only', () => {
    const harness = running();
    expect(report(harness, 1, [{ cpuMillis: 1000, memoryBytes: GIB }], 2)).toEqual([]);
    report(harness, 1, [{ cpuMillis: 1000, memoryBytes: GIB }]);
    expect(harness.plane.view.free(1)).toEqual({ cpuMillis: 1000, memoryBytes: GIB });
  });

  test('that find less than is held take the host out of service', () => {
    const harness = running();
    const nodes = harness.config.hosts[0]!.nodes.map(() => ({ cpuMillis: 100, memoryBytes: GIB }));
    report(harness, 0, nodes);
    expect(harness.plane.state.host(0).inService).toBe(false);
    harness.start('acme', 'db');
    expect(vmOf(harness, 'db').host).not.toBe(0);
  });

  test('say what hypervisors cannot do, and it is refused', () => {
    const harness = running();
    report(harness, 0, [...harness.config.hosts[0]!.nodes]);
    harness.request({ kind: 'resize', account: 'acme', vm: 'web', want: { offering: 'imaged' } });
    expect(harness.lastOutcome()).toBe('unsupported');
    harness.request({ kind: 'console', account: 'acme', vm: 'web' });
    harness.settle();
    expect(harness.lastOutcome()).toBe('done');
  });
});
