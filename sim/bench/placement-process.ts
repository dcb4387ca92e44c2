/**
 * The process of one row of `bench placement`: the task comes as an argument, the answer goes to the parent. CPU seconds are
 * those of the whole process, its start and the making of the zone included.
 */
import { assert } from '../base/assert.js';
import { placementPolicy } from '../control/scheduler/registry.js';
import { InstantCloud } from './instant-cloud.js';
import type { PlacementAnswer } from './placement.js';

export interface PlacementTask {
  policy: string;
  hosts: number;
  vms: number;
  seed: number;
}

const { policy: name, hosts, vms, seed } = JSON.parse(process.argv[2] ?? '{}') as PlacementTask;
const policy = placementPolicy(name);
assert(policy, () => `no policy ${name}`);
const transactions = new InstantCloud({ hosts, vms }, policy, seed).fill();
const { user, system } = process.cpuUsage();
const answer: PlacementAnswer = {
  cpuSeconds: (user + system) / 1e6,
  peakRssBytes: process.resourceUsage().maxRSS * 1024,
  transactions,
};
process.send!(answer);
process.disconnect();
