/**
 * `models check placement`: what a published mapping of VMs to hosts measures, by the formulas that runs are measured
 * with. Guarantees figures from the VMs alone (what a file states as free is not read); one case a cluster, and the
 * whole. A host without NUMA nodes counts as one node.
 */
import { readFileSync } from 'node:fs';
import { InputError } from '../base/errors.js';
import { MILLIS_PER_CORE } from '../base/units.js';
import { fragmentRate, slots } from '../measures/fragment-rate.js';
import { lowerBoundHosts, sumOfResources, type Resources } from '../measures/resources.js';
import { looksLikeBalcon, readBalcon } from '../traces/balcon.js';
import { readVmRescheduling } from '../traces/vm-rescheduling.js';

export interface PlacementFigures {
  hosts: number;
  vms: number;
  /** Cores free on hosts in service. */
  freeCpus: number;
  /** null where no core is free. */
  fragmentRate16: number | null;
  /** How many more VMs of 16 cores fit, each in one NUMA node. */
  slots16: number;
  /** Hosts with at least one VM. */
  activeHosts: number;
  /** The smallest k whose k largest hosts in service cover what all VMs ask for. */
  lowerBoundHosts: number;
}

export interface PlacementCheck {
  kind: 'placement';
  cases: (PlacementFigures & { case: string })[];
  summary: PlacementFigures;
}

/** A host with what its VMs take of each NUMA node. */
interface Host {
  inService: boolean;
  nodes: Resources[];
  usedCpuMillis: number[];
  vms: Resources[];
}

const SIZE_CORES = 16;

/** Throws InputError where the file cannot be read or is damaged. */
export function checkPlacement(file: string): PlacementCheck {
  const clusters = readMapping(textOf(file), file);
  return {
    kind: 'placement',
    cases: clusters.map(({ name, hosts }) => ({ case: name, ...figuresOf(hosts) })),
    summary: figuresOf(clusters.flatMap(({ hosts }) => hosts)),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw InputError.of('unreadable-file', `the mapping cannot be read: ${why}`, { file, line: 1, column: 1 });
  }
}

function readMapping(text: string, file: string): { name: string; hosts: Host[] }[] {
  if (looksLikeBalcon(text, file)) {
    const { hosts, vms } = readBalcon(text, file);
    const placed = hosts.map((host) => empty(true, [host]));
    for (const vm of vms) put(placed[vm.host]!, vm, [0]);
    return [{ name: 'all hosts', hosts: placed }];
  }
  const { clusters, vms } = readVmRescheduling(text, file);
  const placed = clusters.map(({ name, hosts }) => ({
    name,
    hosts: hosts.map((host) => empty(host.inService, host.nodes)),
  }));
  for (const vm of vms) put(placed[vm.cluster]!.hosts[vm.host]!, vm, vm.nodes);
  return placed;
}

function empty(inService: boolean, nodes: Resources[]): Host {
  return { inService, nodes, usedCpuMillis: nodes.map(() => 0), vms: [] };
}

function put(host: Host, vm: Resources, nodes: readonly number[]): void {
  host.vms.push(vm);
  for (const node of nodes) host.usedCpuMillis[node]! += vm.cpuMillis / nodes.length;
}

function figuresOf(hosts: readonly Host[]): PlacementFigures {
  const inService = hosts.filter((host) => host.inService);
  const free = inService.flatMap(({ nodes, usedCpuMillis }) =>
    nodes.map((node, at) => node.cpuMillis - usedCpuMillis[at]!),
  );
  const vms = hosts.flatMap((host) => host.vms);
  return {
    hosts: hosts.length,
    vms: vms.length,
    freeCpus: free.reduce((sum, millis) => sum + millis, 0) / MILLIS_PER_CORE,
    fragmentRate16: fragmentRate(SIZE_CORES, free),
    slots16: slots(SIZE_CORES, free),
    activeHosts: hosts.filter((host) => host.vms.length > 0).length,
    lowerBoundHosts: lowerBoundHosts(
      sumOfResources(vms),
      inService.map((host) => sumOfResources(host.nodes)),
    ),
  };
}
