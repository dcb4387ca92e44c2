/** `flows` and `transfers`: what they resolve to, from a list and from a table, and that a run's scenario stands on its own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { scenarioYaml } from '../../sim/scenario/loader.js';
import { readBalconInventory } from '../../sim/traces/balcon.js';
import { readFlowCsv } from '../../sim/traces/flow-csv.js';
import { expectProblems, load, problemsOf, scenario } from './load.js';
import { twoZones } from './two-zones.js';

const OPTIONS = { flowReader: readFlowCsv };
const HOUR = 3_600_000_000;

describe('flows', () => {
  it('have their ends by number through the zone, and presets', () => {
    const more = `flows:
  - {at: 1h, from: z1/p02/h01, to: z1/p01/s1, size: 10 GiB}
  - {at: 0 s, from: z1/templates, to: z1/p02/s1, size: 0 B, name: image, kind: copy, cap: 1 Gbps, weight: 2.5, guaranteed: 100 Mbps}
  - {at: 0 s, from: public, to: z2/q/h, size: 1 B}
  - {at: 0 s, from: z2/q/a2, to: public, size: 1 B}`;
    const preset = { name: null, kind: 'flow', capBitsPerSecond: null, weight: 1, guaranteedBitsPerSecond: 0 };
    const at = (kind: string, zone: string, index = 0) => ({ kind, zone, index });
    expect(load(twoZones(more)).flows).toEqual([
      {
        ...{ atMicros: 0, name: 'image', kind: 'copy', source: at('template-store', 'z1') },
        ...{ destination: at('storage', 'z1', 1), sourceName: 'z1/templates', destinationName: 'z1/p02/s1' },
        ...{ bytes: 0, capBitsPerSecond: 1e9, weight: 2.5, guaranteedBitsPerSecond: 100e6 },
      },
      {
        ...{ ...preset, atMicros: 0, source: at('public', 'z2'), destination: at('host', 'z2') },
        ...{ sourceName: 'public', destinationName: 'z2/q/h', bytes: 1 },
      },
      {
        ...{ ...preset, atMicros: 0, source: at('storage', 'z2', 1), destination: at('public', 'z2') },
        ...{ sourceName: 'z2/q/a2', destinationName: 'public', bytes: 1 },
      },
      {
        ...{ ...preset, atMicros: HOUR, source: at('host', 'z1', 2), destination: at('storage', 'z1', 0) },
        ...{ sourceName: 'z1/p02/h01', destinationName: 'z1/p01/s1', bytes: 10 * GIB },
      },
    ]);
  });

  it.each([
    // Each in a run of a day.
    ['every: 6h, count: 3', [1, 7, 13]],
    ['every: 6h', [1, 7, 13, 19]],
    // What would begin after the end is left out.
    ['every: 6h, count: 1000000', [1, 7, 13, 19]],
    ['every: 23h', [1, 24]],
    ['every: 1000 d, count: 7', [1]],
  ])('that repeat are written out: %s', (times, hours) => {
    const more = `flows: [{at: 1h, from: z1/p01/h01, to: public, size: 1 B, name: n, ${times}}]`;
    const { flows } = load(scenario({ more }));
    expect(flows.map(({ atMicros, name }) => [atMicros / HOUR, name])).toEqual(hours.map((hour) => [hour, 'n']));
  });

  it('of one time are in the order of the file, whatever repeats', () => {
    const entry = (name: string, at: string, more = '') =>
      `{at: ${at}, from: z1/p01/h01, to: public, size: 1 B, name: ${name}${more}}`;
    const more = `flows: [${entry('a', '2h')}, ${entry('b', '0 s', ', every: 1h, count: 3')}, ${entry('c', '1h')}]`;
    expect(load(scenario({ more })).flows.map(({ name }) => name)).toEqual(['b', 'b', 'c', 'a', 'b']);
  });

  it('name hosts and servers of an inventory, counted after those of the pods', () => {
    const files = {
      'b.json': '{"hosts": [{"cpu": 8, "mem": 4096}, {"cpu": 8, "mem": 4096}], "vms": [], "mapping": []}',
    };
    const more = `initial: {format: balcon, file: b.json}
flows:
  - {at: 0 s, from: z1/pod/h2, to: z1/pod/s1, size: 1 B, guaranteed: 10 Gbps}`;
    const options = { ...OPTIONS, readers: { balcon: readBalconInventory } };
    expect(load(scenario({ more }), options, files).flows).toMatchObject([
      { source: { kind: 'host', index: 5 }, destination: { kind: 'storage', index: 2 } },
    ]);
    const known = 'there is no host, storage server or template store';
    expect(problemsOf(scenario({ more: more.replace('pod/h2', 'pod/h3') }), options, files)).toEqual([
      `f.yaml:15:21: flows.0.from: ${known} 'z1/pod/h3'; did you mean 'z1/pod/h1'?`,
    ]);
    expect(problemsOf(scenario({ more: more.replace('10 Gbps', '11 Gbps') }), options, files)).toEqual([
      "f.yaml:15:70: flows.0.guaranteed: it is more than the 10 Gbps of 'z1/pod/h2'; write that at most",
    ]);
    // Where the inventory cannot be read, its hosts are not called unknown.
    expect(problemsOf(scenario({ more }), options, { 'b.json': '{' })).toEqual([expect.stringMatching(/^b\.json:/)]);
  });

  it('have ends of every name that the zones resolve to, at the number that it has there, and no others', () => {
    const group = fc.record({
      name: fc.constantFrom('', 'name: x, ', 'name: y, '),
      count: fc.constantFrom('', 'count: 1', 'count: 3', 'count: 12'),
    });
    const entries = (groups: { name: string; count: string }[]): string =>
      // A name once.
      groups
        .filter(({ name }, at) => name === '' || groups.findIndex((one) => one.name === name) === at)
        .map(({ name, count }) => `{${name}${count}}`.replace(', }', '}'))
        .join(', ');
    const groups = fc.array(group, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('', ', count: 2'), groups, groups), { minLength: 1, maxLength: 3 }),
        (pods) => {
          const list = pods.map(
            ([count, hosts, servers], at) =>
              `{name: ${'pqr'[at]!}${count}, hosts: [${entries(hosts)}], storage: [${entries(servers).replaceAll('x', 'u').replaceAll('y', 'v')}]}`,
          );
          const text = (more: string) =>
            `podtwin: 1\nname: t\nduration: 1d\nzones: [{name: z1, pods: [${list.join(', ')}]}]\nofferings: {s: {cpu: 1 core, memory: 1 GiB}}\n${more}`;
          const zone = load(text('')).zones[0]!;
          const hosts = zone.pods.flatMap((pod) => pod.hosts);
          const servers = zone.pods.flatMap(({ storage }) => storage);
          const rows = [...hosts, ...servers].map(({ name }) => `0 s,${name},public,1 B,10 Gbps`);
          const data = JSON.stringify(['at,from,to,size,guaranteed', ...rows].join('\n'));
          const { flows } = load(text(`flows: {data: ${data}}`), OPTIONS);
          expect(flows.map(({ source }) => source)).toEqual([
            ...hosts.map((_, index) => ({ kind: 'host', zone: 'z1', index })),
            ...servers.map((_, index) => ({ kind: 'storage', zone: 'z1', index })),
          ]);
        },
      ),
      { seed: 41, numRuns: 60 },
    );
  });
});

describe('flows from a table', () => {
  const FILES = {
    'in/f.csv': 'at,from,to,size,name\n2h,z1/p01/h01,public,1 GiB,late\n1h,z1/templates,z1/p02/h02,2 GiB,\n',
  };

  it('are in order of time, and stand in the text of the scenario, which loads to the same on its own', () => {
    const loaded = load(scenario({ more: 'flows: {file: ./in/f.csv}' }), OPTIONS, FILES);
    expect(loaded.flows.map(({ atMicros, name, source }) => [atMicros / HOUR, name, source.kind])).toEqual([
      [1, null, 'template-store'],
      [2, 'late', 'host'],
    ]);
    const text = scenarioYaml(loaded);
    expect(text).not.toContain('f.csv');
    const again = load(text, OPTIONS);
    expect(again).toEqual(loaded);
    expect(scenarioYaml(again)).toBe(text);
  });

  it('are read once, whatever the variants, and a variant may name others', () => {
    let reads = 0;
    const flowReader = (text: string, file: string) => (reads++, readFlowCsv(text, file));
    const more =
      'flows: {file: in/f.csv}\nvariants: {a: {seed: 3}, b: {flows: [{at: 0 s, from: public, to: z1/p01/h01, size: 1 B}]}}';
    expect(problemsOf(scenario({ more }), { flowReader }, FILES)).toEqual([]);
    expect(reads).toBe(1);
    expect(load(scenario({ more }), { flowReader, variant: 'b' }, FILES).flows).toHaveLength(1);
  });

  it('that are wrong are told in the table: what its reader finds, and what only the scenario knows', () => {
    const table = (...rows: string[]) => ({ 'f.csv': ['at,from,to,size,cap,guaranteed', ...rows].join('\n') });
    const told = (...rows: string[]) => problemsOf(twoZones('flows: {file: f.csv}'), OPTIONS, table(...rows));
    expect(told('1h,z1/p01/h01,public,1,,')).toEqual([expect.stringMatching(/^f\.csv:2:22: size: '1' has no unit/)]);
    expect(
      told(
        '1h,z1/p01/h1,public,1 B,,',
        '1h,z1/p01/h01,z1/p01/h01,1 B,,',
        '1h,public,public,1 B,,',
        '1h,z1/p01/h01,z2/q/h,1 B,,',
        '1h,z1/p01/h01,z1/p01/s1,1 B,,11 Gbps',
        '1h,z1/p01/h01,z1/p01/s1,1 B,1 Gbps,2 Gbps',
      ),
    ).toEqual([
      "f.csv:2:4: from: there is no host, storage server or template store 'z1/p01/h1'; did you mean 'z1/p01/h01'?",
      "f.csv:3:15: to: a flow goes from one to another; 'z1/p01/h01' stands here twice",
      "f.csv:4:11: to: a flow goes from one to another; 'public' stands here twice: name a host, a storage server, or a template store",
      "f.csv:6:30: guaranteed: it is more than the 10 Gbps of 'z1/p01/h01'; write that at most",
      'f.csv:7:36: guaranteed: it is more than its cap of 1 Gbps; write that at most',
    ]);
    const many = told(...Array.from({ length: 70 }, (_, at) => `1h,z1/p01/h${at + 10},public,1 B,,`));
    expect(many).toHaveLength(51);
    expect(many[0]).toBe('f.yaml:14:8: flows: its table has 20 more problems of the kinds that are told');
    expect(many[1]).toMatch(/^f\.csv:2:4: from: there is no host/);
  });

  it.each([
    ['{}', ["8: flows: the file is missing; add e.g. 'file: ./flows.csv'"]],
    ['{file: f.csv, data: x}', ['22: flows.data: file and data say the same thing twice; keep one of them', '']],
    ['{file: no.csv}', ["15: 'no.csv': there is no such file"]],
    [
      '{fiel: f.csv}',
      [
        "8: flows: the file is missing; add e.g. 'file: ./flows.csv'",
        "9: unknown key 'fiel' in flows; did you mean 'file'?",
      ],
    ],
    [
      './flows.csv',
      ['8: flows: write a list of {at: 1h, from: z1/p01/h01, to: z1/p02/h03, size: 10 GiB}, or {file: ./flows.csv}'],
    ],
  ])('flows: %s', (flows, expected) => {
    const found = problemsOf(scenario({ more: `flows: ${flows}` }), OPTIONS, FILES);
    expect(found.filter((line) => line.startsWith('f.yaml'))).toEqual(
      expected.filter((line) => line !== '').map((line) => `f.yaml:13:${line}`),
    );
  });

  it('need a reader', () => {
    expect(problemsOf(scenario({ more: 'flows: {file: in/f.csv}' }), {}, FILES)).toEqual([
      'f.yaml:13:8: flows: there is no reader for tables of flows; write them as a list',
    ]);
  });

  it('of 100,000 rows are read, checked and put in order, and the one wrong row is found', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => {
      const host = (one: number) =>
        `z1/p${String((one % 20) + 1).padStart(2, '0')}/h${String((one % 50) + 1).padStart(2, '0')}`;
      return `${(at * 7919) % 86_400} s,${host(at)},${host(at + 1)},${(at % 1000) + 1} MiB,,1 Gbps,2,10 Mbps`;
    });
    const header = 'at,from,to,size,name,cap,weight,guaranteed';
    const text = scenario({ more: 'flows: {file: big.csv}', hosts: '{name: h, type: std, count: 50}' }).replace(
      'count: 2',
      'count: 20',
    );
    const loaded = load(text, OPTIONS, { 'big.csv': [header, ...rows].join('\n') });
    expect(loaded.flows).toHaveLength(100_000);
    expect(loaded.flows.every(({ atMicros }, at) => at === 0 || atMicros >= loaded.flows[at - 1]!.atMicros)).toBe(true);
    const wrong = rows.with(77_776, rows[77_776]!.replace(/z1\/p\d+/, 'z1/p77'));
    expect(problemsOf(text, OPTIONS, { 'big.csv': [header, ...wrong].join('\n') })).toEqual([
      expect.stringMatching(
        /^big\.csv:77778:\d+: from: there is no host, storage server or template store 'z1\/p77\/h27'/,
      ),
    ]);
  });
});

describe('transfers', () => {
  it('are sure of a share of each link: 5 % where the file says none', () => {
    expect(load(scenario()).transferShareRatio).toBe(0.05);
    expect(load(scenario({ more: 'transfers: {share: 20 %}' })).transferShareRatio).toBe(0.2);
    expect(load(scenario({ more: 'transfers: {share: 0}' })).transferShareRatio).toBe(0);
    expectProblems(scenario({ more: 'transfers: {share: 120 %, shares: 1}' }), [
      '13:20: transfers.share: a share is at most 1; write 100 %',
      "13:27: unknown key 'shares' in transfers; did you mean 'share'?",
    ]);
  });
});
