import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenarioYaml } from '../../sim/scenario/loader.js';
import { load, scenario } from './load.js';

const MAPPING = JSON.stringify(
  {
    cluster_list: [
      {
        cluster_name: "it's",
        host_info: [{ node_id: 'a', status: 'ACTIVE', numa: [{ node: 0, total_cpu: 4, memory_huge_total_mb: 8192 }] }],
        vm_instance: [{ instance_id: 'v', host_id: 'a', numa: [{ node: 0, cpu: 1, mem_mb: 512 }] }],
      },
    ],
  },
  null,
  1,
);

describe('the scenario as it ran', () => {
  it.each([
    ['plain', scenario(), {}],
    ['quickstart', readFileSync(path.resolve('scenarios/quickstart.yaml'), 'utf8'), {}],
    [
      'extended, varied and set',
      `extends: base.yaml\nabout: "x: y # z"\nvariants: {v: {zones.z1.network.vlans: [1, 5-7], policies.placement: {name: spread, by: pod}}}`,
      { variant: 'v', set: ['duration=90 min', 'name=2024', 'faults={drop: 10 %}'], seed: 77 },
    ],
    ['with data in a file', scenario({ more: 'initial: {format: vm-rescheduling, file: sub/m.json}' }), {}],
    ['with data on one line', scenario({ more: 'initial: {format: vm-rescheduling, file: sub/n.json}' }), {}],
  ])('loads to the same on its own: %s', (_, text, options) => {
    const files = {
      'base.yaml': scenario(),
      'sub/m.json': `${MAPPING}\r\n`,
      'sub/n.json': JSON.stringify(JSON.parse(MAPPING)),
    };
    const first = load(text, options, files);
    const again = load(scenarioYaml(first));
    expect(again).toEqual(first);
    expect(first.scenarioText).not.toContain('extends:');
    expect(first.scenarioText).not.toContain('variants:');
  });

  it('does not depend on the folder it was read in', () => {
    const text = (file: string) => scenario({ more: `initial: {format: vm-rescheduling, file: ${file}}` });
    const one = load(text('a/m.json'), {}, { 'a/m.json': MAPPING });
    const other = load(text('/elsewhere/m.json'), {}, { '/elsewhere/m.json': MAPPING });
    expect(one).toEqual(other);
  });

  it('remembers the variant, and says so when a variant is asked of it', () => {
    const run = load(scenario({ more: 'variants: {v: {seed: 3}}' }), { variant: 'v' });
    expect(load(scenarioYaml(run))).toMatchObject({ variant: 'v', seed: 3 });
    expect(() => load(scenarioYaml(run), { variant: 'v' })).toThrow("the file has no variant 'v'; it has none");
  });
});
