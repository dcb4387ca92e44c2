/** What every placement policy must do, whatever it prefers. */
import { describe, expect, test } from 'vitest';
import { PLACEMENT_POLICIES } from '../../../sim/control/scheduler/registry.js';
import { Harness, smallZone } from '../harness.js';

const context = (draw = 0.5) => ({ draw: () => draw, keepGoing: () => true });

describe.each(PLACEMENT_POLICIES.map((policy) => [policy.name, policy] as const))('%s', (_name, policy) => {
  function harness(change = {}, draw?: number): Harness {
    const made = new Harness(smallZone(change));
    made.decide = ({ vm, account, demand }) => policy.place({ vm, account, demand }, made.plane.view, context(draw));
    made.register('acme', 'bolt');
    return made;
  }

  test('fills the zone to the last core, never over it, and then refuses for no-capacity', () => {
    for (const draw of [0, 0.3, 0.999999]) {
      const one = harness({}, draw);
      let refused = 0;
      for (let n = 0; n < 40; n++) {
        one.start(n % 2 ? 'acme' : 'bolt', `vm${n}`);
        one.settle();
        if (one.lastOutcome() === 'no-capacity') refused++;
        else expect(one.lastOutcome()).toBe('done');
      }
      // 24 cores, two routing appliances of half a core: 23 cores are left for VMs of one core; both halves may lie apart.
      const running = [...one.plane.state.vms.values()].filter(
        ({ role, state }) => role === 'user' && state === 'running',
      );
      expect(running.length + refused).toBe(40);
      expect(running.length).toBeGreaterThanOrEqual(22);
      expect(running.length).toBeLessThanOrEqual(23);
    }
  });

  test('keeps to the pods it is given, to hosts in service and to roles', () => {
    const config = smallZone();
    const hosts = config.hosts.map((host, at) => ({
      ...host,
      inService: at !== 2,
      role: at === 0 ? ('routing' as const) : ('computing' as const),
    }));
    const one = harness({
      hosts,
      servers: config.servers.map((server) => ({
        ...server,
        capacityBytes: server.pod === 0 ? 5e9 : server.capacityBytes,
      })),
    });
    one.start('acme', 'a');
    one.settle();
    const [router, vm] = [...one.plane.state.vms.values()].sort(
      (a, b) => Number(b.role === 'router') - Number(a.role === 'router'),
    );
    expect(router!.host, 'routing appliances go to routing servers').toBe(0);
    expect(vm!.host, 'pod 1 has no room for the disk, host 2 is out of service').toBe(3);
  });

  test('sits beside its stopped self: a disk stays in its pod', () => {
    const one = harness();
    one.start('acme', 'a');
    one.settle();
    const { state } = one.plane;
    const vm = state.vm(state.accounts[0]!.vms.get('a')!);
    const pod = state.host(vm.host!).pod;
    one.request({ kind: 'stop', account: 'acme', vm: 'a' });
    one.settle();
    one.request({ kind: 'start', account: 'acme', vm: 'a' });
    one.settle();
    expect(state.host(vm.host!).pod).toBe(pod);
    expect(one.lastOutcome()).toBe('done');
  });

  test('the same view and draw give the same decision', () => {
    const decide = () => {
      const one = harness({}, 0.7);
      for (let n = 0; n < 10; n++) {
        one.start('acme', `vm${n}`, n % 3 ? 'small' : 'large');
        one.settle();
      }
      return [...one.plane.state.vms.values()].map(({ host, nodes }) => [host, nodes]);
    };
    expect(decide()).toEqual(decide());
  });
});
