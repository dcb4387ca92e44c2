/** Models of layer-2 broadcast: each expectation with its reason. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  announcementSeconds,
  bootFrames,
  deadPeerFrames,
  evictionsPerSecond,
  memberFramesPerSecond,
  migrationFrames,
  type MemberKind,
} from '../../models/broadcast/emission.js';
import {
  floodedFramesPerSecond,
  GATEWAY_TIMERS,
  overflowShare,
  unknownUnicastShare,
} from '../../models/broadcast/flooding.js';
import { BROADCAST_CONSTANTS, DEFAULT_BROADCAST } from '../../models/broadcast/parameters.js';
import {
  droppedCpuShare,
  hostCpuShare,
  linkBitsPerSecond,
  receivedFramesPerSecond,
} from '../../models/broadcast/reception.js';

const KINDS: readonly MemberKind[] = ['vm', 'appliance', 'host'];

test('every constant says its unit and source, and no assumption passes for a sourced figure', () => {
  for (const [name, { unit, source, calibrate }] of Object.entries(BROADCAST_CONSTANTS)) {
    expect(unit, name).toMatch(/^(1\/s|s|B|frames|entries|peers)$/);
    expect(source.length, name).toBeGreaterThan(10);
    if (/assumption|quote.*(Guide|not read)/.test(source)) expect(calibrate, name).toBe(true);
  }
  const sourced = Object.entries(BROADCAST_CONSTANTS).flatMap(([name, one]) => (one.calibrate ? [] : [name]));
  expect(sourced).toEqual([
    ...['neighbourTableEntries', 'broadcastSolicits'],
    ...['announcementFrames', 'announcementInitialSeconds', 'announcementStepSeconds', 'announcementMaxSeconds'],
    ...['gatewayArpSeconds', 'macAgeingSeconds', 'frameBytes', 'frameGapBytes'],
  ]);
});

test('the defaults are the values of the table, and a scenario may override each', () => {
  for (const [name, { value }] of Object.entries(BROADCAST_CONSTANTS))
    expect(DEFAULT_BROADCAST).toHaveProperty(name, value);
  const mine = { ...DEFAULT_BROADCAST, vmDiscoveryFramesPerSecond: 0.5 };
  expect(memberFramesPerSecond('vm', mine, 0)).toBe(0.5);
});

test('2,456 hosts of 0.036/s send 89 frames a second (the mean quoted of a campus; a figure to calibrate)', () => {
  const each = memberFramesPerSecond('host', DEFAULT_BROADCAST, 10);
  // 0.029 by discovery and 0.007 new peers.
  expect(each).toBeCloseTo(0.036, 12);
  expect(2456 * each).toBeCloseTo(88.4, 1);
  expect(Math.ceil(2456 * each)).toBe(89);
});

test('its busiest second, 1,150 frames, is 0.47 a host; a million such hosts fill 239.7 Mbit/s, preambles apart', () => {
  const busiest = 1150 / 2456;
  expect(busiest).toBeCloseTo(0.468, 3);
  expect(1e6 * busiest).toBeCloseTo(468_241, 0);
  const bare = { ...DEFAULT_BROADCAST, frameGapBytes: 0 };
  // As published, cut off rather than rounded: 468,240.
  expect(linkBitsPerSecond(468_240, bare) / 1e6).toBeCloseTo(239.7, 1);
  // With preamble and gap each frame takes 84 bytes' time: 31 % more.
  expect(linkBitsPerSecond(468_240, DEFAULT_BROADCAST) / 1e6).toBeCloseTo(314.7, 1);
});

test('a quiet VM sends 0.01 frames a second, whether it has one peer or a thousand: re-validation is unicast', () => {
  for (const peers of [1, 30, 1024])
    expect(memberFramesPerSecond('vm', DEFAULT_BROADCAST, peers)).toBeCloseTo(0.01, 12);
});

test('without peers there is nobody to resolve: only discovery is left', () => {
  for (const kind of KINDS)
    expect(memberFramesPerSecond(kind, DEFAULT_BROADCAST, 0)).toBe(
      DEFAULT_BROADCAST[`${kind}DiscoveryFramesPerSecond`],
    );
});

test('beyond 1,024 live peers each further one costs its contacts: 2,048 spoken to once a minute, 17 frames a second', () => {
  // (2048 - 1024) / 60 = 17.07, half of all 34.13 contacts a second, since half of the peers are in the table.
  expect(evictionsPerSecond(2048, 1 / 60, 1024)).toBeCloseTo(17.07, 2);
  expect(evictionsPerSecond(1024, 1 / 60, 1024)).toBe(0);
  expect(memberFramesPerSecond('appliance', DEFAULT_BROADCAST, 2048)).toBeCloseTo(0.007 + 17.0667, 4);
});

test('a dead address costs three frames an attempt: mcast_solicit', () => {
  const mine = { ...DEFAULT_BROADCAST, deadPeersPerSecond: 0.1 };
  const more = memberFramesPerSecond('vm', mine, 5) - memberFramesPerSecond('vm', DEFAULT_BROADCAST, 5);
  expect(more).toBeCloseTo(0.3, 12);
  expect(deadPeerFrames(7, DEFAULT_BROADCAST)).toBe(21);
  expect(deadPeerFrames(0, DEFAULT_BROADCAST)).toBe(0);
});

test('a boot is three ARP frames and four of DHCP; a migration five announcements a virtual NIC', () => {
  expect(bootFrames(DEFAULT_BROADCAST)).toBe(7);
  expect(migrationFrames(2, DEFAULT_BROADCAST)).toBe(10);
});

test("the announcements go out at 0, 50, 200, 450 and 800 ms, as QEMU's; then at most 550 ms apart", () => {
  const millis = (frames: number): number[] =>
    announcementSeconds({ ...DEFAULT_BROADCAST, announcementFrames: frames }).map((at) => Math.round(at * 1000));
  expect(millis(5)).toEqual([0, 50, 200, 450, 800]);
  expect(millis(9).slice(5)).toEqual([1250, 1800, 2350, 2900]);
});

test("with Cisco IOS' defaults a silent receiver is flooded for 14,100 of 14,400 s: 98 %", () => {
  const shares = GATEWAY_TIMERS.map(({ arpSeconds, macSeconds }) => unknownUnicastShare(arpSeconds, macSeconds));
  expect(shares[0]).toBe(14_100 / 14_400);
  expect(Math.round(100 * shares[0]!)).toBe(98);
  // 480 s instead of 300 hardly help; where the ARP entry runs out first nothing is flooded.
  expect(shares[1]).toBeCloseTo(0.967, 3);
  expect(shares.slice(2)).toEqual([0, 0]);
});

test('by default nothing is flooded: a Linux appliance asks again long before a switch forgets', () => {
  expect(unknownUnicastShare(DEFAULT_BROADCAST.gatewayArpSeconds, DEFAULT_BROADCAST.macAgeingSeconds)).toBe(0);
});

test('ten silent receivers of 100 frames a second each, unknown for 98 % of the time: 979 flooded a second', () => {
  expect(floodedFramesPerSecond(14_100 / 14_400, 10, 100)).toBeCloseTo(979.17, 2);
  expect(floodedFramesPerSecond(0, 10, 100)).toBe(0);
});

test('a MAC table that holds three of four entries floods a quarter of the unicast frames', () => {
  expect(overflowShare(40_000, 30_000)).toBe(0.25);
  expect(overflowShare(30_000, 30_000)).toBe(0);
  expect(overflowShare(0, 0)).toBe(0);
});

test('a host receives the domains on its uplink, less what it sends itself', () => {
  const domains = [
    { framesPerSecond: 10, ownFramesPerSecond: 2, isMember: true },
    { framesPerSecond: 5, ownFramesPerSecond: 5, isMember: true },
    { framesPerSecond: 40, ownFramesPerSecond: 0, isMember: false },
  ];
  // Of the second domain all members are here: nothing comes in.
  expect(receivedFramesPerSecond(domains, 'pruned')).toBe(8);
  expect(receivedFramesPerSecond(domains, 'unpruned')).toBe(48);
  const impossible = { framesPerSecond: 1, ownFramesPerSecond: 2, isMember: true };
  expect(() => receivedFramesPerSecond([impossible], 'pruned')).toThrow(/no more/);
});

test('a thousand frames a second to 20 VMs cost a tenth of a core at 1 us and 5 us; dropped, next to nothing', () => {
  expect(hostCpuShare(1000, 20, DEFAULT_BROADCAST)).toBeCloseTo(1000 * (1e-6 + 20 * 5e-6), 12);
  expect(hostCpuShare(1000, 20, DEFAULT_BROADCAST, 16)).toBeCloseTo(0.101 / 16, 12);
  expect(droppedCpuShare(1000, DEFAULT_BROADCAST)).toBeCloseTo(0.0003, 12);
  // To drop a frame is cheaper than to take it, or pruning would not pay.
  expect(droppedCpuShare(1000, DEFAULT_BROADCAST)).toBeLessThan(hostCpuShare(1000, 0, DEFAULT_BROADCAST));
});

test('shares are shares, and grow the way they must', () => {
  const seconds = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const entries = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(seconds, seconds, seconds, entries, entries, (arp, mac, longer, needed, table) => {
      const share = unknownUnicastShare(arp, mac);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThan(1);
      // A switch that remembers for longer floods no more; a gateway that does floods no less.
      expect(unknownUnicastShare(arp, mac + longer)).toBeLessThanOrEqual(share);
      expect(unknownUnicastShare(arp + longer, mac)).toBeGreaterThanOrEqual(share);
      const overflow = overflowShare(needed, table);
      expect(overflow).toBeGreaterThanOrEqual(0);
      expect(overflow).toBeLessThanOrEqual(1);
      expect(overflowShare(needed, table + 1)).toBeLessThanOrEqual(overflow);
    }),
    { seed: 11 },
  );
});
