/** Reference answers for max-min sharing: what is read, and that what is damaged or not understood is refused at its place. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readMaxMinReference } from '../../sim/traces/max-min-reference.js';
import { problemsIn } from './refusal.js';

const folder = mkdtempSync(join(tmpdir(), 'podtwin-maxmin-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TOPOLOGY = { pods: 2, hosts_per_pod: 2, host_link_bps: 1e9, pod_uplink_bps: 3e9 };
const HEADER = 'id,src,dst,start_s,size_bytes,fct_s';
let files = 0;

/** The CSV's path, with the JSON beside it. */
function written(csv: string, document: unknown, suffix = '.csv'): string {
  const name = join(folder, `case-${files++}`);
  writeFileSync(name + suffix, suffix.endsWith('gz') ? gzipSync(csv) : csv);
  if (document !== undefined)
    writeFileSync(`${name}.json`, typeof document === 'string' ? document : JSON.stringify(document, null, 1));
  return name + suffix;
}

const flow = `${HEADER}\n7,0,3,0.5,1000,0.000008\n`;
const topologyOf = (more: object) =>
  readMaxMinReference(written(flow, { topology: { ...TOPOLOGY, ...more } })).topology;

test('flows as written, from a packed file', () => {
  const { flows } = readMaxMinReference(written(flow, { topology: TOPOLOGY }, '.csv.gz'));
  expect(flows).toEqual([
    { id: 7, source: 0, destination: 3, startSeconds: 0.5, bits: 8000, referenceSeconds: 0.000008 },
  ]);
});

describe('topologies', () => {
  test('a tree: hosts up, hosts down, pods up, pods down', () => {
    const { hosts, capacitiesBitsPerSecond, latencySeconds, path } = topologyOf({});
    expect({ hosts, latencySeconds }).toEqual({ hosts: 4, latencySeconds: 0 });
    expect(capacitiesBitsPerSecond).toEqual([...Array<number>(8).fill(1e9), ...Array<number>(4).fill(3e9)]);
    expect([path(0, 1), path(0, 3)]).toEqual([
      [0, 5],
      [0, 8, 11, 7],
    ]);
  });

  test.each([[{ core: 5e9 }], [{ core_bps: 5e9 }], [{ core_bytes_per_s: 0.625e9 }]])(
    'a core with a capacity: %j',
    (core) => {
      const { capacitiesBitsPerSecond, path } = topologyOf(core);
      expect(capacitiesBitsPerSecond.slice(8)).toEqual([3e9, 3e9, 3e9, 3e9, 5e9]);
      expect([path(2, 3), path(3, 0)]).toEqual([
        [2, 7],
        [3, 9, 12, 10, 4],
      ]);
    },
  );

  test('cables that are one link for both ways', () => {
    const { capacitiesBitsPerSecond, path } = topologyOf({ duplex: 'half' });
    expect(capacitiesBitsPerSecond).toEqual([1e9, 1e9, 1e9, 1e9, 3e9, 3e9]);
    expect([path(0, 3), path(3, 0)]).toEqual([
      [0, 4, 5, 3],
      [3, 5, 4, 0],
    ]);
  });

  test('one pod needs no uplink; routes and latency as given; bytes instead of bits', () => {
    const one = { pods: 1, hosts_per_pod: 3, host_link_bytes_per_s: 1e6 };
    const { capacitiesBitsPerSecond, path } = readMaxMinReference(
      written(`${HEADER}\n0,0,2,0,1,1\n`, { topology: one }),
    ).topology;
    expect(capacitiesBitsPerSecond.slice(0, 6)).toEqual(Array(6).fill(8e6));
    expect(path(0, 2)).toEqual([0, 5]);
    const routed = topologyOf({
      route_other_pod: ['up(uplink of src pod)', 'down(uplink of dst pod)'],
      latency_s: 0.25,
    });
    expect([routed.path(0, 3), routed.latencySeconds]).toEqual([[8, 11], 0.25]);
  });

  test.each([
    [
      { topology: { ...TOPOLOGY, jitter_s: 1 } },
      /case-\d+\.json:7:\d+: topology\.jitter_s: .*does not know.*'jitter_s'/,
    ],
    [{ topology: { ...TOPOLOGY, core: 'blocking' } }, /topology\.core: .*understands 'non-blocking'.*found "blocking"/],
    [{ topology: { ...TOPOLOGY, core: 'non-blocking', core_bps: 1 } }, /leave one of them out/],
    [{ topology: { ...TOPOLOGY, core: 0 } }, /topology\.core: more than 0/],
    [{ topology: { ...TOPOLOGY, duplex: 'sometimes' } }, /topology\.duplex/],
    [{ topology: { ...TOPOLOGY, pod_of_host: 'host % pods' } }, /topology\.pod_of_host/],
    [{ topology: { ...TOPOLOGY, route_same_pod: ['up(host link of dst)'] } }, /topology\.route_same_pod\[0\]/],
    [
      { topology: { ...TOPOLOGY, host_link_bytes_per_s: 1e9 } },
      /this is 8000000000 bits per second, and host_link_bps says/,
    ],
    [{ topology: { ...TOPOLOGY, latency_s: 'little' } }, /topology\.latency_s: a number/],
    [{ topology: { ...TOPOLOGY, pods: 0 } }, /json:3:\d+: topology\.pods: a number of at least 1/],
    [{ topology: { pods: 2, hosts_per_pod: 2, host_link_bps: 1 } }, /topology\.pod_uplink_bps: .*found nothing/],
    [
      { topology: TOPOLOGY, sharing: 'unweighted max-min; weights by size' },
      /sharing: .*does not know the rule 'weights by size'/,
    ],
    [{}, /topology: a map is expected/],
    ['{"topology": ', /this is no JSON/],
    [undefined, /case-\d+\.json:1:1: there is no such file/],
  ])('refused: %j', (document, message) => {
    expect(problemsIn(() => readMaxMinReference(written(flow, document))).join('\n')).toMatch(message);
  });
});

