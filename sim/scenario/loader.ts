/**
 * Scenario files in, resolved scenarios out. Guarantees: either a scenario that satisfies its type and is consistent, or
 * every problem found, each with its place and what to write instead; nothing named in a file is run. Without `variant`
 * the file and all its variants are checked.
 */
import { InputError, type Place, type Problem } from '../base/errors.js';
import { variantNamesOf, withArgument, withSeed, withVariant } from './alternatives.js';
import { check } from './check.js';
import type { BroadcastParameter, CheckContext, PolicyOptionCheck } from './checks/context.js';
import { DataFiles, textAt, type DataRead } from './data-files.js';
import type { FlowReader, FlowTable } from './flow-table.js';
import type { InventoryFormat } from './inventory.js';
import { InitialData } from './initial-data.js';
import { SUMMARY_MEASURES } from './measures.js';
import { openDocument, openOrThrow } from './open-document.js';
import type { ReadFile } from './read-text.js';
import { resolve } from './resolve.js';
import type { ResolvedScenario } from './resolved.js';
import type { TraceReader, TraceWorkload } from './trace-workload.js';
import { nodeAt, type TreeNode } from './tree.js';
import { writeYaml } from './write-yaml.js';

export interface LoadOptions {
  variant?: string | undefined;
  /** "PATH=VALUE", each; laid over the variant. */
  set?: readonly string[] | undefined;
  seed?: number | undefined;
  /** Defragmentation policies there are; absent: none. */
  defragPolicies?: readonly string[];
  /** Placement policies there are; one that takes options names them, and may say what is wrong with a value. */
  policies: readonly (string | { name: string; options: readonly (string | PolicyOptionCheck)[] })[];
  /** Readers of `initial`, by format. */
  readers?: Readonly<Record<string, InventoryFormat>>;
  /** Readers of `workload.trace`, by format. */
  traceReaders?: Readonly<Record<string, TraceReader>>;
  /** Reads the table that `flows` may name; absent: it may name none. */
  flowReader?: FlowReader;
  /** Parameters that `broadcast` may set; absent: none. */
  broadcast?: readonly BroadcastParameter[];
  /** Reasons for refusals that `expect` may name; absent: any. */
  reasons?: readonly string[];
  /** In place of the file system. */
  readFile?: ReadFile;
}

export interface LoadedScenario extends ResolvedScenario {
  /** The effective document as YAML; it loads to the same on its own. Written when it is first asked for. */
  readonly scenarioText: string;
}

export interface Validated {
  problems: Problem[];
  /** Where there are no problems. */
  scenario?: LoadedScenario;
}

/** Throws InputError with all problems. */
export function loadScenario(file: string, options: LoadOptions): LoadedScenario {
  const { problems, scenario } = validateScenario(file, options);
  if (!scenario) throw new InputError(problems);
  return scenario;
}

export function validateScenario(file: string, options: LoadOptions): Validated {
  const { root, problems } = openDocument(file, options.readFile);
  if (!root) return { problems };
  const loader = new Loader(options);
  const { variant } = options;
  const chosen = loader.load(root, variant ?? null);
  append(problems, chosen.problems);
  if (variant === undefined)
    for (const name of variantNamesOf(root)) append(problems, news(problems, loader.load(root, name).problems, name));
  if (problems.length > 0) return { problems: inOrder(problems, file) };
  return { problems, scenario: chosen.scenario! };
}

/** Throws InputError where the file, or one that it extends, cannot be read as a scenario. */
export function variantNames(file: string, readFile?: ReadFile): string[] {
  return variantNamesOf(openOrThrow(file, readFile));
}

/** The scenario as it runs, in YAML: what goes into a run's scenario.yaml. */
export function scenarioYaml(scenario: LoadedScenario): string {
  return scenario.scenarioText;
}

/** One document in several variants; a data file is read once. */
class Loader {
  private readonly initial: InitialData;
  private readonly traces: DataFiles<TraceWorkload>;
  private readonly flows: DataFiles<FlowTable>;
  private readonly context: Omit<CheckContext, 'inventory' | 'trace' | 'flows'>;

