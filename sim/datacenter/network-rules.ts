/**
 * Rules where they are in force: in routing appliances, as long as those run, and in the zone's firewall. Guarantees that an
 * appliance that is gone has taken all of its rules with it.
 */
import type { PlantFailure } from './failure.js';
import type { PlantObserver } from './plant-observer.js';

export interface NetworkRule {
  readonly type: string;
  readonly name: string | null;
  readonly protocol: string | null;
  readonly address: number | null;
  readonly prefixLength: number | null;
  readonly port: number | null;
  readonly targetPort: number | null;
  /** Private addresses of the VMs that it is about. */
  readonly targets: readonly number[];
}

export class NetworkRules {
  readonly firewall = new Map<number, NetworkRule>();
  /** By the appliance's VM, then by rule. */
  readonly appliances = new Map<number, Map<number, NetworkRule>>();

  constructor(
    private readonly runs: (vm: number) => boolean,
    private readonly observers: readonly PlantObserver[] = [],
  ) {}

  /** In force from now on, in place of what had its number. `appliance` null: in the firewall. */
  add(appliance: number | null, rule: number, content: NetworkRule): PlantFailure | null {
    if (appliance === null) this.firewall.set(rule, content);
    else if (!this.runs(appliance)) return 'no-such-vm';
    else {
      let rules = this.appliances.get(appliance);
      if (!rules) this.appliances.set(appliance, (rules = new Map()));
      rules.set(rule, content);
      for (const observer of this.observers) observer.ruleAdded?.(appliance, rule, content);
    }
    return null;
  }

  /** Nothing to do where it is not. */
  remove(appliance: number | null, rule: number): void {
    if (appliance === null) this.firewall.delete(rule);
    else if (this.appliances.get(appliance)?.delete(rule) === true)
      for (const observer of this.observers) observer.ruleRemoved?.(appliance, rule);
  }

  applianceGone(vm: number): void {
    this.appliances.delete(vm);
  }
}
