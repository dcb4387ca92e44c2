/** Flows between zones: each zone's links share what they have, and both settle at what is fair on the whole way. */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { simulate } from '../../sim/run/simulate.js';
import type { LoadedScenario } from '../../sim/scenario/loader.js';

const text = (flows: string, more = ''): string => `
podtwin: 1
name: t
duration: 1h
dataCenters: {east: {}, west: {latency: {east: 10 ms}}}
zones:
  - {name: z1, dataCenter: east, network: {firewall: {publicLink: 4 Gbps}}, pods: [{name: p, hosts: [{name: h, count: 2}]}]}
  - {name: z2, dataCenter: west, network: {firewall: {publicLink: 1 Gbps}}, pods: [{name: p, hosts: [{name: h, count: 2}]}]}
offerings: {small: {cpu: 1 core, memory: 2 GiB}}
transfers: {share: 0}
flows:
${flows}
${more}`;

const load = (flows: string, more = ''): LoadedScenario =>
  loadScenario('t.yaml', { readFile: () => text(flows, more) });

/** Ends in seconds, in the order of beginning, zone by zone. */
function ends(scenario: LoadedScenario): (number | null)[] {
  const simulation = new Simulation(scenario);
  simulation.advance(scenario.durationMicros);
  return simulation.zones.flatMap(({ network }) => network.transfers.records.map(({ endSeconds }) => endSeconds));
}

describe('flows between zones', () => {
  it('go as fast as the slower zone lets them, once it has told so', () => {
    // 1 GB over 1 Gbps: 8 s. Until z2's word is there (twice 10 ms and some switches) z1 sends at 4 Gbps.
    const [end] = ends(load('  - {at: 10s, from: z1/p/h01, to: z2/p/h01, size: 1 GB}'));
    expect(end).toBeLessThanOrEqual(18);
    expect(end).toBeGreaterThan(18 - 0.08);
  });

  it('leave to others what the other zone does not let through', () => {
    // Both leave h1 of z1, whose port carries 10 Gbps; the second stays in z1 and gets what is left of it: 9 Gbps.
    const [across, within] = ends(
      load(
        '  - {at: 10s, from: z1/p/h01, to: z2/p/h01, size: 100 GB}\n  - {at: 20s, from: z1/p/h01, to: z1/p/h02, size: 9 GB}',
        'hostTypes: {standard: {cpu: 8 cores, memory: 32 GiB, nics: 1}}',
      ),
    );
    expect(within).toBeCloseTo(28, 3);
    expect(across).toBeGreaterThan(809.9);
  });

  it('share the slower link fairly with what begins there, and take what it leaves', () => {
    // Two flows from z1 and one from z2 to the public network do not meet on z2's link down; the two from z1 do: 500 Mbps each.
    const found = ends(
      load(
        ['h01', 'h02'].map((host) => `  - {at: 10s, from: z1/p/${host}, to: z2/p/${host}, size: 1 GB}`).join('\n') +
          '\n  - {at: 10s, from: z2/p/h01, to: public, size: 1 GB}',
      ),
    );
    expect(found[0]).toBeCloseTo(26, 0);
    expect(found[1]).toBeCloseTo(26, 0);
    expect(found[2]).toBeCloseTo(18, 6);
  });

  it('go through the tunnel where there is one, at its speed', () => {
    const [end] = ends(
      load(
        '  - {at: 10s, from: z1/p/h01, to: z2/p/h01, size: 1 GB}',
        'vpns: [{between: [z1, z2], bandwidth: 100 Mbps}]',
      ),
    );
    expect(end).toBeCloseTo(90, 6);
  });

  it('leave nothing under way in either zone, are the same twice, and count once', async () => {
    const scenario = load(
      '  - {at: 10s, from: z1/p/h01, to: z2/p/h01, size: 1 GB, every: 1 min, count: 5}\n  - {at: 12s, from: z2/p/s1, to: z1/p/h02, size: 2 GB}',
    );
    const simulation = new Simulation(scenario);
    simulation.advance(scenario.durationMicros);
    for (const { network, lane } of simulation.zones) {
      expect(network.transfers.underWay).toBe(0);
      expect(lane.pending).toBe(0);
    }
    const [one, other] = [await simulate(scenario), await simulate(scenario)];
    expect(one.digest).toBe(other.digest);
    expect(one.transfers).toMatchObject({ started: 6, completed: 6, bytes: 7e9 });
    // 7 GB in an hour; measured between samples, so that the last bit is in.
    expect(one.traffic!.crossZone).toBeCloseTo(56e9 / 3600, 0);
    expect(one.traffic!.transfers).toBeCloseTo(56e9 / 3600, 0);
  });
});
