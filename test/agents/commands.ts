/** Commands as a plane would send them, numbered as they are made: the later made, the newer. */
import type { ComputingCommand, StorageCommand } from '../../sim/control/ports.js';

export const GIB = 1024 * 1024 * 1024;
export const MIB = 1024 * 1024;
export const SECOND = 1_000_000;

export type AgentCommand = ComputingCommand | StorageCommand;
type Start = Extract<AgentCommand, { kind: 'start-vm' }>;

/** Makers of commands; everything not said is ordinary. */
export interface Commands {
  createDisk(disk: number, bytes: number, server?: number): AgentCommand;
  destroyDisk(disk: number, server?: number): AgentCommand;
  addNic(host: number, network: number, vlan: number, memoryBytes?: number): AgentCommand;
  removeNic(host: number, network: number): AgentCommand;
  mount(host: number, vm: number, disk: number, server?: number): AgentCommand;
  dismount(host: number, vm: number, disk: number): AgentCommand;
  start(host: number, vm: number, how?: Partial<Start>): AgentCommand;
  stop(host: number, vm: number): AgentCommand;
  reboot(host: number, vm: number): AgentCommand;
}

export function commandsFrom(first: number): Commands {
  let next = first;
  const head = () => ({ number: next++, attempt: 1 });
  const computing = (host: number) => ({ ...head(), target: 'computing' as const, host });
  const storage = (server: number) => ({ ...head(), target: 'storage' as const, server });
  return {
    createDisk: (disk, bytes, server = 0) => ({ ...storage(server), kind: 'create-disk', disk, bytes }),
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
    start: (host, vm, how = {}) => ({
      ...computing(host),
      kind: 'start-vm',
      vm,
      cpuMillis: 1000,
      memoryBytes: GIB,
      nodes: [0],
      network: null,
      interfaces: [{ name: 'eth0', address: 0x0a010100 + vm }],
      role: 'user',
      ...how,
    }),
    stop: (host, vm) => ({ ...computing(host), kind: 'stop-vm', vm }),
    reboot: (host, vm) => ({ ...computing(host), kind: 'reboot-vm', vm }),
  };
}
