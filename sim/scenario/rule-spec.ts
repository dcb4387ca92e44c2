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
      /** What comes in by it from the public network and goes back, its running VMs in equal parts; null: not modelled. */
      traffic: { inBitsPerSecond: number; outBitsPerSecond: number } | null;
    }
  | {
      type: 'firewall';
      protocol: 'tcp' | 'udp';
      source: { first: number; prefixLength: number };
      firstPort: number;
      lastPort: number;
    }
  | { type: 'dns'; host: string; vm: string };
