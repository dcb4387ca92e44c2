/**
 * Random requests, answers, faults and time against the invariants; then everything heals and each request must have
 * ended, each VM be running, stopped or gone, and the fold of the history equal the state.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldHistory } from '../../sim/control/fold/fold.js';
import { unreachable } from '../../sim/base/assert.js';
import type { ZoneConfig } from '../../sim/control/config.js';
import type { AgentReason } from '../../sim/control/ports.js';
import { checkInvariants } from './invariants.js';
import { snapshotOfState } from './snapshot.js';
import { fullZone, GIB, Harness, MINUTE, SECOND } from './harness.js';

const accounts = ['acme', 'bolt', 'cosy', 'dune'];
const account = fc.constantFrom(...accounts);
const vm = fc.constantFrom('a', 'b', 'c', 'd');
const reasons: AgentReason[] = ['no-room', 'hypervisor-error', 'refused'];

const network = fc.constantFrom('default', 'back', 'far');
const name = fc.constantFrom('one', 'two');
const offering = fc.constantFrom('small', 'large', 'imaged', 'near');

/** Requests as a customer may make them, sensible or not. */
const request = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('start-new' as const),
      account,
      vm,
      want: fc.oneof(
        { weight: 6, arbitrary: fc.record({ offering }) },
        { weight: 1, arbitrary: fc.record({ function: fc.constantFrom('web-server', 'nonsense') }) },
        {
          weight: 1,
          arbitrary: fc.record({
            cpuMillis: fc.constantFrom(500, 2000, -1),
            memoryBytes: fc.constant(GIB),
            diskBytes: fc.constantFrom(0, GIB),
            localDisk: fc.boolean(),
          }),
        },
      ),
      networks: fc.oneof(
        { weight: 3, arbitrary: fc.constant(['default']) },
        { weight: 2, arbitrary: fc.uniqueArray(network, { minLength: 1, maxLength: 3 }) },
      ),
      addresses: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.constant([0x0a010105, 0x0a010106]) },
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'start' as const,
        'stop' as const,
        'reboot' as const,
        'destroy' as const,
        'console' as const,
      ),
      account,
      vm,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('resize' as const), account, vm, want: fc.record({ offering }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('snapshot' as const, 'delete-snapshot' as const, 'revert' as const),
      account,
      vm,
      snapshot: name,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('create-network' as const, 'delete-network' as const, 'acquire-address' as const),
      account,
      network,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('release-address' as const),
      account,
      network,
      address: fc.constantFrom(0xcb007101, 0xcb007102, 0xcb007103),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('add-rule' as const),
      account,
      network,
      rule: name,
      wish: fc.oneof(
        fc.record({
          type: fc.constant('port-forward' as const),
          protocol: fc.constant('tcp' as const),
          publicAddress: fc.constantFrom(null, 0xcb007102),
          port: fc.constantFrom(80, 443),
          vm,
          targetPort: fc.constant(8080),
        }),
        fc.record({
          type: fc.constant('load-balancer' as const),
          protocol: fc.constant('tcp' as const),
          publicAddress: fc.constant(null),
          port: fc.constantFrom(80, 443),
          vms: fc.uniqueArray(vm, { minLength: 1, maxLength: 3 }),
          targetPort: fc.constant(8080),
        }),
        fc.record({
          type: fc.constant('firewall' as const),
          protocol: fc.constant('tcp' as const),
          source: fc.constant({ first: 0, prefixLength: 0 }),
          firstPort: fc.constant(1),
          lastPort: fc.constant(9),
        }),
        fc.record({ type: fc.constant('dns' as const), host: name, vm }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-rule' as const), account, network, rule: name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('throttle' as const),
      account,
      networkBitsPerSecond: fc.constantFrom(null, 1e6, 1e8, -1),
      iops: fc.constantFrom(null, 100, 900),
    }),
  },
);

