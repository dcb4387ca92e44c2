import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { formatProblem } from '../../sim/base/errors.js';
import { jsonSchema, jsonSchemaText } from '../../sim/scenario/json-schema.js';
import { validateScenario as validateFile } from '../../sim/run/load.js';
import { SUMMARY_MEASURES, ZONE_PART } from '../../sim/scenario/measures.js';
import { NOT_BUILT_YET } from '../../sim/scenario/not-built-yet.js';
import { initTemplate } from '../../sim/scenario/template.js';
import type { Summary } from '../../sim/store/types.js';
import { BROADCAST_SUMMARY, NETWORK_SUMMARY, SWITCH_PEAKS } from '../store/synthetic-network.js';
import { load, problemsOf, scenario } from './load.js';

const validate: ValidateFunction = new Ajv2020({ allErrors: true, strictTypes: false }).compile(jsonSchema());

function accepts(text: string): boolean {
  return validate(parse(text)) as boolean;
}

describe('the schema for editors', () => {
  it('is what scenarios/schema.json holds (npm run record writes it anew)', () => {
    if (process.env['PODTWIN_RECORD'] !== undefined) writeFileSync('scenarios/schema.json', jsonSchemaText());
    expect(readFileSync(path.resolve('scenarios/schema.json'), 'utf8')).toBe(jsonSchemaText());
    expect(JSON.parse(jsonSchemaText())).toEqual(jsonSchema());
  });

  // A file of broken YAML is left to the runner of golden scenarios, which refuses it.
  const folder = path.resolve('scenarios');
  const shipped = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .filter((file) => parseDocument(readFileSync(path.join(folder, file), 'utf8')).errors.length === 0)
    .sort();

  it.each(shipped)('accepts %s, and so does the loader', (file) => {
    accepts(readFileSync(path.join(folder, file), 'utf8'));
    expect(validate.errors ?? []).toEqual([]);
    const { problems } = validateFile(path.join(folder, file));
    expect(problems.map(formatProblem)).toEqual([]);
  });

  it('has been held against the quickstart and the golden scenarios', () => {
    expect(shipped).toContain('quickstart.yaml');
    expect(shipped.filter((file) => file.startsWith('golden')).length).toBeGreaterThan(7);
  });

  it('accepts what init writes, and so does the loader', () => {
    expect(accepts(initTemplate('mine'))).toBe(true);
    expect(load(initTemplate('mine'))).toMatchObject({ name: 'mine', workload: { accounts: { initial: 20 } } });
    expect(problemsOf(initTemplate('not a name'))).toHaveLength(1);
  });

  it.each([
    scenario({ more: 'managment: {servers: 3}' }),
    scenario({ hosts: '{name: h, tpye: std}' }),
    scenario({ duration: '7' }),
    scenario({ duration: '7 days' }),
    scenario({ host: '{cpu: 8 cores, memory: 16 gib}' }),
    scenario({ more: 'durations: {boot: {expnential: {mean: 3 s}}}' }),
    scenario({ more: 'durations: {boot: {}}' }),
    scenario({ more: 'durations: {boot: {exponential: {mean: 3 s}, uniform: [1 s, 2 s]}}' }),
    scenario({ more: 'record: ful' }),
    scenario({ more: 'seed: -1' }),
    scenario({ more: 'failures: {host: {afr: 8 %}}' }),
    scenario({ more: 'events: [{at: 1h, drain: 3}]' }),
    scenario({ more: 'policies: {balance: drs-balanced}' }),
    scenario({ more: '  "a.b": {cpu: 1 core, memory: 1 GiB}' }),
    'podtwin: 1\nname: x\n',
  ])('refuses what the loader refuses: %#', (text) => {
    expect(accepts(text)).toBe(false);
    expect(problemsOf(text)).not.toEqual([]);
  });

  it('says of every key that may be left out what it is, or what its default is', () => {
    type Part = Record<string, unknown> & { properties?: Record<string, Part>; required?: string[] };
    const bare: string[] = [];
    const walk = (part: Part, at: string): void => {
      for (const [key, value] of Object.entries(part.properties ?? {})) {
        const said = 'description' in value || 'default' in value || part.required?.includes(key);
        if (!said) bare.push(`${at}.${key}`);
        walk(value, `${at}.${key}`);
      }
      for (const inner of [part.items, part.additionalProperties])
        if (typeof inner === 'object' && inner !== null) walk(inner as Part, `${at}.*`);
    };
    const schema = jsonSchema() as { properties: Record<string, { description?: string }> };
    walk(schema as never, '');
    expect(bare).toEqual([]);
    const undescribed = Object.entries(schema.properties).filter(([, { description }]) => !description);
    expect(undescribed.map(([key]) => key)).toEqual([]);
  });
});

