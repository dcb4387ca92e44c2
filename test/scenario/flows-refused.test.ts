/** What is wrong with a flow is told at its place, and any value is answered. */
import { describe, expect, it } from 'vitest';
import { readFlowCsv } from '../../sim/traces/flow-csv.js';
import { problemsOf, scenario } from './load.js';
import { twoZones } from './two-zones.js';

describe('refused at its place', () => {
  const one = (entry: string, types = '') => twoZones(`flows: [{at: 1h, ${entry}}]`, types);
  const known = 'there is no host, storage server or template store';

  it.each([
    ['from: z1/p03/h01, to: public, size: 1 B', `24: flows.0.from: ${known} 'z1/p03/h01'; did you mean 'z1/p01/h01'?`],
    ['from: Public, to: z1/p01/h01, size: 1 B', `24: flows.0.from: ${known} 'Public'; did you mean 'public'?`],
    ['from: z2/templates, to: z2/q/a3, size: 1 B', `42: flows.0.to: ${known} 'z2/q/a3'; did you mean 'z2/q/a1'?`],
    ['from: z3/q/a1, to: public, size: 1 B', `24: flows.0.from: ${known} 'z3/q/a1'; did you mean 'z2/q/a1'?`],
    // A pod, and a switch, are no ends.
    [
      'from: z1/p01, to: public, size: 1 B',
      `24: flows.0.from: ${known} 'z1/p01'; known: public, z1/templates, z1/p01/h01`,
    ],
    ['from: z1/p01/a, to: public, size: 1 B', `24: flows.0.from: ${known} 'z1/p01/a'; did you mean 'z1/p01/s1'?`],
    [
      'from: z1/p01/h01, to: z1/p01/h01, size: 1 B',
      "40: flows.0.to: a flow goes from one to another; 'z1/p01/h01' stands here twice",
    ],
    [
      'from: public, to: public, size: 1 B',
      "36: flows.0.to: a flow goes from one to another; 'public' stands here twice: name a host, a storage server, or a template store",
    ],
    ['from: z2/q/h, to: public', "9: flows.0.size is missing; add e.g. 'size: 4 GiB'"],
    ['from: z2/q/h, size: 1 B', "9: flows.0.to is missing; add e.g. 'to: z1/p01/h02'"],
    ["from: '', to: public, size: 1 B", `24: flows.0.from: ${known} ''; known: public, z1/templates`],
    ['from: z2/q/h, to: public, size: 5', '50: flows.0.size: 5 has no unit; write a size, e.g. 5 GiB'],
    ['from: z2/q/h, to: public, size: -1 B', '50: flows.0.size: a size is not negative'],
    ['from: z2/q/h, to: public, size: 1 B, weight: 0', '63: flows.0.weight: a number of at least 0.000001 is due here'],
    ['from: z2/q/h, to: public, size: 1 B, weight: .inf', '63: flows.0.weight: a number is due here'],
    ['from: z2/q/h, to: public, size: 1 B, cap: 0 bps', '60: flows.0.cap: this rate in bits must be above 0'],
    ['from: z2/q/h, to: public, size: 1 B, every: 0 s', '62: flows.0.every: this duration must be above 0'],
    [
      'from: z2/q/h, to: public, size: 1 B, every: 1h, count: 0',
      '73: flows.0.count: a number of at least 1 is due here',
    ],
    [
      'from: z2/q/h, to: public, size: 1 B, count: 3',
      "55: flows.0.count: it goes with 'every'; add how long after the first the second is",
    ],
    ['from: z2/q/h, to: public, size: 1 B, name: a b', "61: flows.a b.name: 'a b' is no name"],
    ['from: z2/q/h, to: public, size: 1 B, wieght: 3', "55: unknown key 'wieght' in flows.0; did you mean 'weight'?"],
    [
      'from: z2/q/h, to: public, size: 1 B, every: 1 us',
      '8: flows: these are 82800000001 flows, more than the 1000000 that a run may have',
    ],
    [
      'from: z2/q/h, to: public, size: 1 B, cap: 1 Gbps, guaranteed: 2 Gbps',
      '80: flows.0.guaranteed: it is more than its cap of 1 Gbps; write that at most',
    ],
  ])('%s', (entry, expected) => {
    const [found, ...more] = problemsOf(one(entry));
    expect(more).toEqual([]);
    expect(found).toContain(`f.yaml:14:${expected}`);
  });

  it.each([
    // By host type, by storage type, by template store, by public link; each as written, and as it is by default.
    ['z1/p01/h01', 'z1/p01/s1', '', '10 Gbps', "10 Gbps of 'z1/p01/h01'"],
    ['z1/p01/s1', 'z1/p02/s1', '', '20 Gbps', "20 Gbps of 'z1/p01/s1'"],
    ['z1/templates', 'z1/p01/s1', '', '10 Gbps', "10 Gbps of 'z1/templates'"],
    ['z1/p01/s1', 'public', '', '10 Gbps', "10 Gbps of 'public'"],
    [
      'z1/p01/s1',
      'z1/p02/s1',
      'storageTypes: {fast: {capacity: 1 TiB, nic: 25 Gbps}}',
      '25 Gbps',
      "25 Gbps of 'z1/p01/s1'",
    ],
  ])('a guarantee above what its ends can carry: %s to %s', (from, to, types, most, words) => {
    const text = (guaranteed: string) =>
      twoZones(
        `flows: [{at: 1h, from: ${from}, to: ${to}, size: 1 B, guaranteed: ${guaranteed}}]`,
        types && `${types}\n`,
      );
    expect(problemsOf(text(most))).toEqual([]);
    expect(problemsOf(text(most.replace(' ', '.1 ')))).toEqual([
      expect.stringContaining(`flows.0.guaranteed: it is more than the ${words}; write that at most`),
    ]);
  });

  it('by speeds that the file gives: of a host type, a template store, a public link', () => {
    const text = (from: string, to: string, guaranteed: string) =>
      scenario({
        host: '{cpu: 8 cores, memory: 16 GiB, nic: 1 Gbps}',
        network: '{vlans: [600], templateStore: {nic: 2 Gbps}, firewall: {publicLink: 3 Gbps}}',
        more: `flows: [{at: 1h, from: ${from}, to: ${to}, size: 1 B, guaranteed: ${guaranteed}}]`,
      });
    for (const [from, to, most] of [
      ['z1/templates', 'z1/p01/h01', 1],
      ['z1/templates', 'public', 2],
      ['public', 'z1/p01/s1', 3],
    ] as const) {
      expect(problemsOf(text(from, to, `${most} Gbps`))).toEqual([]);
      expect(problemsOf(text(from, to, `${most}.01 Gbps`))).toEqual([
        expect.stringContaining(`it is more than the ${most} Gbps of `),
      ]);
    }
  });
});

