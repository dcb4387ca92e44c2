/**
 * Formulas of models/broadcast against a pod in which every frame is an event. A formula holds where it is within the
 * interval of batch means, 99.9 % for all together (batch-means.ts); beside each stands a wrong one that must not be.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { deadPeerFrames, memberFramesPerSecond } from '../../../models/broadcast/emission.js';
import { floodedFramesPerSecond, overflowShare, unknownUnicastShare } from '../../../models/broadcast/flooding.js';
import { DEFAULT_BROADCAST } from '../../../models/broadcast/parameters.js';
import { receivedFramesPerSecond, type Trunks } from '../../../models/broadcast/reception.js';
import type { StationSpec } from '../../../sim/datacenter/frames/frame-spec.js';
import { batchMeans, distance, type Interval } from '../../batch-means.js';
import { ratesByBatch, ring, start, station, type Run } from './pods.js';

/** As much as for a test, on a machine that others use too. */
const HOOK_MILLIS = 60_000;

/** Often enough to count in minutes. */
const LIVELY = {
  ...DEFAULT_BROADCAST,
  vmDiscoveryFramesPerSecond: 0.02,
  vmNewPeersPerSecond: 0.05,
  deadPeersPerSecond: 0.01,
  peerContactsPerSecond: 0.1,
};
const LIVELY_VM = {
  discoveryFramesPerSecond: LIVELY.vmDiscoveryFramesPerSecond,
  newPeersPerSecond: LIVELY.vmNewPeersPerSecond,
  deadPeersPerSecond: LIVELY.deadPeersPerSecond,
  peerContactsPerSecond: LIVELY.peerContactsPerSecond,
} satisfies Partial<StationSpec>;

const broadcasts = (run: Run, vlan: number) => (): number => run.counts.broadcastsOf(vlan);

/** What an often assumed timer would send: every peer asked again, by broadcast, each 30 s. */
const naiveFramesPerSecond = (peers: number): number => LIVELY.vmDiscoveryFramesPerSecond + peers / 30;

describe('steady broadcasts of a guest network', () => {
  const VMS = 24;
  const PEERS = 8;
  let run: Run;
  let counted: Interval;
  beforeAll(() => {
    run = start({
      hosts: 4,
      stations: ring({ from: 0, count: VMS, hosts: [0, 1, 2, 3], peers: PEERS }, LIVELY_VM),
    });
    const { all } = ratesByBatch(run, { warmUp: 200, batch: 400 }, { all: broadcasts(run, 0) });
    counted = batchMeans(all);
  }, HOOK_MILLIS);

  test('are discovery, new peers and three requests a dead address', () => {
    // 24 (0.02 + 0.05 + 3 * 0.01) = 2.4 a second; some 19,000 are counted.
    const expected = VMS * memberFramesPerSecond('vm', LIVELY, PEERS);
    expect(expected).toBeCloseTo(2.4, 12);
    expect(distance(counted, expected)).toBeLessThan(1);
    // The interval is narrow enough to tell.
    expect(counted.halfWidth).toBeLessThan(0.06 * expected);
  });

  test('and not peers / 30 s: stale peers are asked by unicast', () => {
    expect(distance(counted, VMS * naiveFramesPerSecond(PEERS))).toBeGreaterThan(10);
    // They are asked, more often than anybody is by broadcast: 24 * 8 entries each 50 s or so.
    expect(run.counts.unicastRequests).toBeGreaterThan(run.counts.requests);
  });

  test('nor one request a dead address, nor no new peers', () => {
    for (const wrong of [0.02 + 0.05 + 0.01, 0.02 + 3 * 0.01])
      expect(distance(counted, VMS * wrong)).toBeGreaterThan(2);
  });
});

test('a neighbour table too small for its peers asks for each that it had to forget', () => {
  // 16 VMs with 12 peers and 8 entries: 0.05 (12 - 8) = 0.2 misses a second each, a third of all contacts.
  const parameters = {
    ...{ ...LIVELY, vmDiscoveryFramesPerSecond: 0, vmNewPeersPerSecond: 0, deadPeersPerSecond: 0 },
    ...{ peerContactsPerSecond: 0.05, neighbourTableEntries: 8 },
  };
  const stations = ring(
    { from: 0, count: 16, hosts: [0, 1], peers: 12 },
    { neighbours: { kind: 'linux', entries: 8 }, peerContactsPerSecond: 0.05 },
  );
  const run = start({ hosts: 2, stations });
  const { all } = ratesByBatch(run, { warmUp: 500, batch: 400 }, { all: broadcasts(run, 0) });
  const counted = batchMeans(all);
  expect(distance(counted, 16 * memberFramesPerSecond('vm', parameters, 12))).toBeLessThan(1);
  // Neither a miss at every contact (a table that always forgets who is needed next), nor one a peer each 30 s.
  expect(distance(counted, 16 * 12 * 0.05)).toBeGreaterThan(10);
  expect(distance(counted, (16 * 12) / 30)).toBeGreaterThan(10);
});

