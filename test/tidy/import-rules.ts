/** The table's rules as functions from sources to problems; each message says what to do instead. */
import { posix } from 'node:path';
import { layerOf, type Layer } from './import-table.js';
import { importsOf, type Import, type Source } from './sources.js';

export function importProblems(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => /^(sim|models|reports|viz|test)\//.test(path))
    .flatMap((source) => importsOf(source).flatMap((one) => problemsOf(source, one)));
}

function problemsOf(source: Source, { specifier, place }: Import): string[] {
  const relative = specifier.startsWith('.');
  if (relative && !/\.(js|css|json)$/.test(specifier))
    return [`${place}: write './name.js': '${specifier}' has no ending`];
  if (source.path.startsWith('test/')) return [];
  const layer = layerOf(source.path);
  if (layer === undefined)
    return [`${place}: ${source.path} is in no layer: move it into one, or add a row to the table`];
  const problem = relative
    ? insideProblem(layer, posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts'))
    : outsideProblem(layer, source.path, specifier);
  return problem === null ? [] : [`${place}: ${problem}`];
}

function insideProblem(layer: Layer, target: string): string | null {
  if (target.startsWith('test/')) return `nothing imports test: move what both need out of ${target}`;
  const other = layerOf(target);
  if (other === undefined) return `${target} is in no layer`;
  if (other === layer) return null;
  if (!layer.sees.includes(other.folder)) {
    const seen = layer.sees.length === 0 ? 'no other layer' : layer.sees.join(', ');
    return `${layer.folder} does not see ${other.folder} (it sees ${seen}): pass the thing in from whoever sees both`;
  }
  const only = layer.only?.[other.folder];
  if (only && !only.some((allowed) => (allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed)))
    return `of ${other.folder}, ${layer.folder} sees only ${only.join(', ')}, not ${target}`;
  return null;
}

function outsideProblem(layer: Layer, path: string, specifier: string): string | null {
  const name = specifier.startsWith('@') ? specifier.split('/', 2).join('/') : specifier.split('/', 1)[0]!;
  const allowed = layer.outside.find((one) => (one === 'node:' ? specifier.startsWith('node:') : one === name));
  if (allowed === undefined) {
    const may = layer.outside.length === 0 ? 'the language only' : layer.outside.join(', ');
    return `${layer.folder} may not import '${specifier}' (from outside: ${may}): pass in what it is needed for`;
  }
  const files = layer.outsideOnlyIn?.[allowed];
  if (files && !files.includes(path))
    return `'${specifier}' is imported in ${files.join(', ')} only: use what that exports`;
  return null;
}

/** Circles of imports that remain when compiled: their modules would see each other half made. */
export function importCycles(sources: readonly Source[]): string[] {
  const targets = new Map<string, string[]>();
  for (const source of sources) {
    const found = importsOf(source).filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly);
    const paths = found.map(({ specifier }) =>
      posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts'),
    );
    targets.set(source.path, paths);
  }
  const problems: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const from = trail.indexOf(path);
    if (from >= 0)
      problems.push(`imports in a circle: ${[...trail.slice(from), path].join(' > ')}: split one of the files`);
    if (from >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return problems;
}
