/** What policies that look at capacity share: the option that says which resource counts, and the words of judgements. */
import { GIB, MILLIS_PER_CORE } from '../../base/units.js';
import type { CloudView, Criterion, PolicyOption, PolicyOptions, Resource } from '../policy.js';
import type { PodId } from '../ports.js';

export const BY = {
  name: 'by',
  describe: 'the resource that counts',
  preset: 'cpu',
  takes: ['cpu', 'memory'],
} as const satisfies PolicyOption;

/** The value given, or the preset: checked before. */
export function optionOf<Value extends string>(
  values: PolicyOptions,
  option: PolicyOption & { takes: readonly Value[] },
) {
  return (values[option.name] ?? option.preset) as Value;
}

export function byFree(
  free: { cpuMillis: number; memoryBytes: number },
  by: Resource,
  better: 'more' | 'less',
): readonly Criterion[] {
  const cpu = { of: 'free cores', value: free.cpuMillis / MILLIS_PER_CORE, better };
  const memory = { of: 'free GiB', value: free.memoryBytes / GIB, better };
  return by === 'cpu' ? [cpu, memory] : [memory, cpu];
}

/** As pods are ordered by free capacity: by used share, then in inventory order. */
export function byUsedShare(view: CloudView, pod: PodId, by: Resource): readonly Criterion[] {
  return [
    {
      of: by === 'cpu' ? 'used share of CPU in the pod' : 'used share of memory in the pod',
      value: view.usedShare(pod, by),
      better: 'less',
    },
    { of: 'place of the pod in the inventory', value: pod + 1, better: 'less' },
  ];
}
