/** What the simulated agents say of their hosts when they connect. */
import type { ZoneConfig } from '../control/config.js';
import { FEATURES, type CapabilitiesReport } from '../control/ports.js';
import type { ZoneSpec } from '../scenario/resolved.js';

type Found = CapabilitiesReport['hosts'][number];

/** One an agent, in order; none of agents whose hosts can do everything and are as the inventory says. */
export function capabilityReports({ agents, hosts }: ZoneConfig, { pods }: ZoneSpec): CapabilitiesReport[] {
  const lacks = pods.flatMap((pod) => pod.hosts.map((host) => host.lacks));
  const reports = agents.map((_, agent): { kind: 'capabilities'; agent: number; hosts: Found[] } => ({
    kind: 'capabilities',
    agent,
    hosts: [],
  }));
  hosts.forEach(({ agent, nodes }, host) =>
    reports[agent]!.hosts.push({ host, nodes, features: FEATURES.filter((one) => !lacks[host]!.includes(one)) }),
  );
  return reports.filter((report) => report.hosts.some(({ features }) => features.length < FEATURES.length));
}
