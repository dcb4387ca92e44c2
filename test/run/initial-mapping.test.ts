/** Mappings of production clusters as the start of a run: VMs where the file says, and a day of starts and stops on top. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { violationsOf } from '../../sim/datacenter/checkers/registry.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { summarise } from '../../sim/run/summary.js';
import { readVmRescheduling } from '../../sim/traces/vm-rescheduling.js';
import { hasSharedData, sharedData } from '../shared-data.js';
import { expectBeliefIsTruth } from './belief-and-truth.js';

const SCENARIO = `
podtwin: 1
name: on-top
about: A day of starts and stops on top of a cluster as it is.
duration: 1d
zones: [{ name: z1 }]
offerings: { small: { cpu: 2 cores, memory: 4 GiB }, large: { cpu: 16 cores, memory: 32 GiB } }
workload:
  accounts: { initial: 10, arrivals: { poisson: 1 per h }, vms: 3, offerings: { small: 3, large: 1 } }
  vms: { lifetime: { exponential: { mean: 4h } }, arrivals: { poisson: 4 per d } }
initial: { format: vm-rescheduling, file: mapping.json, lifetime: { exponential: { mean: 10d } } }
`;

const rows = hasSharedData
  ? readFileSync(sharedData('vmr2l/reference_initial.csv'), 'utf8').trim().split('\n').slice(1)
  : ['(no data),0,0,0,0,0,0,0'];

test.skipIf(!hasSharedData).each(rows.map((row) => row.split(',')))(
  '%s: %s hosts, %s VMs',
  (name, hosts, vms, ...rest) => {
    const [, , , fragmentRate] = rest;
    const mapping = readFileSync(sharedData(`vmr2l/${name}`), 'utf8');
    const scenario = loadScenario('s.yaml', { readFile: (path) => (path === 's.yaml' ? SCENARIO : mapping) });
    const simulation = new Simulation(scenario);
    const [zone] = simulation.zones;

    simulation.advance(0);
    const [sample] = simulation.samples();
    expect(sample!.runningVms).toBe(Number(vms));
    expect(zone!.plane.state.hosts).toHaveLength(Number(hosts));
    expect(Math.abs(sample!.fragmentRate16! - Number(fragmentRate))).toBeLessThan(1e-9);

    const file = readVmRescheduling(mapping, 'mapping.json');
    const names = file.clusters.map((cluster) => cluster.hosts.map((host) => host.name));
    const { state } = zone!.plane;
    const placed = [...zone!.plant.allDomains()].map(({ vm, host, nodes }) => [
      ...[state.vm(vm).name, state.hosts[host]!.name.split('/').at(-1), nodes.join()],
    ]);
    expect(placed).toEqual(
      file.vms.map(({ name: vm, cluster, host, nodes }) => [vm, names[cluster]![host], nodes.join()]),
    );
    expectBeliefIsTruth(zone!);

    for (let hour = 1; hour <= 24; hour++) {
      simulation.advance(hour * 3_600_000_000);
      expect(violationsOf(snapshotOf(zone!.plant), 'orderly')).toEqual([]);
    }
    const { started, stopped } = summarise(simulation, {
      wallSeconds: 0,
      cpuSeconds: 0,
      peakRssBytes: 0,
      node: '',
    }).vms;
    expect(started).toBeGreaterThan(100);
    expect(stopped).toBeGreaterThan(100);
    expect([...zone!.plant.allDomains()].filter(({ vm }) => vm < Number(vms)).length).toBeLessThan(Number(vms));
  },
);
