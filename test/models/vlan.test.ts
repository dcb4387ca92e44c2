/** What VLANs allow: each expectation with its reason. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  exceededLimits,
  FIRST_VLAN_ID,
  LAST_VLAN_ID,
  macEntries,
  OVERLAY_IDS,
  poolSize,
  payloadRatio,
  virtualPorts,
  VLAN_LIMITS,
  vlanAlternatives,
  VXLAN_OVERHEAD_BYTES,
  type SwitchUse,
} from '../../models/vlan.js';

test("the pool of CloudStack's documented example, 600 to 799, is 200 guest networks in a zone", () => {
  const pool = poolSize([{ first: 600, last: 799 }]);
  expect(pool).toBe(200);
  expect(vlanAlternatives(pool, 8)[0]).toEqual({
    ...{ scope: 'zone', networks: 200, spansPods: true },
    ...{ overheadBytes: 0, payloadRatio: 1 },
  });
});

test('the same IDs in each of 8 pods are 1,600 networks, none of which spans pods', () => {
  expect(vlanAlternatives(200, 8)[1]).toMatchObject({ scope: 'pod', networks: 1600, spansPods: false });
});

test('an overlay of 24 bits has 16,777,216 networks, and takes 50 bytes of each frame (RFC 7348)', () => {
  // 14 (inner Ethernet) + 20 (IPv4) + 8 (UDP) + 8 (VXLAN): guests' packets shrink from 1500 to 1450 bytes.
  expect(VXLAN_OVERHEAD_BYTES).toBe(50);
  expect(OVERLAY_IDS).toBe(2 ** 24);
  const [, , overlay] = vlanAlternatives(200, 8);
  expect(overlay).toMatchObject({ scope: 'overlay', networks: 16_777_216, spansPods: true, overheadBytes: 50 });
  expect(overlay!.payloadRatio).toBe(1450 / 1500);
  expect(vlanAlternatives(200, 8, { mtuBytes: 9000, reservedOverlayIds: 16 })[2]).toMatchObject({
    ...{ networks: 16_777_200, payloadRatio: 8950 / 9000 },
  });
  expect(() => payloadRatio(40, 50)).toThrow(/50 of 40 bytes/);
});

test('802.1Q leaves 4,094 IDs: 0 and 4095 are reserved', () => {
  expect(poolSize([{ first: FIRST_VLAN_ID, last: LAST_VLAN_ID }])).toBe(2 ** 12 - 2);
  for (const range of [
    { first: 0, last: 9 },
    { first: 4000, last: 4095 },
    { first: 9, last: 8 },
  ])
    expect(() => poolSize([range])).toThrow(/VLAN IDs/);
});

test('overlapping ranges count once: as a set of IDs does', () => {
  const id = fc.integer({ min: FIRST_VLAN_ID, max: LAST_VLAN_ID });
  const range = fc.tuple(id, fc.integer({ min: 0, max: 300 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), (drawn) => {
      const ranges = drawn.map(([first, more]) => ({ first, last: Math.min(first + more, LAST_VLAN_ID) }));
      const ids = new Set<number>();
      for (const { first, last } of ranges) for (let one = first; one <= last; one++) ids.add(one);
      expect(poolSize(ranges)).toBe(ids.size);
    }),
    { seed: 12 },
  );
});

/** 32 hosts with 20 VMs of 10 customers each, of 150 customers in the pod, and two uplinks. */
const POD: SwitchUse = { hosts: 32, uplinkPorts: 2, activeVlans: 150, vlansBehindHosts: 320, nics: 640 };

test('virtual ports are ports times VLANs carried: pruning leaves what has a member behind it', () => {
  expect(virtualPorts(POD, 'unpruned')).toBe(34 * 150);
  expect(virtualPorts(POD, 'pruned')).toBe(320 + 2 * 150);
  expect(() => virtualPorts({ ...POD, vlansBehindHosts: 32 * 150 + 1 }, 'pruned')).toThrow(/no more VLANs/);
});

test('virtual ports port by port give the same', () => {
  const members = fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(members, fc.integer({ min: 0, max: 4 }), (vlansOfHosts, uplinkPorts) => {
      const behind = vlansOfHosts.map((vlans) => new Set(vlans));
      const active = new Set(vlansOfHosts.flat());
      const use = {
        ...{ hosts: behind.length, uplinkPorts, activeVlans: active.size, nics: 0 },
        vlansBehindHosts: behind.reduce((sum, vlans) => sum + vlans.size, 0),
      };
      for (const trunks of ['pruned', 'unpruned'] as const) {
        const ports = [...behind.map((vlans) => (trunks === 'pruned' ? vlans : active))];
        for (let uplink = 0; uplink < uplinkPorts; uplink++) ports.push(active);
        expect(virtualPorts(use, trunks)).toBe(ports.reduce((sum, vlans) => sum + vlans.size, 0));
      }
    }),
    { seed: 13 },
  );
});

test('a pod switch learns a MAC address for each host and virtual NIC', () => {
  expect(macEntries(POD)).toBe(672);
});

test("1,024 VLANs are the limit of CloudStack's example switch, a Dell 62xx: the next is one too many", () => {
  const { vlans } = VLAN_LIMITS.find(({ device }) => device.includes('62xx'))!;
  const limits = { vlans: vlans!, virtualPorts: Infinity, macTable: Infinity };
  expect(exceededLimits({ ...POD, activeVlans: 1024 }, 'pruned', limits)).toEqual([]);
  expect(exceededLimits({ ...POD, activeVlans: 1025 }, 'pruned', limits)).toEqual([
    { limit: 'vlans', used: 1025, allowed: 1024 },
  ]);
});

test('an old chassis of 3,000 virtual ports carries the pod pruned, and does not carry it unpruned', () => {
  const { virtualPorts: most } = VLAN_LIMITS.find(({ device }) => device.includes('4500'))!;
  const limits = { vlans: 4094, virtualPorts: most!, macTable: 600 };
  expect(exceededLimits(POD, 'pruned', limits)).toEqual([{ limit: 'macTable', used: 672, allowed: 600 }]);
  expect(exceededLimits(POD, 'unpruned', limits)).toEqual([
    { limit: 'virtualPorts', used: 5100, allowed: 3000 },
    { limit: 'macTable', used: 672, allowed: 600 },
  ]);
});
