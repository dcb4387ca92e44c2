/** What to read before trusting a result. */
import { azureSizes } from '../../models/workload/azure-sizes.js';
import type { Warning } from '../base/errors.js';
import { humanQuantity } from '../base/units.js';
import { fits } from '../scenario/checks/capacity.js';
import type { NetworkRecord } from '../control/records.js';
import type { ZoneState } from '../control/state.js';
import type { Trunks } from '../datacenter/trunks.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { networkWarnings } from './network-warnings.js';
import type { Simulation } from './simulation.js';

export function warningsOf({ scenario, zones, placement }: Simulation): Warning[] {
  const { study, warmUpMicros, initial, events, durationMicros } = scenario;
  const warnings: Warning[] = [];
  const warn = (code: string, message: string): number => warnings.push({ code, message });
  if (study === 'steady-state' && warmUpMicros === 0)
    warn(
      'no-warm-up',
      'the study is of a steady state, but no warm-up is left out: the empty start weighs on all means; set warmUp',
    );
  if (placement.name !== scenario.policies.placement.name)
    warn(
      'own-policy',
      `placement was by '${placement.name}', which the caller of simulate gave: the scenario alone does not repeat this run`,
    );
  const misled = zones.reduce((sum, { counts }) => sum + counts.refusedFor('policy-failed'), 0);
  if (misled > 0)
    warn(
      'policy-failed',
      `${misled} VMs were refused because '${placement.name}' kept naming hosts that could not take them, or gave no known reason`,
    );
  const late = events.filter(({ atMicros }) => atMicros > durationMicros).length;
  if (late > 0) warn('events-after-end', `${late} of ${events.length} events come after the end of the run, so never`);
  if (initial && !initial.accounts && initial.vms.length > 0)
    warn(
      'no-guest-network',
      `the ${initial.vms.length} VMs of "initial" have no guest network: they fill hosts, but are in no measure of fragmentation`,
    );
  const overloaded = zones.reduce((sum, { plant }) => sum + foundOverloaded(plant.bridges.trunks), 0);
  if (overloaded > 0)
    warn(
      'switches-found-overloaded',
      `${overloaded} switches (each a pair where redundant) carried more VLANs, or pairs of a port and a VLAN, than their type can when the VMs of "initial" were found: those stay, nothing is added`,
    );
  const left = zones.reduce((sum, { plane }) => sum + withoutRouter(plane.state), 0);
  if (left > 0)
    warn(
      'no-routing-appliance',
      `${left} guest networks have VMs running at the end and no routing appliance: none could be had for them (see refusals and the history)`,
    );
  const { overprovision } = scenario.management;
  const modelled = zones.some(({ cpu }) => cpu !== null);
  if (overprovision.cpu > 1 && !modelled)
    warn(
      'cpu-use-unknown',
      `CPU is promised ${overprovision.cpu} times, but nothing says what VMs use of it: whether hosts run short is not known; set cpuUse`,
    );
  if (overprovision.memory > 1)
    warn(
      'memory-use-unknown',
      `memory is promised ${overprovision.memory} times, and what guests really use of it is not modelled: no host runs out of it`,
    );
  const unknown = zones.reduce((sum, { cpu }) => sum + (cpu?.contention.withoutUse ?? 0), 0);
  if (unknown > 0)
    warn(
      'cpu-use-in-part',
      `${unknown} times a VM came up of which no cpuUse says what it uses: it counts as using nothing beside the others`,
    );
  for (const { zone, share, year } of sizesWithoutHost(scenario))
    warn(
      'size-fits-no-host',
      `${humanQuantity('ratio', share)} of the VMs that customers of zone ${zone} ask for (azure-${year}) fit none of its hosts, even empty: they are always refused`,
    );
  if (zones.every(({ measures }) => measures.neverRan))
    warn('nothing-ran', "no customer's VM ever ran: measures of fragmentation have nothing to measure");
  for (const { code, message } of networkWarnings({ scenario, zones })) warn(code, message);
  return warnings;
}

function foundOverloaded(trunks: Trunks): number {
  const all = [...Array.from({ length: trunks.podCount }, (_, pod) => pod), null];
  return all.filter((pod) => {
    const { vlans, virtualPorts } = trunks.foundLoad(pod);
    const limits = trunks.limits(pod);
    return vlans > limits.vlans || virtualPorts > limits.virtualPorts;
  }).length;
}

function withoutRouter({ networks }: ZoneState): number {
  const deserted = ({ placed, appliance }: NetworkRecord): boolean =>
    placed.size > 0 && !['running', 'idle', 'starting'].includes(appliance.state);
  return networks.filter(deserted).length;
}

/** Where the workload draws sizes: of each zone, the share of them that none of its hosts could hold. */
function sizesWithoutHost({
  workload,
  management,
  zones,
}: ResolvedScenario): { zone: string; share: number; year: number }[] {
  const { accounts } = workload ?? {};
  if (!accounts?.sizes || (accounts.initial === 0 && accounts.arrivals === null)) return [];
  const { year } = accounts.sizes;
  return zones.flatMap(({ name: zone, pods }) => {
    if (!accounts.zones.some((one) => one.zone === zone)) return [];
    const hosts = pods.flatMap((pod) => pod.hosts).filter(({ role, inService }) => role !== 'routing' && inService);
    const share = azureSizes(year)
      .filter(({ size }) => !hosts.some(({ nodes }) => fits(nodes, size, management.bridgeMemoryBytes)))
      .reduce((sum, one) => sum + one.share, 0);
    return share > 0 ? [{ zone, share, year }] : [];
  });
}
