/**
 * What agents find on their hosts, held against the inventory. Less than a host holds already takes it out of service: what
 * runs stays, nothing new comes. What an agent says of hosts that it does not speak for is not believed.
 */
import { FEATURES, type CapabilitiesReport } from './ports.js';
import type { HostRecord } from './hosts.js';
import type { Step } from './step.js';

type Found = CapabilitiesReport['hosts'][number];

export function capabilitiesReported(step: Step, { agent, hosts }: CapabilitiesReport): void {
  for (const found of hosts) {
    const host = step.state.hosts[found.host];
    if (host?.agent !== agent) continue;
    const features = FEATURES.filter((feature) => found.features.includes(feature));
    if (features.length !== host.features.length || features.some((feature, at) => feature !== host.features[at]))
      step.emit({ at: step.now, kind: 'host-features', host: host.id, features });
    believe(step, host, found);
  }
}

function believe(step: Step, host: HostRecord, { nodes }: Found): void {
  const fault = faultOf(host, nodes);
  if (fault !== null) {
    if (host.inService) step.emit({ at: step.now, kind: 'host-service', host: host.id, service: 'out', reason: fault });
    return;
  }
  nodes.forEach(({ cpuMillis, memoryBytes }, node) => {
    const known = host.nodes[node]!;
    if (known.cpuMillis !== cpuMillis || known.memoryBytes !== memoryBytes)
      step.emit({ at: step.now, kind: 'host-capacity', host: host.id, node, cpuMillis, memoryBytes });
  });
}

/** Why the host cannot be what the inventory says; null: it can, if perhaps of another size. */
function faultOf(host: HostRecord, nodes: Found['nodes']): string | null {
  if (nodes.length !== host.nodes.length) return 'other-numa-nodes';
  for (let at = 0; at < nodes.length; at++) {
    const { cpuMillis, memoryBytes } = nodes[at]!;
    if (!(Number.isSafeInteger(cpuMillis) && Number.isSafeInteger(memoryBytes))) return 'no-figures';
    const { cpuMillis: cpu, memoryBytes: memory, freeCpuMillis, freeMemoryBytes } = host.nodes[at]!;
    if (cpuMillis < cpu - freeCpuMillis || memoryBytes < memory - freeMemoryBytes) return 'less-than-it-holds';
  }
  return null;
}
