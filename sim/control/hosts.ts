/**
 * Hosts as the plane accounts for them, and the arithmetic of NUMA nodes: which nodes would take a demand, and whether
 * the customer's virtual NIC and bridge still find memory beside it.
 */
import type { AgentId, Demand, Feature, HostId, PodId } from './ports.js';

export interface NodeRecord {
  cpuMillis: number;
  memoryBytes: number;
  freeCpuMillis: number;
  freeMemoryBytes: number;
}

export interface HostRecord {
  readonly id: HostId;
  readonly name: string;
  readonly pod: PodId;
  readonly role: 'computing' | 'routing' | 'both';
  inService: boolean;
  readonly agent: AgentId;
  /** What its hypervisor can do: everything, until an agent says otherwise. */
  features: readonly Feature[];
  readonly nodes: NodeRecord[];
}

/**
 * The NUMA nodes of the tightest fit: the one with the least free CPU (then memory, then number) that holds the whole
 * VM; where none does, the fewest nodes that hold it in equal parts. null: it does not fit, or so many bridges do not
 * fit beside it.
 */
export function tightestNodes(host: HostRecord, demand: Demand, bridges: number): number[] | null {
  const nodes = host.nodes;
  for (let count = 1; count <= nodes.length; count++) {
    if (demand.cpuMillis % count !== 0 || demand.memoryBytes % count !== 0) continue;
    const cpu = demand.cpuMillis / count;
    const memory = demand.memoryBytes / count;
    if (count === 1) {
      const node = tightestNode(nodes, cpu, memory, demand.bridgeBytes, bridges);
      if (node >= 0) return [node];
      continue;
    }
    const chosen = nodes
      .map((_, node) => node)
      .filter((node) => nodes[node]!.freeCpuMillis >= cpu && nodes[node]!.freeMemoryBytes >= memory)
      .sort((a, b) => tighter(nodes[a]!, nodes[b]!) || a - b)
      .slice(0, count)
      .sort((a, b) => a - b);
    if (chosen.length === count && bridgesFit(nodes, chosen, memory, demand.bridgeBytes, bridges)) return chosen;
  }
  return null;
}

/** Whether exactly these nodes can take the demand in equal parts, and the bridge beside it. */
export function nodesFit(host: HostRecord, demand: Demand, chosen: readonly number[], bridges: number): boolean {
  const count = chosen.length;
  if (count === 0 || new Set(chosen).size !== count) return false;
  if (demand.cpuMillis % count !== 0 || demand.memoryBytes % count !== 0) return false;
  const cpu = demand.cpuMillis / count;
  const memory = demand.memoryBytes / count;
  for (const at of chosen) {
    const node = host.nodes[at];
    if (!node || node.freeCpuMillis < cpu || node.freeMemoryBytes < memory) return false;
  }
  return bridgesFit(host.nodes, chosen, memory, demand.bridgeBytes, bridges);
}

/** The node that carries a bridge: the most free memory, the lowest number among equals. */
export function bridgeNode(host: HostRecord): number {
  let best = 0;
  for (let node = 1; node < host.nodes.length; node++)
    if (host.nodes[node]!.freeMemoryBytes > host.nodes[best]!.freeMemoryBytes) best = node;
  return best;
}

function tightestNode(
  nodes: readonly NodeRecord[],
  cpu: number,
  memory: number,
  bridgeBytes: number,
  bridges: number,
): number {
  let best = -1;
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (node.freeCpuMillis < cpu || node.freeMemoryBytes < memory) continue;
    if (best >= 0 && tighter(node, nodes[best]!) >= 0) continue;
    if (bridges > 0 && !bridgesFit(nodes, [at], memory, bridgeBytes, bridges)) continue;
    best = at;
  }
  return best;
}

function tighter(a: NodeRecord, b: NodeRecord): number {
  return a.freeCpuMillis - b.freeCpuMillis || a.freeMemoryBytes - b.freeMemoryBytes;
}

/** Each bridge sits in one node: as many as the nodes hold whole ones. */
function bridgesFit(
  nodes: readonly NodeRecord[],
  chosen: readonly number[],
  memory: number,
  bridgeBytes: number,
  bridges: number,
): boolean {
  if (bridges === 0 || bridgeBytes === 0) return true;
  let room = 0;
  for (let at = 0; at < nodes.length; at++) {
    const free = nodes[at]!.freeMemoryBytes - (chosen.includes(at) ? memory : 0);
    room += Math.floor(free / bridgeBytes);
    if (room >= bridges) return true;
  }
  return false;
}
