/** Rules in routing appliances and in the zone's firewall: what they do, and how customers ask for them. */
import type { VmId } from './ports.js';

export const RULE_TYPES = ['dhcp', 'source-nat', 'dns', 'port-forward', 'load-balancer', 'firewall'] as const;
export type RuleType = (typeof RULE_TYPES)[number];

/** What a rule does. Absent parts are null. */
export interface RuleSpec {
  readonly type: RuleType;
  /** Host name that DHCP and DNS give out; else what its owner calls the rule. */
  readonly name: string | null;
  readonly protocol: 'tcp' | 'udp' | null;
  /** dhcp: the VM's; source-nat, port-forward, load-balancer: the public one; firewall: first address of the source. */
  readonly address: number | null;
  /** firewall: of the source. */
  readonly prefixLength: number | null;
  /** Public port; firewall: the first one let through. */
  readonly port: number | null;
  /** Port on the VMs; firewall: the last one let through. */
  readonly targetPort: number | null;
  /** VMs that it is about, in order. */
  readonly vms: readonly VmId[];
}

/** A rule as customers ask for it; VMs by name. `publicAddress` null: the routing appliance's own. */
export type RuleWish =
  | {
      type: 'port-forward';
      protocol: 'tcp' | 'udp';
      publicAddress: number | null;
      port: number;
      vm: string;
      targetPort: number;
    }
  | {
      type: 'load-balancer';
      protocol: 'tcp' | 'udp';
      publicAddress: number | null;
      port: number;
      vms: readonly string[];
      targetPort: number;
    }
  | {
      type: 'firewall';
      protocol: 'tcp' | 'udp';
      source: { first: number; prefixLength: number };
      firstPort: number;
      lastPort: number;
    }
  | { type: 'dns'; host: string; vm: string };
