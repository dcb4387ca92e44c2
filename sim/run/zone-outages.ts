/**
 * Hosts and agents of a zone that are away for a time, as the scenario scripts it. A host that fails takes what runs on it along,
 * and its agent is silent until it is back; one whose agent alone is silent runs on.
 */
import type { SimulatedAgents } from '../agents/simulated/simulated-agents.js';
import type { LiveMigrations } from '../datacenter/live-migrations.js';
import type { Plant } from '../datacenter/plant.js';
import { PHASES, type Lane } from '../engine/lane.js';
import type { OutageSpec } from '../scenario/resolved.js';

export interface OutagePorts {
  readonly lane: Lane;
  readonly plant: Plant;
  readonly agents: SimulatedAgents;
  readonly migrations: LiveMigrations;
  /** Numbers of hosts, by their full names. */
  readonly hosts: ReadonlyMap<string, number>;
}

/** Outages of this zone's hosts happen on its lane; a zone without any schedules nothing. */
export function scheduleOutages(outages: readonly OutageSpec[], ports: OutagePorts): void {
  const { lane, plant, agents, migrations, hosts } = ports;
  const here = outages.filter(({ host }) => hosts.has(host));
  if (here.length === 0) return;
  /** Reasons for which each host's agent is away now. */
  const away = new Map<number, number>();
  const count = (host: number, by: 1 | -1): void => {
    const reasons = (away.get(host) ?? 0) + by;
    away.set(host, reasons);
    agents.setSilent(host, reasons > 0);
  };
  const begin = lane.register(
    'outage-begins',
    (at) => {
      const { kind, host: name } = here[at]!;
      const host = hosts.get(name)!;
      count(host, 1);
      if (kind !== 'fail') return;
      agents.hostFailed(host);
      migrations.hostFailed(host);
      plant.failHost(host);
    },
    PHASES.message,
  );
  const end = lane.register('outage-ends', (at) => count(hosts.get(here[at]!.host)!, -1), PHASES.message);
  here.forEach(({ atMicros, forMicros }, at) => {
    lane.at(atMicros, begin, at);
    if (forMicros !== null) lane.at(atMicros + forMicros, end, at);
  });
}
