import { describe, expect, test } from 'vitest';
import { MODELS } from '../../models/registry.js';
import { describePolicies } from '../../sim/run/policies.js';
import { jsonSchemaText } from '../../sim/scenario/json-schema.js';
import { expectWrongInput, jsonOf, LONG, Place, SMALL, waitFor } from './podtwin.js';

describe('init', () => {
  test('writes a scenario that validates and runs, the schema that its first line names, and never overwrites', async () => {
    const place = new Place();
    const first = await place.podtwin('init');
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/my-cloud\.yaml: written\nschema\.json: written[^]*podtwin run my-cloud\.yaml/);
    expect(place.names()).toEqual(['my-cloud.yaml', 'schema.json']);
    expect(place.read('schema.json')).toBe(jsonSchemaText());
    expect((await place.podtwin('validate', 'my-cloud.yaml')).status).toBe(0);
    expect((await place.podtwin('run', 'my-cloud.yaml', '--quiet')).status).toBe(0);
    place.write('my-cloud.yaml', 'mine');
    expectWrongInput(await place.podtwin('init'), /error\[file-exists\]: my-cloud\.yaml: there is such a file already/);
    expect(place.read('my-cloud.yaml')).toBe('mine');
  });

  test('a name, a file, --json, --no-schema, a schema that is there', async () => {
    const place = new Place({ 'clouds/schema.json': '{}' });
    expect(jsonOf(await place.podtwin('init', 'north', '--no-schema', '--json'))).toMatchObject({
      file: 'north.yaml',
      schema: null,
    });
    const { stdout } = await place.podtwin('init', 'clouds/south.yml');
    expect(stdout).toMatch(/clouds\/schema\.json: there already, but not this version's, and left as it is/);
    expect(place.names()).toEqual(['clouds', 'north.yaml']);
    expect(place.read('clouds', 'schema.json')).toBe('{}');
    expect(place.read('clouds', 'south.yml')).toMatch(/^name: south$/m);
  });

  test.each<[string, RegExp]>([
    ['no/where.yaml', /error\[no-such-folder\]: no\/where\.yaml: there is no folder no/],
    ['my cloud', /error\[wrong-name\]: 'my cloud' is no name/],
    ['123', /'123' is no name: YAML reads it as something else/],
    ['north/', /'' is no name/],
  ])('%s', async (name, said) => {
    const place = new Place();
    expectWrongInput(await place.podtwin('init', name), said);
    expect(place.names()).toEqual([]);
  });
});

test('schema prints the schema, with --json too', async () => {
  const place = new Place();
  const ended = await place.podtwin('schema');
  expect(ended).toEqual({ status: 0, stdout: jsonSchemaText(), stderr: '' });
  expect(await place.podtwin('schema', '--json')).toEqual(ended);
});

test('policies: kind, name and sentence', async () => {
  const place = new Place();
  const { status, stdout } = await place.podtwin('policies');
  expect(status).toBe(0);
  for (const { kind, name, describe } of describePolicies())
    expect(stdout).toMatch(new RegExp(`^${kind} +${name} +${describe.replace(/[.()]/g, '\\$&')}$`, 'm'));
  expect(jsonOf(await place.podtwin('policies', '--json'))).toEqual({ policies: describePolicies() });
});

test('policies --describe: all of them, or one, whole; a name that there is not', async () => {
  const place = new Place();
  const { stdout } = await place.podtwin('policies', '--describe');
  const words = stdout.replace(/\s+/g, ' ');
  for (const { name, describe, details, options } of describePolicies())
    for (const text of [name, describe, details, ...options.map((option) => `${option.name}: `)])
      expect(words).toContain(text);
  const one = await place.podtwin('policies', 'user-dispersing', '--describe');
  expect(one.stdout).toMatch(/^user-dispersing {2}placement\n[^]*\n {2}weight: 0 to 1; default 1; /);
  expect(one.stdout).not.toContain('best-fit');
  const json = jsonOf(await place.podtwin('policies', 'best-fit', '--json'));
  expect(json).toEqual({ policies: describePolicies().filter(({ name }) => name === 'best-fit') });
  expectWrongInput(await place.podtwin('policies', 'best-fitt'), /error\[unknown-name\].*did you mean 'best-fit'\?/);
});

test("a policy's options: at their place, with what is due", async () => {
  const policies = 'policies: { placement: { name: user-dispersing, weight: 2, by: disk, wait: 1 } }\n';
  const place = new Place({ 'small.yaml': SMALL + policies });
  expectWrongInput(
    await place.podtwin('validate', 'small.yaml'),
    /small\.yaml:16:57: error\[wrong-value\]: policies\.placement\.weight: write a number from 0 to 1: /,
    /policies\.placement\.by: write cpu or memory: /,
    /error\[unknown-key\]: policies\.placement\.wait: policy 'user-dispersing' has no option 'wait'; known: weight, by/,
  );
  place.write('small.yaml', SMALL + policies.replace('2, by: disk, wait: 1', '0.5, by: memory'));
  expect((await place.podtwin('run', 'small.yaml', '--quiet')).stderr).toBe('');
});

