/** Gigabytes on bills: what guest networks carried in the whole run, warm-up included. */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';

/** Two VMs from the beginning to the end; boots and disks take no time that matters beside an hour. */
const text = (more: string): string => `
podtwin: 1
name: t
duration: 10h
warmUp: 5h
zones: [{name: z1, pods: [{name: p, hosts: [{count: 2}]}]}]
offerings: {small: {cpu: 1 core, memory: 2 GiB}}
durations: {boot: 0 s, diskCreate: 0 s}
accounts:
  - {name: acme, vms: {small: 2}, traffic: {pattern: uniform, rates: {mesh: 80 Mbps, north-south: {there: 8 Mbps, back: 24 Mbps}}}}
prices: {perGigabyte: 0.1, ${more}}
`;

const run = async (more: string) => (await simulate(loadScenario('t.yaml', { readFile: () => text(more) }))).billing!;

describe('gigabytes', () => {
  it('are what went to and came from the public network', async () => {
    // 2 VMs, 32 Mbit/s each, 36,000 s: 288 GB; what the first seconds of starting lack is below 0.1 %.
    const { gigabytes, gigabytesAmount, total } = await run('decimals: 2');
    expect(gigabytes).toBeGreaterThan(287.7);
    expect(gigabytes).toBeLessThan(288);
    expect(gigabytesAmount).toBeCloseTo(gigabytes! * 0.1, 2);
    expect(total).toBe(gigabytesAmount);
  });

  it('are all that VMs exchange, where that is charged', async () => {
    // Beside: the pair's 80 Mbit/s for 36,000 s, 360 GB, and the public traffic once more between VMs and appliance.
    const { gigabytes } = await run('chargeTraffic: all');
    expect(gigabytes).toBeGreaterThan((288 + 360 + 288) * 0.999);
    expect(gigabytes).toBeLessThan(288 + 360 + 288);
  });
});