it.each([
  ['z1/p01/h02', '{name: h, type: std, count: x}'],
  ['z1/p01/h02', '{name: h, type: std, count: 200000}'],
  ['z1/p01/ht', '{name: {}, type: std}'],
  ['z1/p01/h01', ''],
])('%s is not called unknown where its pod is wrong: hosts: [%s]', (from, hosts) => {
  const told = problemsOf(scenario({ hosts, more: `flows: [{at: 1h, from: ${from}, to: public, size: 1 B}]` }));
  expect(told).not.toEqual([]);
  expect(told.filter((line) => !line.startsWith('f.yaml:10:'))).toEqual([]);
});

it('nor where a zone has no name', () => {
  const text = twoZones('flows: [{at: 1h, from: z2/q/h, to: public, size: 1 B}]').replace('name: z2, ', '');
  expect(problemsOf(text)).toEqual([expect.stringMatching(/^f\.yaml:11:\d+: zones\.1\.name is missing/)]);
});

it('any value in a flow is answered', () => {
  const flow = { at: '1h', from: 'z1/p01/h01', to: 'public', size: '1 B', guaranteed: '1 Mbps', every: '6h', count: 2 };
  const odd = [null, '', 'x', '/', 'z1/', 0, -1, 1.5, 1e300, true, [], {}, [[]], { a: 1 }, '3 s', '1 GiB', 'public'];
  const answers = new Set<boolean>();
  const answered = (flows: unknown): void => {
    const told = problemsOf(scenario({ more: `flows: ${JSON.stringify(flows)}` }), { flowReader: readFlowCsv });
    for (const line of told) {
      expect(line).toMatch(/^f\.yaml:13:\d+: |^flows\.data:/);
      expect(line).not.toMatch(/undefined|NaN|\[object|Invalid input/);
    }
    answers.add(told.length === 0);
  };
  for (const value of odd) {
    answered(value);
    answered([value]);
    answered({ data: value });
    answered({ file: 'no.csv', data: value });
    for (const key of [...Object.keys(flow), 'name', 'kind', 'cap', 'weight']) answered([{ ...flow, [key]: value }]);
  }
  expect(answers.size).toBe(2);
});