const action = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('request' as const), request }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('fail' as const), which: fc.nat(20), reason: fc.constantFrom(...reasons) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('double' as const), which: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(900) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function act(harness: Harness, one: Action): void {
  const { outstanding } = harness;
  switch (one.do) {
    case 'request':
      return void harness.request(one.request);
    case 'answer':
    case 'fail':
    case 'lose': {
      const [command] = outstanding.splice(one.which % Math.max(1, outstanding.length), 1);
      if (!command) return;
      harness.answered.push(command);
      if (one.do !== 'lose') harness.report(command.number, one.do === 'fail' ? one.reason : null);
      return;
    }
    case 'double': {
      const command = harness.answered[harness.answered.length - 1 - one.which];
      if (command) harness.report(command.number);
      return;
    }
    case 'wait':
      return void harness.advanceTo(harness.now + one.seconds * SECOND);
    default:
      return unreachable(one, 'action');
  }
}

function heal(harness: Harness): void {
  for (let round = 0; round < 500; round++) {
    harness.settle();
    if (harness.wakeAt === null) return;
    harness.advanceTo(Math.max(harness.now, harness.wakeAt));
  }
  throw new Error('does not come to rest');
}

/** Switches at whose limits a few guest networks come. */
const narrow = (trunks: 'pruned' | 'unpruned') => ({
  trunks,
  pods: [
    { vlans: 3, virtualPorts: 8 },
    { vlans: 4, virtualPorts: 6 },
  ],
  zone: { vlans: 4, virtualPorts: 7 },
});

const ZONES: Readonly<Record<string, Partial<ZoneConfig>>> = {
  'VLAN ID at-first-use': {},
  'VLAN ID at-registration': { vlanAssigned: 'at-registration' },
  'narrow switches': { vlans: [600, 601, 602, 603, 604], switches: narrow('pruned') },
  'narrow switches, unpruned': { vlans: [600, 601, 602, 603, 604], switches: narrow('unpruned') },
  "VLAN IDs a pod's": { vlans: [600, 601], vlanScope: 'pod' },
  "VLAN IDs a pod's, narrow switches": {
    ...{ vlans: [600, 601, 602], vlanScope: 'pod', switches: narrow('unpruned') },
  },
  throttles: {
    throttle: { networkBitsPerSecond: 1e7, iops: null },
    offerings: fullZone().offerings.map((one, at) => ({
      ...one,
      throttle: { networkBitsPerSecond: null, iops: 200 * at },
    })),
  },
  overlay: { vlanScope: 'overlay', switches: narrow('unpruned') },
};

for (const [title, change] of Object.entries(ZONES)) {
  test(`random commands keep the invariants and all ends well (${title})`, () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 150 }), (actions) => {
        const harness = new Harness(fullZone(change));
        harness.register(...accounts);
        for (const one of actions) {
          act(harness, one);
          checkInvariants(harness.plane.state);
        }
        heal(harness);
        const { state } = harness.plane;
        checkInvariants(state);
        expect(state.requests.size, 'an acknowledged request without an end').toBe(0);
        expect(state.commands.size).toBe(0);
        expect(state.unsettled.size, 'a VM whose throttle nobody confirmed').toBe(0);
        for (const one of state.vms.values())
          expect(one.role === 'router' ? ['running'] : ['running', 'stopped']).toContain(one.state);
        expect(snapshotOfState(foldHistory(harness.config, harness.history))).toEqual(snapshotOfState(state));
      }),
      { seed: 7, numRuns: Object.keys(change).length === 0 ? 400 : 200 },
    );
  });
}

test('a time-out of a minute is met at the minute, not before', () => {
  const harness = new Harness();
  harness.register('acme');
  harness.start('acme', 'a');
  expect(harness.wakeAt).toBe(MINUTE);
  expect(harness.advanceTo(MINUTE - 1)).toEqual([]);
  expect(harness.advanceTo(MINUTE).map(({ kind }) => kind)).toContain('command-repeated');
});