test('explain: where a VM went and why, and why one was refused', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  await place.podtwin('run', 'small.yaml', '--variant', 'crowded', '--no-expect', '--quiet');
  const explain = (...argv: string[]) => place.podtwin('explain', 'out/small-crowded-5', ...argv);
  const placed = await explain('vm', 'acme/vm-0001');
  expect(placed.stderr).toBe('');
  expect(placed.stdout).toMatch(/^acme\/vm-0001 {2}VM 0 of zone z1: 4 cores?, 8 GiB, disk 20 GiB\n/);
  expect(placed.stdout).toMatch(/: placed on z1\/p01\/h01\n[^]*\n {2}=> +1\. +z1\/p01\/h01 /);
  expect(placed.stdout).toMatch(/history\n[^]*starting -> running/);
  const refused = await explain('vm', 'acme/vm-0009');
  expect(refused.stdout).toMatch(/: refused: no host with room for the VM\n {2}0 hosts could take it\n/);
  expect(refused.stdout).toMatch(/1 host: too little CPU[^\n]* \(closest: z1\/p0\d\/h01, [^)]* short\)/);
  const { decisions } = jsonOf(await explain('vm', 'acme/vm-0009', '--json')) as {
    decisions: { ruledOut: { hosts: string[] }[] }[];
  };
  expect(decisions[0]!.ruledOut.flatMap(({ hosts }) => hosts).sort()).toEqual(['z1/p01/h01', 'z1/p02/h01']);
  expectWrongInput(await explain('vm', 'acme/vm-009'), /error\[unknown-vm\].*did you mean 'acme\/vm-0009'\?/);
  expectWrongInput(await explain('host', 'h01'), /error\[unknown-name\].*explains vm/);
  expectWrongInput(await place.podtwin('explain', 'out/none', 'vm', '0'), /error\[no-such-run\]/);
});

test('bench placement: a row a policy and size, neighbours beside them', async () => {
  const place = new Place();
  const argv = ['bench', 'placement', '--policies', 'first-fit,worst-fit', '--hosts', '30,60', '--vms', '150'];
  const ended = await place.podtwin(...argv, '--json');
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
  const { bench, rows } = jsonOf(ended) as { bench: string; rows: Record<string, unknown>[] };
  expect(bench).toBe('placement');
  const ours = rows.filter(({ reference }) => !reference);
  expect(ours.map(({ policy, hosts, vms }) => [policy, hosts, vms])).toEqual([
    ['first-fit', 30, 150],
    ['first-fit', 60, 150],
    ['worst-fit', 30, 150],
    ['worst-fit', 60, 150],
  ]);
  for (const { cpuSeconds, peakRssBytes } of ours)
    expect([Number(cpuSeconds) > 0, Number(peakRssBytes) > 1e7]).toEqual([true, true]);
  expect(rows.length).toBeGreaterThan(ours.length);
  expectWrongInput(await place.podtwin('bench', 'placement', '--policies', 'first'), /there is no policy 'first'/);
  expectWrongInput(await place.podtwin('bench', 'placement', '--hosts', '0'), /--hosts takes whole numbers/);
  const small = await place.podtwin('bench', 'placement', '--policies', 'first-fit', '--hosts', '1');
  expect(small.status, 'ten VMs and their routing appliances do fit').toBe(0);
  const full = await place.podtwin('bench', 'placement', '--policies', 'first-fit', '--hosts', '1', '--vms', '500');
  expect(full.status).toBe(3);
  expect(full.stderr).toMatch(/error\[process-died\].*of 500 VMs run/s);
});

test('models: all of them, whole', async () => {
  const place = new Place();
  const { status, stdout } = await place.podtwin('models');
  expect(status).toBe(0);
  const words = stdout.replace(/\s+/g, ' ');
  for (const { name, equation, source, range } of MODELS)
    for (const text of [name, equation, source, range]) expect(words).toContain(text);
  expect(jsonOf(await place.podtwin('models', '--json'))).toEqual({ models: MODELS });
});

test('models check placement', async () => {
  const numa = [{ node: 0, total_cpu: 44, free_cpu: 0, memory_huge_total_mb: 1000, memory_huge_free_mb: 0 }];
  const cluster_list = ['a', 'b'].map((cluster_name) => ({
    cluster_name,
    host_info: ['1', '2'].map((host) => ({ node_id: cluster_name + host, status: 'ACTIVE', numa })),
    vm_instance: [
      {
        instance_id: `vm-${cluster_name}`,
        host_id: `${cluster_name}1`,
        numa: [{ node: 0, cpu: 12, mem_mb: 10 }],
        allow_migration: true,
      },
    ],
  }));
  const place = new Place({ 'mapping.json': JSON.stringify({ cluster_list }), 'broken.json': '{"cluster_list": 3' });
  const json = await place.podtwin('models', 'check', 'placement', 'mapping.json', '--json');
  expect(json.status).toBe(0);
  expect(jsonOf(json)).toMatchObject({
    kind: 'placement',
    cases: [{ case: 'a' }, { case: 'b' }],
    summary: { hosts: 4, vms: 2, freeCpus: 152 },
  });
  const { stdout } = await place.podtwin('models', 'check', 'placement', 'mapping.json');
  expect(stdout).toMatch(/^case +hosts +VMs[^\n]*\na +2 +1 [^\n]*\nb +2 +1 [^\n]*\nall +4 +2 [^\n]*\n$/);
  expectWrongInput(await place.podtwin('models', 'check', 'placement', 'broken.json'), /broken\.json:1:\d+/);
  expectWrongInput(await place.podtwin('models', 'check', 'placement', 'none.json'), /none\.json/);
});

