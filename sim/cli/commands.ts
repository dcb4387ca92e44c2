/** Every command, by the words that call it, and where it is: loaded when it is called, so that the program starts fast. */
import type { Command } from './command.js';

export interface CommandEntry {
  /** "run", "models check" */
  name: string;
  /** One line in the list of commands. */
  brief: string;
  load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    brief: 'Write a first scenario file to start from',
    load: async () => (await import('./init.js')).initCommand,
  },
  {
    name: 'validate',
    brief: 'Check scenario files and say what they describe, without running them',
    load: async () => (await import('./validate.js')).validateCommand,
  },
  {
    name: 'run',
    brief: 'Run a scenario and write a folder with report, summary and database',
    load: async () => (await import('./run.js')).runCommand,
  },
  {
    name: 'verify',
    brief: 'Run a scenario twice and hold the two results against each other',
    load: async () => (await import('./verify.js')).verifyCommand,
  },
  {
    name: 'explain',
    brief: 'Say why a VM of a recorded run is where it is, or was refused',
    load: async () => (await import('./explain.js')).explainCommand,
  },
  {
    name: 'report',
    brief: "Write a recorded run's report again, and its tables as CSV",
    load: async () => (await import('./report.js')).reportCommand,
  },
  {
    name: 'schema',
    brief: 'Print the JSON Schema of scenario files, for editors',
    load: async () => (await import('./schema.js')).schemaCommand,
  },
  {
    name: 'trace',
    brief: 'Read a public trace or an inventory, and make a part of a scenario of it',
    load: async () => (await import('./trace.js')).traceCommand,
  },
  {
    name: 'policies',
    brief: 'List the policies that a scenario can name',
    load: async () => (await import('./policies.js')).policiesCommand,
  },
  {
    name: 'models',
    brief: 'List the models with equation, source and range',
    load: async () => (await import('./models.js')).modelsCommand,
  },
  {
    name: 'models check',
    brief: 'Hold formulas or a model against a reference file',
    load: async () => (await import('./models-check.js')).modelsCheckCommand,
  },
  {
    name: 'bench engine',
    brief: 'Measure events per CPU second on this machine',
    load: async () => (await import('./bench-engine.js')).benchEngineCommand,
  },
  {
    name: 'bench inventory',
    brief: 'Measure the loading of a large inventory on this machine',
    load: async () => (await import('./bench-inventory.js')).benchInventoryCommand,
  },
  {
    name: 'bench migrations',
    brief: 'Measure what a storm of live migrations costs among idle VMs',
    load: async () => (await import('./bench-migrations.js')).benchMigrationsCommand,
  },
  {
    name: 'bench network',
    brief: 'Measure what transfers cost that share links max-min fairly',
    load: async () => (await import('./bench-network.js')).benchNetworkCommand,
  },
  {
    name: 'bench placement',
    brief: 'Measure what placing VMs costs, through the whole management plane',
    load: async () => (await import('./bench-placement.js')).benchPlacementCommand,
  },
];

/** Planned; asked for, they are told from a misspelt name. */
export const NOT_BUILT_YET: readonly string[] = [
  ...['compare', 'sweep', 'worker', 'collect', 'check', 'diff', 'swarm', 'view', 'serve'],
  ...['replay', 'branch', 'bridge', 'bench defrag'],
];
