/** Commands as a plane would send them, numbered as they are made: the later made, the newer. */
import type { AgentCommand, RuleSpec, Throttle } from '../../sim/control/ports.js';

export const GIB = 1024 * 1024 * 1024;
export const MIB = 1024 * 1024;
export const SECOND = 1_000_000;

export type { AgentCommand };
/** `network`: the guest network of its one interface; null: it has none. */
type Start = Extract<AgentCommand, { kind: 'start-vm' }> & { network: number | null };

/** Makers of commands; everything not said is ordinary. */
export interface Commands {
  createDisk(disk: number, bytes: number, server?: number, template?: number | null): AgentCommand;
  destroyDisk(disk: number, server?: number): AgentCommand;
  addNic(host: number, network: number, vlan: number, memoryBytes?: number): AgentCommand;
  removeNic(host: number, network: number): AgentCommand;
  mount(host: number, vm: number, disk: number, server?: number): AgentCommand;
  dismount(host: number, vm: number, disk: number): AgentCommand;
  start(host: number, vm: number, how?: Partial<Start>): AgentCommand;
  stop(host: number, vm: number): AgentCommand;
  reboot(host: number, vm: number): AgentCommand;
  resize(host: number, vm: number, cpuMillis: number, memoryBytes: number, throttle?: Throttle): AgentCommand;
  restore(host: number, vm: number, cpuMillis: number, memoryBytes: number, throttle?: Throttle): AgentCommand;
  setThrottle(host: number, vm: number, throttle: Throttle): AgentCommand;
  console(host: number, vm: number): AgentCommand;
  copyTemplate(copy: number, bytes: number, server?: number): AgentCommand;
  removeTemplate(copy: number, server?: number): AgentCommand;
  createSnapshot(snapshot: number, disk: number, bytes: number, server?: number): AgentCommand;
  destroySnapshot(snapshot: number, server?: number): AgentCommand;
  revert(snapshot: number, disk: number, server?: number): AgentCommand;
  addRule(rule: number, appliance: number | null, spec?: Partial<RuleSpec>): AgentCommand;
  removeRule(rule: number, appliance: number | null): AgentCommand;
}

export const NO_THROTTLE: Throttle = { networkBitsPerSecond: null, iops: null };

const DHCP: RuleSpec = {
  type: 'dhcp',
  name: 'web',
  protocol: null,
  address: 0x0a010102,
  prefixLength: null,
  port: null,
  targetPort: null,
  vms: [2],
};

export function commandsFrom(first: number): Commands {
  let next = first;
  const head = () => ({ number: next++, attempt: 1 });
  const computing = (host: number) => ({ ...head(), target: 'computing' as const, agent: host, host });
  const network = (appliance: number | null) => ({ ...head(), target: 'network' as const, network: 7, appliance });
  const storage = (server: number) => ({ ...head(), target: 'storage' as const, server });
  return {
    createDisk: (disk, bytes, server = 0, template = null) => ({
      ...storage(server),
      kind: 'create-disk',
      disk,
      bytes,
      template,
    }),
    destroyDisk: (disk, server = 0) => ({ ...storage(server), kind: 'destroy-disk', disk }),
    addNic: (host, network, vlan, memoryBytes = MIB) => ({
      ...computing(host),
      kind: 'add-nic',
      network,
      vlan,
      node: 0,
      memoryBytes,
    }),
    removeNic: (host, network) => ({ ...computing(host), kind: 'remove-nic', network }),
    mount: (host, vm, disk, server = 0) => ({ ...computing(host), kind: 'mount-disk', vm, disk, server }),
    dismount: (host, vm, disk) => ({ ...computing(host), kind: 'dismount-disk', vm, disk }),
    start: (host, vm, { network = null, ...how } = {}) => ({
      ...computing(host),
      kind: 'start-vm',
      vm,
      cpuMillis: 1000,
      memoryBytes: GIB,
      nodes: [0],
      interfaces: network === null ? [] : [{ name: 'eth0', network, address: 0x0a010100 + vm }],
      role: 'user',
      throttle: NO_THROTTLE,
      ...how,
    }),
    stop: (host, vm) => ({ ...computing(host), kind: 'stop-vm', vm }),
    reboot: (host, vm) => ({ ...computing(host), kind: 'reboot-vm', vm }),
    resize: (host, vm, cpuMillis, memoryBytes, throttle = NO_THROTTLE) => ({
      ...computing(host),
      kind: 'resize-vm',
      vm,
      cpuMillis,
      memoryBytes,
      throttle,
    }),
    restore: (host, vm, cpuMillis, memoryBytes, throttle = NO_THROTTLE) => ({
      ...computing(host),
      kind: 'restore-vm',
      vm,
      cpuMillis,
      memoryBytes,
      throttle,
    }),
    setThrottle: (host, vm, throttle) => ({ ...computing(host), kind: 'set-throttle', vm, throttle }),
    console: (host, vm) => ({ ...computing(host), kind: 'open-console', vm }),
    copyTemplate: (copy, bytes, server = 0) => ({
      ...storage(server),
      kind: 'copy-template',
      copy,
      template: 0,
      bytes,
    }),
    removeTemplate: (copy, server = 0) => ({ ...storage(server), kind: 'remove-template', copy }),
    createSnapshot: (snapshot, disk, bytes, server = 0) => ({
      ...storage(server),
      kind: 'create-snapshot',
      snapshot,
      disk,
      bytes,
    }),
    destroySnapshot: (snapshot, server = 0) => ({ ...storage(server), kind: 'destroy-snapshot', snapshot }),
    revert: (snapshot, disk, server = 0) => ({ ...storage(server), kind: 'revert-disk', snapshot, disk }),
    addRule: (rule, appliance, spec = {}) => ({
      ...network(appliance),
      kind: 'add-rule',
      rule,
      spec: { ...DHCP, ...spec },
      targets: [DHCP.address!],
    }),
    removeRule: (rule, appliance) => ({ ...network(appliance), kind: 'remove-rule', rule }),
  };
}
