/** TypeScript project references against the import table, so that the compiler keeps the table too. */
import { posix } from 'node:path';
import { LAYERS, PURE } from './import-table.js';
import type { Source } from './sources.js';

interface Config {
  compilerOptions?: { types?: string[]; lib?: string[]; composite?: boolean; paths?: unknown; rootDirs?: unknown };
  references?: { path: string }[];
}

/** `configs` are the tsconfig.json files; only layers among them are compared, so that a layer to come needs none yet. */
export function referenceProblems(configs: readonly Source[]): string[] {
  const byFolder = new Map(configs.map(({ path, text }) => [posix.dirname(path), JSON.parse(text) as Config]));
  const folders = [...byFolder.keys()].filter((folder) => LAYERS.some((layer) => layer.folder === folder));
  const problems: string[] = [];
  const compare = (folder: string, due: readonly string[]): void => {
    const found = referencesOf(folder, byFolder.get(folder)!);
    for (const missing of due.filter((one) => !found.includes(one)))
      problems.push(`${folder}/tsconfig.json: no reference to ${missing}, which the table lets it see: add it`);
    for (const extra of found.filter((one) => !due.includes(one)))
      problems.push(
        `${folder}/tsconfig.json: a reference to ${extra}, which the table does not let it see: take it out`,
      );
  };
  for (const layer of LAYERS)
    if (folders.includes(layer.folder))
      compare(
        layer.folder,
        layer.sees.filter((seen) => folders.includes(seen)),
      );
  if (byFolder.has('test')) compare('test', folders);
  if (byFolder.has('.')) compare('.', byFolder.has('test') ? [...folders, 'test'] : folders);
  return [...problems, ...typesProblems(byFolder)];
}

function referencesOf(folder: string, config: Config): string[] {
  return (config.references ?? []).map(({ path }) => posix.join(folder, path));
}

/** A pure layer takes its options from the base, which knows the language and nothing else. */
function typesProblems(byFolder: ReadonlyMap<string, Config>): string[] {
  const problems: string[] = [];
  for (const [folder, { compilerOptions = {} }] of byFolder) {
    const { types, lib, paths, rootDirs } = compilerOptions;
    if (paths !== undefined || rootDirs !== undefined)
      problems.push(`${folder}/tsconfig.json: paths and rootDirs get around the references: take them out`);
    if (!PURE.some((pure) => pure === folder)) continue;
    if (types !== undefined && types.length > 0) problems.push(`${folder}/tsconfig.json: a pure layer has types: []`);
    if (lib !== undefined)
      problems.push(`${folder}/tsconfig.json: a pure layer has the base's lib, the language alone`);
  }
  return problems;
}

/** What the base must say for the layers' own files to mean what they do. */
export function baseProblems(text: string): string[] {
  const { compilerOptions = {} } = JSON.parse(text) as Config;
  const problems: string[] = [];
  if (compilerOptions.composite !== true) problems.push('tsconfig.base.json: composite: true makes references binding');
  if (compilerOptions.types?.length !== 0) problems.push('tsconfig.base.json: types: [] keeps Node out of pure layers');
  if (compilerOptions.lib?.some((one) => !/^es\d+$/.test(one)) !== false)
    problems.push('tsconfig.base.json: lib names the language alone (es2023): the DOM has clocks and timers');
  return problems;
}