test.each([
  [`${HEADER}\n1,0,4,0,1,1\n`, /csv:2:5: dst: there is no host 4; the topology has 4, numbered from 0/],
  [`${HEADER}\n1,0,1,0,1,1\n1,0,1,0,1,1\n`, /csv:3:1: id: a flow 1 stands further up/],
  [`${HEADER}\n1,1,1,0,1,1\n`, /csv:2:5: dst: it is the source as well/],
  [`${HEADER}\n1,0,1,-2,1,1\n`, /csv:2:7: start_s: '-2' is no number of at least 0/],
  [`${HEADER}\n1,0,1,0,1.5,1\n`, /csv:2:9: size_bytes: '1.5' is no whole number/],
  [`${HEADER}\n1,0,1,0,1,\n`, /csv:2:11: fct_s: '' is no number/],
  [`${HEADER}\n1,0,1,0,1\n`, /csv:2:1: this row has 5 cells; 6 are due/],
  [`${HEADER},finish_s\n1,0,1,1,1,1,3\n`, /csv:2:13: finish_s: start_s and fct_s come to 2, not to 3/],
  [`${HEADER}\n`, /csv:1:1: there is no flow in it/],
  ['id,src,dst,start_s,fct_s\n', /there is no column 'size_bytes'/],
  [`${HEADER},weight\n1,0,1,0,1,1,2\n`, /csv:1:\d+: there is no column 'weight'/],
  ['', /the file is empty/],
])('damaged flows: %j', (csv, message) => {
  expect(problemsIn(() => readMaxMinReference(written(csv, { topology: TOPOLOGY }))).join('\n')).toMatch(message);
});

test('a name without .csv has no JSON beside it', () => {
  expect(problemsIn(() => readMaxMinReference(join(folder, 'flows.txt')))[0]).toMatch(/X\.csv or X\.csv\.gz/);
  expect(problemsIn(() => readMaxMinReference(join(folder, 'none.csv')))[0]).toMatch(
    /none\.csv:1:1: there is no such file/,
  );
});
