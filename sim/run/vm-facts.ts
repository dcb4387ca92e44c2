/**
 * Something about each VM of a zone that is known before it runs (what it uses of its CPU, whom it talks to): drawn when
 * its customer asks for it, one draw a VM from a stream of the customer's own name, whatever the plane answers; or given, as
 * a trace has it. The plant knows VMs by the plane's numbers, customers by their names: the history bridges the two.
 */
import type { Transaction } from '../control/history.js';
import type { Stream } from '../engine/streams.js';

export interface FactSource<Fact> {
  readonly draw: (u: number) => Fact;
  readonly stream: Stream;
}

export interface VmFactsPorts<Fact> {
  /** Asked once a customer; null: nothing is said of his VMs. */
  sourceOf(account: string): FactSource<Fact> | null;
  /** The stream for a VM that was found running. */
  foundStream(vm: string): Stream;
  /** The VM will not run again. */
  gone?(vm: number): void;
}

interface Asked<Fact> {
  readonly ref: number;
  readonly fact: Fact;
}

/** A customer's name holds no slash. */
const keyOf = (account: string, vm: string): string => `${account}/${vm}`;

export class VmFacts<Fact> {
  private readonly accountNames: string[] = [];
  /** By customer; null: nothing is said of his VMs. */
  private readonly sources = new Map<string, FactSource<Fact> | null>();
  /** VMs asked for that the plane has no number for yet. */
  private readonly asked = new Map<string, Asked<Fact>>();
  private readonly keyOfRef = new Map<number, string>();
  private readonly given = new Map<string, Fact>();
  private readonly byVm = new Map<number, Fact>();

  constructor(private readonly ports: VmFactsPorts<Fact>) {}

  /** For a VM that is about to be asked for, in place of what would be drawn. */
  give(account: string, vm: string, fact: Fact): void {
    this.given.set(keyOf(account, vm), fact);
  }

  /** A customer asks for a new VM, under this number of his request. */
  ask(ref: number, account: string, vm: string): void {
    const key = keyOf(account, vm);
    const source = this.sourceOf(account);
    const drawn = source && source.draw(source.stream.next());
    const fact = this.given.get(key) ?? drawn;
    this.given.delete(key);
    if (fact === null) return;
    this.asked.set(key, { ref, fact });
    this.keyOfRef.set(ref, key);
  }

  /** A VM that was found running, under the number that the plane will give it. */
  found(id: number, account: string, vm: string): void {
    const fact = this.given.get(keyOf(account, vm)) ?? this.sourceOf(account)?.draw(this.ports.foundStream(vm).next());
    if (fact !== undefined) this.byVm.set(id, fact);
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
        this.byVm.set(tx.vm, asked.fact);
        return;
      }
      case 'vm-state':
        if (tx.to === 'destroyed' && this.byVm.delete(tx.vm)) this.ports.gone?.(tx.vm);
        return;
      case 'request-ended':
        return this.ended(tx.ref);
      default:
        return;
    }
  }

  /** null: nothing is said of it. */
  of(vm: number): Fact | null {
    return this.byVm.get(vm) ?? null;
  }

  /** Refused before there was a VM: it is not coming. */
  private ended(ref: number): void {
    const key = this.keyOfRef.get(ref);
    if (key === undefined) return;
    this.keyOfRef.delete(ref);
    if (this.asked.get(key)?.ref === ref) this.asked.delete(key);
  }

  private sourceOf(account: string): FactSource<Fact> | null {
    let source = this.sources.get(account);
    if (source === undefined) this.sources.set(account, (source = this.ports.sourceOf(account)));
    return source;
  }
}