test('models check maxmin: exit 1 where a flow is not as the reference has it', async () => {
  const topology = { pods: 1, hosts_per_pod: 3, host_link_bps: 8e6 };
  const rows = ['id,src,dst,start_s,size_bytes,fct_s', '0,0,1,0,1000000,2', '1,2,1,0,1000000,2'];
  const place = new Place({
    'good.json': JSON.stringify({ topology }),
    'good.csv': rows.join('\n'),
    'bad.json': JSON.stringify({ topology }),
    'bad.csv': [...rows, '2,1,0,0,1000000,1.1'].join('\n'),
    'other.json': JSON.stringify({ topology: { ...topology, shape: 'torus' } }),
    'other.csv': rows.join('\n'),
  });
  const json = await place.podtwin('models', 'check', 'maxmin', 'good.csv', '--json');
  expect({ status: json.status, stderr: json.stderr }).toEqual({ status: 0, stderr: '' });
  expect(jsonOf(json)).toEqual({
    kind: 'maxmin',
    cases: [0, 1].map((id) => ({ id, referenceSeconds: 2, seconds: 2, relativeError: 0, within: true })),
    summary: { cases: 2, within: 2, maxRelativeError: 0, meanCompletionSeconds: 2 },
  });
  const bad = await place.podtwin('models', 'check', 'maxmin', 'bad.csv');
  expect([bad.status, bad.stdout]).toEqual([
    1,
    expect.stringMatching(/^2 of 3 flows within[^]*\n +2 +1\.1[^\n]* no\n/),
  ]);
  expectWrongInput(await place.podtwin('models', 'check', 'maxmin', 'other.csv'), /other\.json:1:\d+: .*'shape'/);
});

test('bench network: ours and the naive solver, a case each', async () => {
  const ended = await new Place().podtwin('bench', 'network', '--flows', '150', '--json');
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
  const { bench, rows } = jsonOf(ended) as { bench: string; rows: Record<string, unknown>[] };
  expect(bench).toBe('network');
  expect(rows.map((row) => [row['case'], row['flows'], row['reference']])).toEqual([
    ['flows-at-once', 150, false],
    ['flows-at-once', 150, true],
    ['flows-poisson', 150, false],
    ['flows-poisson', 150, true],
    ['vm-move', 10, true],
    ['vm-move', 10_000, false],
  ]);
});

test('bench engine: rows with their ratios, one JSON document', async () => {
  const ended = await new Place().podtwin('bench', 'engine', '--seconds', '0.01', '--json');
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
  const { bench, machine, rows } = jsonOf(ended);
  expect({ bench, machine }).toMatchObject({ bench: 'engine', machine: { node: process.version } });
  const cases = (rows as { case: string; reference: boolean }[]).filter((row) => !row.reference).map((row) => row.case);
  expect(cases).toEqual(['hold', 'hold', 'ties', 'timeouts', 'hold-idle-vms']);
});

describe('verify', () => {
  test('same: exit 0 and the digest', async () => {
    const place = new Place({ 'small.yaml': SMALL });
    const { status, stdout } = await place.podtwin('verify', 'small.yaml');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^small\.yaml: same: digest [0-9a-f]{16} twice, and equal databases \(podtwin .*\)\n$/);
    expect(place.names()).toEqual(['small.yaml']);
  });

  test('all variants, as JSON', async () => {
    const place = new Place({ 'small.yaml': SMALL.replace(/ {2}crowded.*\n/, '') });
    const ended = await place.podtwin('verify', 'small.yaml', '--variants', '--json');
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
    expect(jsonOf(ended)).toMatchObject({
      same: true,
      variants: [
        { variant: null, same: true },
        { variant: 'one-pod', difference: null },
      ],
    });
  });

  test('wrong input, and interrupted', async () => {
    const place = new Place({ 'long.yaml': LONG });
    expectWrongInput(await place.podtwin('verify', 'long.yaml', '--set', 'duration=3'), /3 has no unit/);
    const { child, ended } = place.start(['verify', 'long.yaml']);
    await new Promise((done) => setTimeout(done, 800));
    child.kill('SIGINT');
    expect((await ended).status).toBe(130);
    await waitFor(() => place.names().length === 1, 'nothing left');
  });
});
