/** What a host type leaves to VMs: the reserve is taken off in equal parts, whole thousandths of a core and bytes. */
export interface NodeSize {
  cpuMillis: number;
  memoryBytes: number;
}

export interface HostSize {
  cpu: number;
  memory: number;
  numaNodes: number;
  reserved: { cpu: number; memory: number };
}

export function usableNodes({ cpu, memory, numaNodes, reserved }: HostSize): NodeSize[] {
  const cpuMillis = Math.floor((cpu - reserved.cpu) / numaNodes);
  const memoryBytes = Math.floor((memory - reserved.memory) / numaNodes);
  return Array.from({ length: numaNodes }, () => ({ cpuMillis, memoryBytes }));
}
