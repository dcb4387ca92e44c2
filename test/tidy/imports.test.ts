import { describe, expect, test } from 'vitest';
import { importCycles, importProblems } from './import-rules.js';
import { LAYERS } from './import-table.js';
import { projectSources } from './sources.js';

test('every import of the project is in the table', () => {
  expect(projectSources().length).toBeGreaterThan(50);
  expect(importProblems(projectSources())).toEqual([]);
});

/** Circles that stand, each with its reason: only functions are used across, and only once everything is loaded. */
test('no imports in a circle', () => {
  expect(importCycles(projectSources())).toEqual([]);
});

test('the table names layers that exist in it, and has no circle either', () => {
  const above = new Set<string>();
  const rest = [...LAYERS];
  while (rest.length > 0) {
    const next = rest.findIndex(({ sees }) => sees.every((folder) => above.has(folder)));
    expect(next, `no order of ${rest.map(({ folder }) => folder).join(', ')}`).toBeGreaterThanOrEqual(0);
    above.add(rest.splice(next, 1)[0]!.folder);
  }
});

describe('a planted violation is found', () => {
  const plant = (path: string, text: string): string => importProblems([{ path, text }]).join('\n');

  test.each([
    ['sim/control/x.ts', "import { Engine } from '../engine/engine.js';", /sim\/control does not see sim\/engine/],
    ['sim/control/x.ts', "import type { Plant } from '../datacenter/plant.js';", /does not see sim\/datacenter/],
    ['sim/control/x.ts', "type X = import('../engine/engine.js').Engine;", /does not see sim\/engine/],
    ['sim/control/x.ts', "const x = import('../engine/engine.js');", /does not see sim\/engine/],
    ['sim/datacenter/x.ts', "import type { Command } from '../control/ports.js';", /does not see sim\/control/],
    ['sim/agents/simulated/x.ts', "import { fold } from '../../control/fold.js';", /only sim\/control\/ports\.ts/],
    ['sim/agents/libvirt/x.ts', "import { Host } from '../../datacenter/host.js';", /does not see sim\/datacenter/],
    ['sim/agents/faulty/x.ts', "import { Lane } from '../../engine/lane.js';", /only sim\/engine\/streams\.ts/],
    ['sim/store/x.ts', "import { ZoneState } from '../control/state.js';", /only .*history\.ts, not .*state\.ts/],
    ['sim/studies/x.ts', "import { Plant } from '../datacenter/plant.js';", /only sim\/datacenter\/checkers\//],
    ['models/x.ts', "import { Lane } from '../sim/engine/lane.js';", /models does not see sim\/engine/],
    ['reports/x.ts', "import { simulate } from '../sim/run/simulate.js';", /reports does not see sim\/run/],
    ['sim/cli/x.ts', "import { Engine } from '../engine/engine.js';", /sim\/cli does not see sim\/engine/],
    ['viz/x.ts', "import { Store } from '../sim/store/sqlite.js';", /only sim\/store\/types\.ts/],
    ['sim/control/x.ts', "import { readFileSync } from 'node:fs';", /the language only/],
    ['sim/run/x.ts', "import Database from 'better-sqlite3';", /sim\/run may not import 'better-sqlite3'/],
    ['sim/engine/lane.ts', "import alea from 'seedrandom/lib/alea.js';", /streams\.ts only/],
    ['sim/scenario/schema.ts', "import { readFileSync } from 'node:fs';", /read-text\.ts only/],
    ['sim/run/x.ts', "export * from '../../test/helpers.js';", /nothing imports test/],
    ['sim/x.ts', "import { assert } from './base/assert.js';", /in no layer/],
    ['sim/base/x.ts', "import { assert } from './assert';", /has no ending/],
    ['test/x.ts', "import { assert } from '../sim/base/assert';", /has no ending/],
  ])('%s: %s', (path, text, message) => {
    expect(plant(path, text)).toMatch(message);
    expect(plant(path, text)).toContain(`${path}:1`);
  });

  test('and what the table allows is not', () => {
    expect(plant('sim/store/x.ts', "import type { Transaction } from '../control/history.js';")).toBe('');
    expect(plant('sim/store/x.ts', "import Database from 'better-sqlite3';")).toBe('');
    expect(plant('sim/engine/streams.ts', "import alea from 'seedrandom/lib/alea.js';")).toBe('');
    expect(plant('reports/x.ts', "import * as Plot from '@observablehq/plot';")).toBe('');
    expect(plant('sim/studies/x.ts', "import { check } from '../datacenter/checkers/capacity.js';")).toBe('');
    expect(plant('test/x.ts', "import { anything } from '../sim/engine/lane.js';")).toBe('');
    expect(plant('sim/control/x.ts', "// import { Engine } from '../engine/engine.js';\nexport const a = 1;")).toBe('');
  });

  test('a circle', () => {
    const sources = [
      { path: 'sim/base/a.ts', text: "import { b } from './b.js';" },
      { path: 'sim/base/b.ts', text: "import { c } from './c.js';" },
      { path: 'sim/base/c.ts', text: "import { a } from './a.js';" },
    ];
    expect(importCycles(sources).join()).toMatch(/a\.ts > sim\/base\/b\.ts > sim\/base\/c\.ts > sim\/base\/a\.ts/);
    sources[2]!.text = "import type { A } from './a.js';";
    expect(importCycles([...sources.slice(0, 2), { ...sources[2]! }])).toEqual([]);
  });
});
