/**
 * Random requests, answers, faults and time against the invariants; then everything heals and each request must have
 * ended, each VM be running, stopped or gone, and the fold of the history equal the state.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldHistory } from '../../sim/control/fold.js';
import type { AgentReason } from '../../sim/control/ports.js';
import { checkInvariants } from './invariants.js';
import { snapshotOfState } from './snapshot.js';
import { Harness, MINUTE, SECOND, smallZone } from './harness.js';

const accounts = ['acme', 'bolt', 'cosy', 'dune', 'echo'];
const account = fc.constantFrom(...accounts);
const vm = fc.constantFrom('a', 'b', 'c', 'd');
const reasons: AgentReason[] = ['no-room', 'hypervisor-error', 'refused'];

const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('start-new' as const),
      account,
      vm,
      want: fc.constantFrom(...[{ offering: 'small' }, { offering: 'large' }], {
        cpuMillis: 1500,
        memoryBytes: 3 * 2 ** 30,
        diskBytes: 0,
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('start' as const, 'stop' as const, 'reboot' as const, 'destroy' as const),
      account,
      vm,
    }),
  },
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
    case 'start-new':
      return void harness.startAs(one.account, one.vm, one.want);
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
      return void harness.request({ kind: one.do, account: one.account, vm: one.vm });
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

for (const vlanAssigned of ['at-first-use', 'at-registration'] as const) {
  test(`random commands keep the invariants and all ends well (VLAN ID ${vlanAssigned})`, () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 120 }), (actions) => {
        const harness = new Harness(smallZone({ vlanAssigned }));
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
        for (const one of state.vms.values())
          expect(one.role === 'router' ? ['running'] : ['running', 'stopped']).toContain(one.state);
        expect(snapshotOfState(foldHistory(harness.config, harness.history))).toEqual(snapshotOfState(state));
      }),
      { seed: 7, numRuns: 300 },
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
