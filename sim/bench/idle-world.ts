/** A simulated zone with 10,000 VMs in which nothing happens: what is idle must cost nothing. */
import { assert } from '../base/assert.js';
import { MICROS_PER_SECOND } from '../base/units.js';
import { loadScenario } from '../run/load.js';
import { Simulation } from '../run/simulation.js';
import type { IdleWorld } from './engine.js';

const CUSTOMERS = 100;
const VMS_EACH = 100;

const SCENARIO = `
podtwin: 1
name: idle-world
duration: 1d
zones: [{ name: z1, pods: [{ name: p, count: 16, hosts: [{ name: h, count: 32 }], storage: [{ count: 2 }] }] }]
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
workload: { accounts: { initial: ${CUSTOMERS}, vms: ${VMS_EACH}, offerings: { small: 1 } }, vms: { lifetime: none } }
`;

/** All its VMs run, and no event is pending. */
export function idleWorld(): IdleWorld {
  const simulation = new Simulation(loadScenario('idle-world.yaml', { readFile: () => SCENARIO }));
  simulation.advance(3600 * MICROS_PER_SECOND);
  const vms = simulation.zones.reduce((sum, { plant }) => sum + plant.runningVms, 0);
  assert(vms === CUSTOMERS * VMS_EACH, () => `idle world: ${vms} VMs run`);
  return { vms, engine: simulation.engine };
}
