/**
 * Who may import whom, as a table: a layer is a folder, and sees the layers and the packages that its row names. Where a
 * layer may see another only in part, `only` names the files. A folder that stands in no row is no place for code.
 */
export interface Layer {
  folder: string;
  /** Layers it may import from (itself always). */
  sees: readonly string[];
  /** Within a layer that it sees: these files, or folders ending in "/", and no others. */
  only?: Readonly<Record<string, readonly string[]>>;
  /** Packages; "node:" stands for all of Node's own modules. */
  outside: readonly string[];
  /** Packages kept to certain files of the layer. */
  outsideOnlyIn?: Readonly<Record<string, readonly string[]>>;
}

const PORTS = { 'sim/control': ['sim/control/ports.ts'] };

export const LAYERS: readonly Layer[] = [
  // Pure: language only, no Node.
  { folder: 'sim/base', sees: [], outside: [] },
  { folder: 'sim/measures', sees: ['sim/base'], outside: [] },
  { folder: 'models', sees: ['sim/base'], outside: [] },
  {
    folder: 'sim/engine',
    sees: ['sim/base'],
    outside: ['seedrandom'],
    outsideOnlyIn: { seedrandom: ['sim/engine/streams.ts'] },
  },
  { folder: 'sim/control', sees: ['sim/base', 'sim/measures'], outside: [] },
  { folder: 'sim/datacenter', sees: ['sim/base', 'sim/engine', 'models', 'sim/measures'], outside: [] },
  {
    folder: 'sim/agents/simulated',
    sees: ['sim/base', 'sim/engine', 'sim/datacenter', 'sim/control'],
    only: PORTS,
    outside: [],
  },
  {
    folder: 'sim/agents/faulty',
    sees: ['sim/base', 'sim/engine', 'sim/control'],
    only: { ...PORTS, 'sim/engine': ['sim/engine/streams.ts'] },
    outside: [],
  },
  // The world outside comes in from here on.
  { folder: 'sim/agents/libvirt', sees: ['sim/base', 'sim/control'], only: PORTS, outside: ['node:'] },
  {
    folder: 'sim/traces',
    sees: ['sim/base'],
    outside: ['node:', 'better-sqlite3', 'csv-parse', 'hyparquet', 'hyparquet-compressors', 'tar-stream'],
    // One file a format from outside.
    outsideOnlyIn: {
      'better-sqlite3': ['sim/traces/azure-packing.ts'],
      'csv-parse': ['sim/traces/csv-rows.ts'],
      hyparquet: ['sim/traces/parquet-columns.ts'],
      'hyparquet-compressors': ['sim/traces/parquet-columns.ts'],
      'tar-stream': ['sim/traces/tar-entries.ts'],
    },
  },
  {
    folder: 'sim/store',
    sees: ['sim/base', 'sim/measures', 'sim/control'],
    only: { 'sim/control': ['sim/control/ports.ts', 'sim/control/history.ts'] },
    outside: ['node:', 'better-sqlite3'],
  },
  {
    folder: 'sim/scenario',
    sees: ['sim/base'],
    outside: ['node:fs', 'node:path', 'yaml', 'zod', 'fastest-levenshtein'],
    // The loader's two hands on the file system.
    outsideOnlyIn: { 'node:fs': ['sim/scenario/read-text.ts'], 'node:path': ['sim/scenario/open-document.ts'] },
  },
  {
    folder: 'sim/run',
    sees: [
      'sim/base',
      'sim/measures',
      'models',
      'sim/engine',
      'sim/control',
      'sim/datacenter',
      'sim/agents/simulated',
      'sim/agents/faulty',
      'sim/agents/libvirt',
      'sim/traces',
      'sim/store',
      'sim/scenario',
    ],
    outside: ['node:'],
  },
  {
    folder: 'sim/studies',
    sees: [
      'sim/base',
      'sim/measures',
      'models',
      'sim/engine',
      'sim/control',
      'sim/datacenter',
      'sim/traces',
      'sim/store',
      'sim/scenario',
      'sim/run',
    ],
    only: {
      'sim/engine': ['sim/engine/streams.ts'],
      'sim/control': [
        'sim/control/policy.ts',
        'sim/control/scheduler/',
        'sim/control/defrag/',
        'sim/control/history.ts',
        'sim/control/ports.ts',
      ],
      'sim/datacenter': ['sim/datacenter/checkers/'],
    },
    outside: ['node:'],
  },
  { folder: 'sim/server', sees: ['sim/base', 'sim/store', 'sim/scenario', 'sim/run'], outside: ['node:'] },
  {
    folder: 'sim/bench',
    sees: [
      'sim/base',
      'sim/measures',
      'models',
      'sim/engine',
      'sim/control',
      'sim/datacenter',
      'sim/agents/simulated',
      'sim/traces',
      'sim/store',
      'sim/scenario',
      'sim/run',
      'sim/studies',
    ],
    outside: ['node:'],
  },
  {
    folder: 'reports',
    sees: ['sim/base', 'sim/measures', 'sim/store'],
    outside: ['node:', '@observablehq/plot', 'd3', 'domino'],
  },
  {
    folder: 'sim/cli',
    sees: [
      'sim/base',
      'sim/measures',
      'models',
      'sim/traces',
      'sim/store',
      'sim/scenario',
      'sim/run',
      'sim/studies',
      'sim/server',
      'sim/bench',
      'reports',
    ],
    outside: ['node:', 'yargs', 'picocolors'],
  },
  {
    folder: 'viz',
    sees: ['sim/base', 'sim/measures', 'sim/store'],
    only: { 'sim/base': ['sim/base/units.ts'], 'sim/store': ['sim/store/types.ts'] },
    outside: ['@observablehq/plot', 'd3'],
  },
];

/** Layers that are the same on every machine and know no clock, no chance and no I/O of their own. */
export const PURE = [
  'sim/base',
  'sim/measures',
  'models',
  'sim/engine',
  'sim/control',
  'sim/datacenter',
  'sim/agents/simulated',
  'sim/agents/faulty',
] as const;

/** The layer a file belongs to; undefined: none. */
export function layerOf(path: string): Layer | undefined {
  return LAYERS.find(({ folder }) => path.startsWith(`${folder}/`));
}