test('a VM that stops costs exactly three broadcasts for each peer that still speaks to it', () => {
  const stations = ring({ from: 0, count: 10, hosts: [0, 1, 2], peers: 6 }, { peerContactsPerSecond: 0.1 });
  const run = start({ hosts: 3, stations });
  run.seconds(300);
  // Everybody knows everybody: silence.
  const before = run.counts.requests;
  expect(before).toBe(10 * 6);
  run.pod.stopStation(4);
  run.seconds(1300);
  // Six have it among their peers; each finds its entry stale, asks three times by unicast, then by broadcast, and gives up.
  expect(run.counts.requests - before).toBe(deadPeerFrames(6, LIVELY));
  expect(run.counts.broadcastsOf(0) - before).toBe(18);
});

describe('a gateway that believes for longer than the switch remembers', () => {
  const RECEIVERS = 12;
  const silentPod = (arpSeconds: number, macAgeingSeconds: number): Run =>
    start({
      hosts: 4,
      macAgeingSeconds,
      stations: [
        station('gateway', {
          ...{ host: 0, neighbours: { kind: 'gateway', arpSeconds }, peerContactsPerSecond: 1 },
          peers: Array.from({ length: RECEIVERS }, (_, at) => at + 1),
        }),
        ...Array.from({ length: RECEIVERS }, (_, at) => station(`silent${at}`, { host: 1 + (at % 3) })),
      ],
    });

  test('floods a silent receiver for (Ta - Tm) / Ta of the time', () => {
    const run = silentPod(240, 60);
    // Batches of two whole rounds of 240 s.
    const { flooded, vain } = ratesByBatch(
      run,
      { warmUp: 480, batch: 480 },
      {
        flooded: () => run.counts.dataFlooded,
        vain: () => run.counts.receivedInVain.reduce((sum, one) => sum + one, 0),
      },
    );
    const counted = batchMeans(flooded);
    const share = unknownUnicastShare(240, 60);
    expect(share).toBe(0.75);
    expect(distance(counted, floodedFramesPerSecond(share, RECEIVERS, 1))).toBeLessThan(1);
    expect(counted.halfWidth).toBeLessThan(0.02 * RECEIVERS);
    // Neither always, nor Tm / Ta, nor half.
    for (const wrong of [1, 60 / 240, 0.5]) expect(distance(counted, wrong * RECEIVERS)).toBeGreaterThan(10);
    // Each such frame reaches two hosts that it is not for.
    expect(distance(batchMeans(vain), 2 * share * RECEIVERS)).toBeLessThan(1);
  });

  test('and floods nothing where its entry runs out first', () => {
    const run = silentPod(60, 240);
    run.seconds(100);
    const early = run.counts.dataFlooded;
    run.seconds(2000);
    expect(run.counts.dataFlooded - early).toBe(floodedFramesPerSecond(unknownUnicastShare(60, 240), RECEIVERS, 1));
    expect(run.counts.dataSwitched).toBeGreaterThan(20_000);
  });
});

describe('a MAC table', () => {
  const STATIONS = 120;
  const overflowing = (macTable: number): { share: Interval; run: Run } => {
    const stations = ring(
      { from: 0, count: STATIONS, hosts: [0, 1, 2, 3, 4, 5], peers: 10 },
      { peerContactsPerSecond: 0.1 },
    );
    const run = start({ hosts: 6, macTable, stations });
    const { flooded, switched } = ratesByBatch(
      run,
      { warmUp: 100, batch: 20 },
      { flooded: () => run.counts.dataFlooded, switched: () => run.counts.dataSwitched },
    );
    return { share: batchMeans(flooded.map((one, at) => one / switched[at]!)), run };
  };

  test('of 90 entries floods a quarter of the unicast frames of 120 stations', () => {
    const { share, run } = overflowing(90);
    expect(run.pod.macEntries).toBe(90);
    // The sender has just been heard and is not the receiver: exactly 30 of the 119 others are missing, 0.252.
    const exact = 1 - 89 / 119;
    const model = overflowShare(STATIONS, 90);
    expect(model).toBe(0.25);
    expect(distance(share, exact)).toBeLessThan(1);
    expect(distance(share, model)).toBeLessThan(1);
    expect(share.halfWidth).toBeLessThan(0.016);
    // Neither what the table holds, nor what it lacks over what it holds, nor half of the model.
    for (const wrong of [90 / STATIONS, 30 / 90, 0.125]) expect(distance(share, wrong)).toBeGreaterThan(3);
  });

  test('of one entry a station floods nothing', () => {
    const { share, run } = overflowing(STATIONS);
    expect(share.mean).toBe(overflowShare(STATIONS, STATIONS));
    expect(run.pod.macEntries).toBe(STATIONS);
  });
});