/** Something to write at the place of each row; what the rest of the row needs stands beside it. */
const WRITTEN: Record<string, string> = {
  'management.backup': '{failoverAfter: 2m}',
  'management.agents.per': 'cluster',
  'policies.placement.exec': '[python3, policy.py]',
  'policies.placement.module': './policy.mjs',
  'policies.balance': 'drs-balanced',
  'policies.decisionTime': '3 s',
  'events.*.fail': 'z1/p01/a',
};

describe('what is not built yet', () => {
  it.each(NOT_BUILT_YET.map(({ path: row, what }) => [row, what]))(
    '%s is refused at its place, and nothing else',
    (row, what) => {
      const value = WRITTEN[row] ?? '{x: 1}';
      const keys = row.replace('zones.*', 'zones.z1').replace('events.*', 'events.0').split('.');
      const text = row.startsWith('events')
        ? scenario({ more: `events: [{at: 1h, ${keys[2]}: ${value}}]` })
        : row.startsWith('zones')
          ? scenario({ network: `{${keys[3]}: ${value}}` })
          : scenario({
              more: `${keys
                .slice(0, -1)
                .map((key) => `${key}: {`)
                .join('')}${keys.at(-1)}: ${value}${'}'.repeat(keys.length - 1)}`,
            });
      const problems = problemsOf(text);
      expect(problems).toEqual([expect.stringMatching(/^f\.yaml:\d+:\d+: /)]);
      expect(problems[0]).toContain(`${keys.join('.')} is not built yet (${what}); remove it to run the rest`);
      const [, line, column] = problems[0]!.split(':').map(Number);
      expect(text.split('\n')[line! - 1]!.slice(column! - 1)).toMatch(new RegExp(`^${keys.at(-1)}:`));
    },
  );

  it('is no suggestion for a misspelt key', () => {
    expect(problemsOf(scenario({ more: 'failurs: {}' }))[0]).not.toContain("'failures'");
  });

  it.each([
    'policies: {defrag: none, balance: null, decisionTime: 0s}',
    'management: {backup: null, agents: {per: host, pingInterval: 60s}, servers: 3}',
    'failures: null',
    'flows:',
    'prices: {perGigabyte: 0.1}',
    'dataCenters: {east: {}, west: {latency: {east: 20 ms}}}',
    'study: steady-state\nwarmUp: 1h',
  ])('is not what changes nothing: %s', (more) => {
    expect(problemsOf(scenario({ more }))).toEqual([]);
  });
});

it('knows the measures that a summary has', () => {
  const told = [
    'scenario',
    'variant',
    'seed',
    'version',
    'digest',
    'laneDigests',
    'policies',
    'warnings',
    'machine',
    'expect',
  ] as const;
  const keys = { ...Object.fromEntries([...Object.keys(SUMMARY_MEASURES), ...told].map((key) => [key, true])) };
  // A key of the type that is in neither list, or a key that the type does not have, does not compile.
  const all: Record<keyof Summary, true> = {} as Record<keyof typeof SUMMARY_MEASURES | (typeof told)[number], true>;
  const none: Record<keyof typeof SUMMARY_MEASURES | (typeof told)[number], true> = {} as Record<keyof Summary, true>;
  expect([all, none, Object.keys(keys).length]).toEqual([{}, {}, Object.keys(SUMMARY_MEASURES).length + told.length]);
});

it('knows every measure of a network that a summary has, to the last part', () => {
  /** Paths to numbers. */
  const pathsOf = (part: object, at: string): string[] =>
    Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? pathsOf(value, `${at}.${name}`) : [`${at}.${name}`],
    );
  const told = {
    traffic: { ...NETWORK_SUMMARY.traffic! },
    storage: { ...NETWORK_SUMMARY.storage! },
    transfers: { ...NETWORK_SUMMARY.transfers! },
    broadcast: { ...BROADCAST_SUMMARY },
    vlans: { [ZONE_PART]: { capacity: 1, peakInUse: 1, meanInUse: 1, refused: 0, ...SWITCH_PEAKS } },
  };
  const { traffic, storage, transfers, broadcast, vlans } = SUMMARY_MEASURES;
  expect(pathsOf({ traffic, storage, transfers, broadcast, vlans }, '').sort()).toEqual(pathsOf(told, '').sort());
});
