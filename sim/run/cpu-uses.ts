/**
 * What each VM of a zone uses of its CPU, known before it runs: drawn when its customer asks for it, one draw a VM from a
 * stream of the customer's own name, whatever the plane answers; or given, as a trace has it. The plant knows VMs by the
 * plane's numbers, customers by their names: the history bridges the two.
 */
import { assert } from '../base/assert.js';
import type { Transaction } from '../control/history.js';
import { distribution } from '../engine/distributions.js';
import type { Stream, Streams } from '../engine/streams.js';
import { azureCpuUse2017 } from '../../models/workload/azure-cpu-use.js';
import { CPU_CURVES } from '../../models/workload/cpu-curve.js';
import { constantUse, curveUse, traceUse, type CpuUse } from '../../models/workload/cpu-use.js';
import { initialAccounts } from '../scenario/initial-accounts.js';
import type { CpuUseSpec, ResolvedScenario } from '../scenario/resolved.js';

interface Asked {
  ref: number;
  use: CpuUse;
}

interface Source {
  readonly draw: (u: number) => CpuUse;
  readonly stream: Stream;
}

/** A customer's name holds no slash. */
const keyOf = (account: string, vm: string): string => `${account}/${vm}`;

export class CpuUses {
  private readonly accountNames: string[] = [];
  /** What is said of a customer's VMs; of one who is not here, the workload says it. */
  private readonly specs: ReadonlyMap<string, CpuUseSpec | null>;
  /** By customer; null: what his VMs use is not modelled. */
  private readonly sources = new Map<string, Source | null>();
  /** VMs asked for that the plane has no number for yet. */
  private readonly asked = new Map<string, Asked>();
  private readonly keyOfRef = new Map<number, string>();
  private readonly given: Map<string, CpuUse>;
  private readonly byVm = new Map<number, CpuUse>();

  constructor(
    private readonly scenario: ResolvedScenario,
    zone: string,
    private readonly streams: Streams,
    /** The VM will not run again. */
    private readonly gone: (vm: number) => void,
  ) {
    this.specs = specsOf(scenario);
    this.given = recorded(scenario, zone);
  }

  /** For a VM that is about to be asked for, in place of what would be drawn. */
  give(account: string, vm: string, use: CpuUse): void {
    this.given.set(keyOf(account, vm), use);
  }

  /** A customer asks for a new VM, under this number of his request. */
  ask(ref: number, account: string, vm: string): void {
    const key = keyOf(account, vm);
    const source = this.sourceOf(account);
    const drawn = source && source.draw(source.stream.next());
    const use = this.given.get(key) ?? drawn;
    this.given.delete(key);
    if (!use) return;
    this.asked.set(key, { ref, use });
    this.keyOfRef.set(ref, key);
  }

  /** A VM that was found running, under the number that the plane will give it. */
  found(id: number, account: string, vm: string): void {
    const source = this.sourceOf(account);
    const use = this.given.get(keyOf(account, vm)) ?? source?.draw(this.streams.stream(`cpu-use/initial/${vm}`).next());
    if (use) this.byVm.set(id, use);
  }

  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        this.accountNames[tx.account] = tx.name;
        return;
      case 'vm': {
        if (tx.role !== 'user') return;
        const key = keyOf(this.accountNames[tx.account]!, tx.name);
        const asked = this.asked.get(key);
        if (!asked) return;
        this.asked.delete(key);
        this.byVm.set(tx.vm, asked.use);
        return;
      }
      case 'vm-state':
        if (tx.to !== 'destroyed' || !this.byVm.delete(tx.vm)) return;
        return this.gone(tx.vm);
      case 'request-ended':
        return this.ended(tx.ref);
      default:
        return;
    }
  }

  useOf(vm: number): CpuUse | null {
    return this.byVm.get(vm) ?? null;
  }

  /** Refused before there was a VM: it is not coming. */
  private ended(ref: number): void {
    const key = this.keyOfRef.get(ref);
    if (key === undefined) return;
    this.keyOfRef.delete(ref);
    if (this.asked.get(key)?.ref === ref) this.asked.delete(key);
  }

  private sourceOf(account: string): Source | null {
    let source = this.sources.get(account);
    if (source !== undefined) return source;
    const said = this.specs.get(account);
    const spec = said === undefined ? (this.scenario.workload?.vms.cpuUse ?? null) : said;
    source = spec && { draw: drawOf(spec), stream: this.streams.stream(`cpu-use/account/${account}`) };
    this.sources.set(account, source);
    return source;
  }
}

/** Whether any VM's use is known. */
export function modelsCpuUse({ accounts, workload }: ResolvedScenario): boolean {
  if (accounts.some(({ cpuUse }) => cpuUse !== null) || (workload?.vms.cpuUse ?? null) !== null) return true;
  return workload?.trace?.vms.some(({ cpuUse }) => cpuUse !== null) ?? false;
}

/** Of the zone that the scenario's trace is of: what each of its VMs uses. */
function recorded({ workload }: ResolvedScenario, zone: string): Map<string, CpuUse> {
  const uses = new Map<string, CpuUse>();
  const trace = workload?.trace;
  if (trace?.zone !== zone) return uses;
  for (const { account, name, cpuUse } of trace.vms)
    if (cpuUse) uses.set(keyOf(trace.accounts[account]!.name, name), traceUse(cpuUse));
  return uses;
}

/** By customer. What a trace or an inventory does not say of its VMs is not drawn for them. */
function specsOf({ accounts, initial, workload }: ResolvedScenario): Map<string, CpuUseSpec | null> {
  const specs = new Map<string, CpuUseSpec | null>();
  for (const { name } of workload?.trace?.accounts ?? []) specs.set(name, null);
  for (const name of initial ? initialAccounts(initial) : []) specs.set(name, null);
  for (const { name, cpuUse } of accounts) specs.set(name, cpuUse);
  return specs;
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
