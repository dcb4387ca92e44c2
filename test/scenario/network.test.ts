/** The network of a datacenter in a file: what it resolves to, and what is refused at its place. */
import { describe, expect, it } from 'vitest';
import { expectProblems, load, problemsOf, scenario } from './load.js';

/** Three zones; `pod` is what stands in the first one's pod. */
function threeZones(pod = '', more = ''): string {
  return `podtwin: 1
name: t
duration: 1d
dataCenters: {east: {}, west: {latency: {east: 20 ms}}, north: {latency: {east: 5 ms}}}
zones:
  - {name: z1, dataCenter: east, pods: [{name: p, hosts: [{count: 7}]${pod}}]}
  - {name: z2, dataCenter: west, pods: [{name: p, hosts: [{}]}]}
  - {name: z3, pods: [{name: p, hosts: [{}]}]}
offerings: {small: {cpu: 1 core, memory: 2 GiB}}
${more}
`;
}

describe('a network', () => {
  it('is resolved in bits per second and seconds', () => {
    const network = `{podLatency: 2 us, zoneSwitch: {podUplink: 40 Gbps, latency: 0.1 ms}, firewall: {data: nat,
      management: transparent, publicLink: 1 Gbps, latency: 30 us}, separate: [storage, public, storage],
      templateStore: {nic: 25 Gbps}, managementServers: {nic: 2 Gbps}, storageShare: 30 %}`;
    expect(load(scenario({ network })).zones[0]!.network).toEqual({
      podUplinkBitsPerSecond: 40e9,
      zoneSwitchLatencySeconds: 100e-6,
      podLatencySeconds: 2e-6,
      firewall: { data: 'nat', management: 'transparent', publicLinkBitsPerSecond: 1e9, latencySeconds: 30e-6 },
      separate: ['storage', 'public'],
      templateStoreBitsPerSecond: 25e9,
      managementServersBitsPerSecond: 2e9,
      storageShareRatio: 0.3,
    });
  });

  it('has hosts whose ports are bonded', () => {
    const host = '{cpu: 8 cores, memory: 16 GiB, nic: 25 Gbps, nics: 4, bond: active-backup}';
    expect(load(scenario({ host })).zones[0]!.pods[0]!.hosts[0]).toMatchObject({
      ...{ nicBitsPerSecond: 25e9, nicCount: 4, bond: 'active-backup', rack: null },
    });
  });

  it('has racks: hosts in consecutive blocks, the first racks one more; storage stays at the pod switch', () => {
    const racks = ', racks: {count: 3, uplink: 30 Gbps, switch: {type: core, redundant: false}}';
    const [pod] = load(threeZones(racks)).zones[0]!.pods;
    expect(pod!.hosts.map(({ rack }) => rack)).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(pod!.racks.map(({ name, uplinkBitsPerSecond }) => [name, uplinkBitsPerSecond])).toEqual([
      ['z1/p/r01', 30e9],
      ['z1/p/r02', 30e9],
      ['z1/p/r03', 30e9],
    ]);
    expect(pod!.racks[1]!.switches).toEqual([
      { name: 'z1/p/r02/a', type: 'core', macTableEntries: 131_072, vlanCount: 4094, virtualPorts: 16_000 },
    ]);
    const [preset] = load(threeZones(', racks: {count: 7}')).zones[0]!.pods;
    expect(preset!.racks[6]).toMatchObject({ uplinkBitsPerSecond: 20e9, switches: [{ type: 'tor' }, { type: 'tor' }] });
    expect(preset!.hosts.map(({ rack }) => rack)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('has distances from the data centers, and tunnels that are as long where they do not say', () => {
    const more =
      'vpns: [{between: [z2, z1], bandwidth: 1 Gbps}, {between: [z1, z3], bandwidth: 2 Gbps, latency: 1 ms}]';
    const { distances, vpns, zones } = load(threeZones('', more));
    // z3 stands in no data center.
    expect(distances).toEqual([{ between: ['z1', 'z2'], latencySeconds: 0.02 }]);
    expect(zones.map(({ dataCenter }) => dataCenter)).toEqual(['east', 'west', null]);
    expect(vpns).toEqual([
      { between: ['z2', 'z1'], bitsPerSecond: 1e9, latencySeconds: 0.02 },
      { between: ['z1', 'z3'], bitsPerSecond: 2e9, latencySeconds: 0.001 },
    ]);
  });
});

describe('refused at its place', () => {
  it('a link of 0 bps', () => {
    const text = scenario({
      host: '{cpu: 8 cores, memory: 16 GiB, nic: 0 bps}',
      network: '{zoneSwitch: {podUplink: 0 Gbps}, firewall: {publicLink: 0 bps}, templateStore: {nic: 0 bps}}',
      more: 'storageTypes: {filer: {capacity: 1 TiB, nic: 0 kbps}}\nvpns: [{between: [z1, z2], bandwidth: 0 bps}]',
    });
    const words = 'a link of 0 bps carries nothing; write e.g. 10 Gbps';
    expectProblems(text, [
      `5:44: hostTypes.std.nic: ${words}`,
      `8:39: zones.z1.network.zoneSwitch.podUplink: ${words}`,
      `8:71: zones.z1.network.firewall.publicLink: ${words}`,
      `8:100: zones.z1.network.templateStore.nic: ${words}`,
      `13:46: storageTypes.filer.nic: ${words}`,
      "14:23: vpns.0.between.1: no zone 'z2' is declared; did you mean 'z1'?",
      `14:39: vpns.0.bandwidth: ${words}`,
    ]);
    expect(problemsOf(threeZones(', racks: {count: 2, uplink: 0 bps}'))).toEqual([
      `f.yaml:6:98: zones.z1.pods.p.racks.uplink: ${words}`,
    ]);
  });

  it('a tunnel from a zone to itself, a second one, one to nowhere, one of three ends', () => {
    const more = `vpns:
  - {between: [z1, z2], bandwidth: 1 Gbps}
  - {between: [z2, z1], bandwidth: 1 Gbps}
  - {between: [z3, z3], bandwidth: 1 Gbps}
  - {between: [zl, z2], bandwidth: 1 Gbps}
  - {between: [z1, z2, z3], bandwidth: 1 Gbps}`;
    expect(problemsOf(threeZones('', more))).toEqual([
      "f.yaml:12:15: vpns.1.between: a tunnel between 'z2' and 'z1' stands further up; keep one",
      "f.yaml:13:15: vpns.2.between: a tunnel joins two zones; 'z3' stands here twice",
      "f.yaml:14:16: vpns.3.between.0: no zone 'zl' is declared; did you mean 'z1'?",
      expect.stringContaining('f.yaml:15:15: vpns.4.between'),
    ]);
  });

  it('more racks than hosts, a rack named like a host, an unknown switch type', () => {
    expect(problemsOf(threeZones(', racks: {count: 8, switch: {type: tro}}'))).toEqual([
      "f.yaml:6:87: zones.z1.pods.p.racks.count: 8 racks are more than the pod's 7 hosts",
      "f.yaml:6:105: zones.z1.pods.p.racks.switch.type: no switch type 'tro' is declared; did you mean 'tor'?",
    ]);
    const clash = threeZones(', racks: {count: 2}').replace('{count: 7}', '{name: r, count: 7}');
    expect(problemsOf(clash)).toEqual([
      expect.stringContaining("this host would be named 'r01', as a rack beside it is; choose another name"),
    ]);
  });

  it('data centers at two distances, or at one from themselves', () => {
    const places = '{east: {latency: {east: 1 ms, west: 20 ms}}, west: {latency: {east: 21 ms, wets: 1 ms}}}';
    expect(problemsOf(scenario({ more: `dataCenters: ${places}` }))).toEqual([
      'f.yaml:13:32: dataCenters.east.latency.east: a data center is at no distance from itself; remove it',
      "f.yaml:13:82: dataCenters.west.latency.east: 'east' gives another latency to 'west' further up; write it once",
      "f.yaml:13:89: dataCenters.west.latency.wets: no data center 'wets' is declared; did you mean 'west'?",
    ]);
    const both = 'dataCenters: {east: {latency: {west: 20 ms}}, west: {latency: {east: 0.02 s}}}';
    expect(problemsOf(scenario({ more: both })), 'the same latency, written from both ends').toEqual([]);
  });

  it('words that are none, a share above 1', () => {
    const network = '{firewall: {data: transparant}, separate: [guest], storageShare: 30}';
    expect(problemsOf(scenario({ network, host: '{cpu: 8 cores, memory: 16 GiB, bond: lacp}' }))).toEqual([
      expect.stringMatching(/^f\.yaml:5:45: hostTypes\.std\.bond: .*allowed: aggregate, active-backup/),
      expect.stringMatching(/^f\.yaml:8:32: .*firewall\.data: .*did you mean 'transparent'/),
      expect.stringMatching(/^f\.yaml:8:57: .*separate\.0: .*allowed: management, storage, public/),
      'f.yaml:8:79: zones.z1.network.storageShare: a share is at most 1; write 30 %',
    ]);
  });
});
