/** The scenario that `podtwin init` writes: small, complete, and explained line by line. It validates as it stands. */
export function initTemplate(name: string): string {
  return `# A scenario for podtwin. Check it with 'podtwin validate FILE', run it with 'podtwin run FILE'.
# For completion in an editor: 'podtwin schema > schema.json' beside this file, and the next line.
# yaml-language-server: $schema=schema.json
podtwin: 1
name: ${name}
about: One zone of two pods, customers coming and going for a week.
seed: 1 # all chance follows from it: the same seed gives the same run, everywhere
duration: 7d # quantities carry their unit: 7d, 30 min, 256 GiB, 10 Gbps, 2 per h

# What the hardware is like; pods refer to it by name.
hostTypes:
  standard: { cpu: 32 cores, memory: 256 GiB, numaNodes: 2, reserved: { cpu: 1 core, memory: 4 GiB } }
storageTypes:
  filer: { capacity: 40 TiB }

# Where it stands: zones hold pods, pods hold hosts and storage. A count makes p01, p02 of p, and h01, h02 ... of h.
zones:
  - name: z1
    network:
      vlans: [600-699] # each customer needs a VLAN ID of this pool
      zoneSwitch: { podUplink: 20 Gbps } # what all of a pod's uplinks carry together
    pods:
      - { name: p, count: 2, hosts: [{ name: h, type: standard, count: 8 }], storage: [{ type: filer }] }

# What customers can start.
offerings:
  small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB }
  large: { cpu: 8 cores, memory: 16 GiB, disk: 80 GiB }

policies:
  placement: first-fit # 'podtwin policies' lists what there is

# Customers: some at the start, more as time goes by; their VMs live for a while and are followed by others.
workload:
  accounts:
    initial: 20
    arrivals: { poisson: 1 per d }
    vms: 2 # a customer's first VMs
    offerings: { small: 3, large: 1 } # three small ones for each large one
  vms:
    lifetime: { exponential: { mean: 2d } }
    arrivals: { poisson: 1 per d } # more VMs, for each customer
    diskUse: { iops: 50 } # what each VM asks of the pod's storage, a second
  # Whom a customer's VMs talk to: what each two of them exchange, and each with the public network.
  traffic: { pattern: uniform, rates: { mesh: 2 Mbps, north-south: 1 Mbps }, curve: office-day }

# What must hold at the end; 'podtwin run' fails where it does not. Measures are paths into summary.json.
expect:
  - { measure: vms.refused.no-capacity, equals: 0 }

# Alternatives: 'podtwin run FILE --variant scattered'. A path sets one thing; list entries go by their name.
variants:
  scattered: { policies.placement: random }
`;
}