describe('what a host receives', () => {
  const HOSTS = 5;
  /** Twelve VMs of one customer on hosts 0 to 2, sixteen of another on hosts 2 and 3; host 4 has none. */
  const stations = [
    ...ring({ from: 0, count: 12, hosts: [0, 1, 2], peers: 5 }, { ...LIVELY_VM, vlan: 0 }),
    ...ring({ from: 12, count: 16, hosts: [2, 3], peers: 5 }, { ...LIVELY_VM, vlan: 1 }),
  ];
  const perVm = memberFramesPerSecond('vm', LIVELY, 5);
  const vmsOf = (vlan: number, host?: number): number =>
    stations.filter((one) => one.vlan === vlan && (host === undefined || one.host === host)).length;
  const expected = (host: number, trunks: Trunks): number => {
    const domains = [0, 1].map((vlan) => ({
      framesPerSecond: vmsOf(vlan) * perVm,
      ownFramesPerSecond: vmsOf(vlan, host) * perVm,
      isMember: vmsOf(vlan, host) > 0,
    }));
    return receivedFramesPerSecond(domains, trunks);
  };

  test.each(['pruned', 'unpruned'] as const)('%s trunks: the formula, host by host', (trunks) => {
    const run = start({ hosts: HOSTS, trunks, stations });
    const names = ['0', '1', '2', '3', '4'] as const;
    const figures = Object.fromEntries(names.map((name) => [name, () => run.counts.received[Number(name)]!]));
    const rates = ratesByBatch(run, { warmUp: 200, batch: 300 }, figures);
    for (const name of names) {
      const host = Number(name);
      const counted = batchMeans(rates[name]!);
      if (expected(host, trunks) === 0) expect(counted).toEqual({ mean: 0, halfWidth: 0 });
      else {
        expect(distance(counted, expected(host, trunks)), `host ${host}`).toBeLessThan(1);
        // With its own frames counted as received it would be more, where it has any.
        const own = (vmsOf(0, host) + vmsOf(1, host)) * perVm;
        if (own > 0) expect(distance(counted, expected(host, trunks) + own), `host ${host}`).toBeGreaterThan(1);
      }
      const other = trunks === 'pruned' ? 'unpruned' : 'pruned';
      if (expected(host, other) !== expected(host, trunks) && counted.halfWidth > 0)
        expect(distance(counted, expected(host, other)), `host ${host}`).toBeGreaterThan(3);
    }
  });

  test.each(['pruned', 'unpruned'] as const)('%s trunks: frame by frame, once all have arrived', (trunks) => {
    const run = start({ hosts: HOSTS, trunks, stations });
    run.seconds(500);
    for (let extra = 1; run.pod.underWay > 0; extra++) run.lane.runUntil(500_000_000 + extra);
    for (let host = 0; host < HOSTS; host++) {
      let frames = 0;
      for (const vlan of [0, 1])
        if (trunks === 'unpruned' || vmsOf(vlan, host) > 0)
          frames += run.counts.broadcastsOf(vlan) - run.counts.broadcastsOfHost(vlan, host);
      expect(run.counts.received[host], `host ${host}`).toBe(frames);
    }
  });

  test('pruning changes what is received, not what is sent', () => {
    const sent = (['pruned', 'unpruned'] as const).map((trunks) => {
      const run = start({ hosts: HOSTS, trunks, stations });
      run.seconds(500);
      return [run.counts.broadcastsOf(0), run.counts.broadcastsOf(1), run.counts.unicastRequests];
    });
    expect(sent[0]).toEqual(sent[1]);
  });
});

test('the same seed gives the same frames, another other ones; a further network moves nothing of the first', () => {
  const first = ring({ from: 0, count: 6, hosts: [0, 1], peers: 3 }, { ...LIVELY_VM, vlan: 0 });
  const second = ring({ from: 6, count: 6, hosts: [0, 1], peers: 3 }, { ...LIVELY_VM, vlan: 1 });
  const ran = (stations: readonly StationSpec[], seed: number): { digest: string; frames: number } => {
    const run = start({ hosts: 2, stations }, seed);
    run.seconds(1000);
    return { digest: run.lane.digest(), frames: run.counts.broadcastsOf(0) };
  };
  expect(ran(first, 7)).toEqual(ran(first, 7));
  expect(ran(first, 8).digest).not.toBe(ran(first, 7).digest);
  expect(ran([...first, ...second], 7).frames).toBe(ran(first, 7).frames);
});

test('a peer of another VLAN, oneself as a peer and two stations of a name are refused', () => {
  const pod =
    (...stations: StationSpec[]) =>
    () =>
      start({ hosts: 1, stations });
  expect(pod(station('a', { peers: [1] }), station('b', { vlan: 1 }))).toThrow(/a: peers are other stations of VLAN 0/);
  expect(pod(station('a', { peers: [0] }))).toThrow(/a: peers/);
  expect(pod(station('a', {}), station('a', {}))).toThrow(/one name/);
  expect(pod(station('a', { host: 1 }))).toThrow(/a: host 1/);
});
