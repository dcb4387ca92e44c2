/** Loading scenarios from texts in memory, and a small valid one to vary. */
import { expect } from 'vitest';
import { formatProblem } from '../../sim/base/errors.js';
import { validateScenario, type LoadedScenario, type LoadOptions } from '../../sim/scenario/loader.js';
import { readVmRescheduling } from '../../sim/traces/vm-rescheduling.js';

export type Files = Record<string, string>;

export function optionsFor(files: Files, options: Partial<LoadOptions> = {}): LoadOptions {
  return {
    policies: ['first-fit', 'random', { name: 'spread', options: ['by'] }],
    reasons: ['vlan-exhausted', 'no-capacity'],
    readers: { 'vm-rescheduling': readVmRescheduling },
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
      return text;
    },
    ...options,
  };
}

/** Every problem of f.yaml, as a user reads it. */
export function problemsOf(text: string, options: Partial<LoadOptions> = {}, files: Files = {}): string[] {
  return validateScenario('f.yaml', optionsFor({ 'f.yaml': text, ...files }, options)).problems.map(formatProblem);
}

/** Exactly these, each as line:column and message. */
export function expectProblems(text: string, expected: string[]): void {
  expect(problemsOf(text)).toEqual(expected.map((line) => `f.yaml:${line}`));
}

export function load(text: string, options: Partial<LoadOptions> = {}, files: Files = {}): LoadedScenario {
  const { problems, scenario } = validateScenario('f.yaml', optionsFor({ 'f.yaml': text, ...files }, options));
  if (!scenario) throw new Error(problems.map(formatProblem).join('\n'));
  return scenario;
}

/** Twelve lines that validate; each part can be written otherwise, `more` follows as line 13. */
export function scenario(
  part: Partial<Record<'duration' | 'host' | 'network' | 'hosts' | 'small' | 'more', string>> = {},
) {
  return `podtwin: 1
name: t
duration: ${part.duration ?? '1d'}
hostTypes:
  std: ${part.host ?? '{cpu: 8 cores, memory: 16 GiB}'}
zones:
  - name: z1
    network: ${part.network ?? '{vlans: [600-609]}'}
    pods:
      - {name: p, count: 2, hosts: [${part.hosts ?? '{name: h, type: std, count: 2}'}]}
offerings:
  small: ${part.small ?? '{cpu: 1 core, memory: 2 GiB}'}
${part.more ?? ''}
`;
}
