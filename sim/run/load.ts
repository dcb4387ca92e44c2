/**
 * Scenario files, read with everything that runs know: the placement policies there are, the formats that `initial` may
 * name, the parameters of the broadcast model, the reasons that `expect` may count. Nothing that a file names is run.
 */
import { BROADCAST_CONSTANTS } from '../../models/broadcast/parameters.js';
import { REASONS } from '../control/ports.js';
import * as loader from '../scenario/loader.js';
import type { LoadedScenario, LoadOptions, Validated } from '../scenario/loader.js';
import { readBalconInventory } from '../traces/balcon.js';
import { readFlowCsv } from '../traces/flow-csv.js';
import { readInventoryCsv } from '../traces/inventory-csv.js';
import { readTraceCsv } from '../traces/trace-csv.js';
import { readVmRescheduling } from '../traces/vm-rescheduling.js';
import { DEFRAG_POLICIES } from '../control/defrag/policies/registry.js';
import { policiesForLoader } from './policies.js';

/** What the command line lays over a file. */
export type Alternatives = Pick<LoadOptions, 'variant' | 'set' | 'seed'>;

/** `readFile`: in place of the file system, for scenarios that are no files. */
export type ReadOptions = Alternatives & Pick<LoadOptions, 'readFile'>;

const KNOWN: Pick<
  LoadOptions,
  'policies' | 'defragPolicies' | 'readers' | 'traceReaders' | 'flowReader' | 'broadcast' | 'reasons'
> = {
  policies: policiesForLoader(),
  defragPolicies: DEFRAG_POLICIES.map(({ name }) => name),
  readers: {
    'vm-rescheduling': readVmRescheduling,
    balcon: readBalconInventory,
    'inventory-csv': { read: readInventoryCsv, tables: ['vms', 'accounts'] },
  },
  traceReaders: { 'podtwin-trace': readTraceCsv },
  flowReader: readFlowCsv,
  broadcast: Object.entries(BROADCAST_CONSTANTS).map(([name, { unit }]) => ({ name, unit })),
  reasons: REASONS,
};

/** Throws InputError with every problem there is. */
export function loadScenario(file: string, options: ReadOptions = {}): LoadedScenario {
  return loader.loadScenario(file, { ...options, ...KNOWN });
}

/** As `loadScenario`, with the problems as a value; without a variant the file and all its variants are checked. */
export function validateScenario(file: string, options: ReadOptions = {}): Validated {
  return loader.validateScenario(file, { ...options, ...KNOWN });
}
