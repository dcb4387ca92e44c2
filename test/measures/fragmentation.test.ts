import { expect, test } from 'vitest';
import { networkFigures, scatter, zoneFigures, zoneLayout } from '../../sim/measures/fragmentation.js';

const GIB = 2 ** 30;
/** Three pods of two hosts of 4 cores and 8 GiB. */
const zone = zoneLayout([0, 0, 1, 1, 2, 2].map((pod) => ({ pod, cpuMillis: 4_000, memoryBytes: 8 * GIB })));
const vm = (host: number, cores = 1, gib = 1) => ({ host, cpuMillis: cores * 1000, memoryBytes: gib * GIB });

test('one VM has no choice: it is not fragmented', () => {
  expect(networkFigures([vm(3)], 3, zone)).toEqual({
    hosts: 1,
    pods: 1,
    phantomDomains: 0,
    leastHosts: 1,
    leastPods: 1,
    fragmentation: 0,
    hostFragmentation: 0,
  });
});

test('from together to scattered', () => {
  const three = (...hosts: number[]) =>
    networkFigures(
      hosts.map((host) => vm(host)),
      0,
      zone,
    );
  expect(three(0, 0, 0)).toMatchObject({ fragmentation: 0, hostFragmentation: 0, phantomDomains: 0 });
  expect(three(0, 0, 1)).toMatchObject({ fragmentation: 0, hostFragmentation: 0.5, phantomDomains: 1 });
  expect(three(0, 1, 2)).toMatchObject({ fragmentation: 0.5, hostFragmentation: 1, phantomDomains: 2 });
  expect(three(0, 2, 4)).toMatchObject({ fragmentation: 1, hostFragmentation: 1, phantomDomains: 2 });
});

test('what cannot be more together than it is does not count as fragmented', () => {
  // Ten cores need three hosts and two pods at the least.
  const figures = networkFigures([vm(0, 4), vm(1, 4), vm(2, 2)], 1, zone);
  expect(figures).toMatchObject({ leastHosts: 3, leastPods: 2, hosts: 3, pods: 2 });
  expect(figures).toMatchObject({ fragmentation: 0, hostFragmentation: 0, phantomDomains: 2 });
  // Memory decides where it is the scarcer.
  expect(networkFigures([vm(0, 1, 8), vm(1, 1, 8), vm(2, 1, 1)], null, zone)).toMatchObject({ leastPods: 2 });
});

test('without a routing appliance, or with one elsewhere, every host is a phantom domain', () => {
  expect(networkFigures([vm(0), vm(1)], null, zone).phantomDomains).toBe(2);
  expect(networkFigures([vm(0), vm(1)], 5, zone).phantomDomains).toBe(2);
});

test('a host without capacity for customers (routing only) counts neither as host nor as pod', () => {
  const withRouting = zoneLayout([
    { pod: 0, cpuMillis: 4_000, memoryBytes: 8 },
    { pod: 0, cpuMillis: 2_000, memoryBytes: 16 },
    { pod: 1, cpuMillis: 0, memoryBytes: 0 },
  ]);
  expect(withRouting).toMatchObject({ hostCount: 2, podCount: 1 });
  expect(withRouting.largestHost).toEqual({ cpuMillis: 4_000, memoryBytes: 16 });
  expect(withRouting.largestPod).toEqual({ cpuMillis: 6_000, memoryBytes: 24 });
});

test('scatter stays within 0 and 1, overfull hosts included', () => {
  expect(scatter(1, 3, 5)).toBe(0);
  expect(scatter(2, 1, 1)).toBe(0);
  expect(scatter(4, 2, 4)).toBe(1);
  expect(scatter(3, 2, 4)).toBe(0.5);
});

test('zone figures are weighted by VMs, and guest networks without running VMs have no part', () => {
  const counts = (vms: number, pods: number) => ({
    vms,
    hosts: pods,
    pods,
    demand: { cpuMillis: vms, memoryBytes: vms },
    onRouter: false,
  });
  // 3 VMs scattered over all pods, 1 alone.
  expect(zoneFigures([counts(3, 3), counts(1, 1), counts(0, 0)], zone)).toEqual({
    vms: 4,
    networks: 2,
    fragmentation: 0.75,
    hostFragmentation: 0.75,
    podsPerCustomer: 2.5,
    hostsPerCustomer: 2.5,
    phantomDomains: 2.5,
  });
  expect(zoneFigures([], zone)).toMatchObject({ vms: 0, networks: 0, fragmentation: 0 });
});