  constructor(private readonly options: LoadOptions) {
    const readers = options.readers ?? {};
    this.initial = new InitialData(readers, options.readFile);
    this.traces = new DataFiles(options.readFile);
    this.flows = new DataFiles(options.readFile);
    this.context = {
      defragPolicies: options.defragPolicies ?? ['none'],
      policies: new Map(
        options.policies.map((policy) => (typeof policy === 'string' ? [policy, []] : [policy.name, checksOf(policy)])),
      ),
      formats: new Map(
        Object.entries(readers).map(([name, reader]) => [name, typeof reader === 'function' ? [] : reader.tables]),
      ),
      traceFormats: Object.keys(options.traceReaders ?? {}),
      readsFlows: options.flowReader !== undefined,
      broadcast: options.broadcast ?? [],
      measures: SUMMARY_MEASURES,
      reasons: options.reasons ?? null,
    };
  }

  load(document: TreeNode, variant: string | null): Validated {
    const problems: Problem[] = [];
    let root = variant === null ? document : withVariant(document, variant, problems);
    for (const given of this.options.set ?? []) root = withArgument(root, given, problems);
    if (this.options.seed !== undefined) root = withSeed(root, this.options.seed);
    const initial = this.initial.of(root);
    const workload = this.traceOf(root);
    append(problems, initial.problems);
    append(problems, workload.problems);
    const flows = this.flows.of(nodeAt(root, ['flows']), 'flows', this.options.flowReader);
    append(problems, flows.problems);
    const data = { inventory: initial.inventory, trace: workload.value, flows: flows.value };
    const checked = check(root, { ...this.context, ...data });
    append(problems, checked.problems);
    if (problems.length > 0 || !checked.file) return { problems };
    const name = variant ?? checked.file.variant ?? null;
    const scenario = resolve(checked.file, data, name);
    const texts = { initial: initial.texts, trace: workload.text, flows: flows.text };
    return { problems, scenario: withText(scenario, () => writeYaml(checked.root, name, texts)) };
  }

  /** The trace that `workload.trace` names; nothing where it names none that can be read. */
  private traceOf(root: TreeNode): DataRead<TraceWorkload> {
    const section = nodeAt(root, ['workload', 'trace']);
    const format = textAt(section, 'format')?.value ?? '';
    const readers = this.options.traceReaders ?? {};
    const reader = Object.hasOwn(readers, format) ? readers[format] : undefined;
    return this.traces.of(section, 'workload.trace', reader, format);
  }
}

/** The text is written when somebody asks for it: with a large inventory in it that takes longer than all the rest. */
function withText(scenario: ResolvedScenario, write: () => string): LoadedScenario {
  let text: string | undefined;
  return {
    ...scenario,
    get scenarioText() {
      return (text ??= write());
    },
  };
}

function checksOf({ options }: { options: readonly (string | PolicyOptionCheck)[] }): PolicyOptionCheck[] {
  return options.map((option) => (typeof option === 'string' ? { name: option, wrong: () => null } : option));
}

/** However many there are: spread as arguments they would have to fit on the stack. */
function append(problems: Problem[], more: readonly Problem[]): void {
  for (const problem of more) problems.push(problem);
}

/** What a variant adds to the problems of the file itself. */
function news(known: readonly Problem[], found: readonly Problem[], variant: string): Problem[] {
  const said = new Set(known.map(identity));
  return found
    .filter((problem) => !said.has(identity(problem)))
    .map((problem) => ({ ...problem, message: `${problem.message} (in variant '${variant}')` }));
}

function identity({ code, message, place }: Problem): string {
  return JSON.stringify([code, message, place]);
}

/** The command line's first, then the file's own, then those of other files; by place; each once. */
function inOrder(problems: readonly Problem[], file: string): Problem[] {
  const once = [...new Map(problems.map((problem) => [identity(problem), problem])).values()];
  const rank = (place: Place | undefined): number => (place === undefined ? 0 : place.file === file ? 1 : 2);
  return once.sort((a, b) => {
    if (rank(a.place) !== rank(b.place)) return rank(a.place) - rank(b.place);
    if (!a.place || !b.place) return 0;
    if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
    return a.place.line - b.place.line || a.place.column - b.place.column;
  });
}
