/** `podtwin validate`. Guarantees that every file is looked at and every problem told at its place, and nothing is run. */
import { EXIT } from '../base/errors.js';
import { humanQuantity } from '../base/units.js';
import { validateScenario } from '../run/load.js';
import { variantNames, type LoadedScenario } from '../scenario/loader.js';
import { command } from './command.js';
import type { Output } from './output.js';
import { alternativesOf, JSON_OPTION, SCENARIO_OPTIONS } from './scenario-options.js';
import { problemRecord, type ProblemRecord } from './tell-error.js';
import { countOf } from '../../reports/numbers.js';

interface FileResult {
  file: string;
  valid: boolean;
  problems: ProblemRecord[];
}

export const validateCommand = command({
  about:
    'Checks scenario files with all their variants and says what they describe. Every problem is told at file:line:column ' +
    'with what to write instead. Nothing is run and nothing is written.',
  positionals: { FILE: { describe: 'Scenarios to check', many: true } },
  options: { ...SCENARIO_OPTIONS, ...JSON_OPTION },
  examples: [
    ['validate my-cloud.yaml', 'says "my-cloud.yaml: ok", or what is wrong'],
    ['validate scenarios/*.yaml', 'several at once'],
    ['validate my-cloud.yaml --json', '{"file": ..., "valid": ..., "problems": [...]}; {"valid", "files"} for several'],
  ],
  exits: [
    [EXIT.done, 'all files are right'],
    [EXIT.wrongInput, 'one of them is wrong or cannot be read'],
  ],
  run(values, output) {
    const alternatives = alternativesOf(values);
    const results = values.FILE.map((file): FileResult => {
      const { problems, scenario } = validateScenario(file, alternatives);
      for (const problem of problems) output.error(problem);
      if (problems.length > 1) output.say(`${file}: ${problems.length} problems`);
      if (scenario) output.print(description(file, scenario, output));
      return { file, valid: problems.length === 0, problems: problems.map(problemRecord) };
    });
    const valid = results.every((one) => one.valid);
    if (output.json) output.printJson(results.length === 1 ? results[0] : { valid, files: results });
    return valid ? EXIT.done : EXIT.wrongInput;
  },
});

function description(file: string, scenario: LoadedScenario, { paint }: Output): string {
  const { name, variant, about, seed, durationMicros, zones, offerings, expect } = scenario;
  const pods = zones.flatMap((zone) => zone.pods);
  const hosts = pods.flatMap((pod) => pod.hosts);
  const nodes = hosts.flatMap((host) => host.nodes);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const cpu = humanQuantity('cpu', sum(nodes.map(({ cpuMillis }) => cpuMillis)));
  const memory = humanQuantity('memory', sum(nodes.map(({ memoryBytes }) => memoryBytes)));
  const stores = countOf(sum(pods.map(({ storage }) => storage.length)), 'storage server');
  const variants = variant === null ? variantNames(file) : [];
  const rows: [string, string][] = [
    ['scenario', `${name}${variant === null ? '' : `, variant ${variant}`}${about === '' ? '' : `: ${about}`}`],
    ['runs', `${humanQuantity('duration', durationMicros)} with seed ${seed}`],
    [
      'holds',
      `${countOf(zones.length, 'zone')}, ${countOf(pods.length, 'pod')}, ${countOf(hosts.length, 'host')}, ${stores}`,
    ],
    ['for VMs', `${cpu}, ${memory}`],
    ['offerings', offerings.map((one) => (one.system ? `${one.name} (system)` : one.name)).join(', ')],
    ['expects', expect.length === 0 ? 'nothing' : expect.map(({ measure }) => measure).join(', ')],
    ['variants', variants.join(', ')],
  ];
  const lines = rows
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `  ${paint.dim(title.padEnd(9))}  ${text}`);
  return [`${file}: ${paint.green('ok')}`, ...lines].join('\n');
}
