/** What each VM of a zone uses of its CPU: drawn by what the scenario says of its customer, or as a trace has it. */
import { assert } from '../base/assert.js';
import { distribution } from '../engine/distributions.js';
import type { Streams } from '../engine/streams.js';
import { azureCpuUse2017 } from '../../models/workload/azure-cpu-use.js';
import { CPU_CURVES } from '../../models/workload/cpu-curve.js';
import { constantUse, curveUse, traceUse, type CpuUse } from '../../models/workload/cpu-use.js';
import type { CpuUseSpec, ResolvedScenario } from '../scenario/resolved.js';
import { recordedAccounts, saidOf } from './said-of.js';
import { VmFacts } from './vm-facts.js';

/** `gone`: the VM will not run again. */
export function cpuUses(
  scenario: ResolvedScenario,
  zone: string,
  streams: Streams,
  gone: (vm: number) => void,
): VmFacts<CpuUse> {
  const said = saidOf(
    scenario,
    ({ cpuUse }) => cpuUse,
    scenario.workload?.vms.cpuUse ?? null,
    recordedAccounts(scenario),
  );
  const uses = new VmFacts<CpuUse>({
    sourceOf(account) {
      const spec = said(account);
      return spec && { draw: drawOf(spec), stream: streams.stream(`cpu-use/account/${account}`) };
    },
    foundStream: (vm) => streams.stream(`cpu-use/initial/${vm}`),
    gone,
  });
  const trace = scenario.workload?.trace;
  if (trace?.zone === zone)
    for (const { account, name, cpuUse } of trace.vms)
      if (cpuUse) uses.give(trace.accounts[account]!.name, name, traceUse(cpuUse));
  return uses;
}

/** Whether any VM's use is known. */
export function modelsCpuUse({ accounts, workload }: ResolvedScenario): boolean {
  if (accounts.some(({ cpuUse }) => cpuUse !== null) || (workload?.vms.cpuUse ?? null) !== null) return true;
  return workload?.trace?.vms.some(({ cpuUse }) => cpuUse !== null) ?? false;
}

function drawOf(spec: CpuUseSpec): (u: number) => CpuUse {
  switch (spec.kind) {
    case 'constant': {
      const use = constantUse(spec.ratio);
      return () => use;
    }
    case 'curve': {
      const curve = CPU_CURVES[spec.curve];
      const { quantile } = distribution(spec.mean);
      return (u) => {
        const mean = quantile(u);
        assert(mean >= 0, () => `a mean CPU use of ${mean}`);
        return curveUse(curve, Math.min(1, mean));
      };
    }
    case 'azure-2017':
      return (u) => curveUse(CPU_CURVES['office-day'], azureCpuUse2017(u));
  }
}
