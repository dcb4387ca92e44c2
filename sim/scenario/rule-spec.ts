/** A rule of a routing appliance or firewall, as a resolved scenario has it: addresses are integers. */
export type RuleSpec =
  | {
      type: 'port-forward' | 'load-balancer';
      protocol: 'tcp' | 'udp';
      /** null: the routing appliance's own. */
      publicAddress: number | null;
      port: number;
      vms: string[];
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
