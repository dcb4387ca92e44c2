/** A customer's VM on the first host, migrations of it, and what is looked at afterwards. */
import { expect } from 'vitest';
import type { ZoneConfig } from '../../sim/control/config.js';
import type { MigrationState } from '../../sim/control/migration-states.js';
import type { CommandKind } from '../../sim/control/ports.js';
import { checkInvariants } from './invariants.js';
import { Harness, smallZone } from './harness.js';

/** Two of the first pod, two of the second. */
export const [H0, H1, H2, H3] = ['z1/p1/h0', 'z1/p1/h1', 'z1/p2/h2', 'z1/p2/h3'];

export function withVm(change: Partial<ZoneConfig> = {}): Harness {
  const harness = new Harness(smallZone(change));
  harness.register('acme');
  harness.start('acme', 'web');
  harness.settle();
  return harness;
}

export function migrate(harness: Harness, to = H1, vm = 'web', more: { cold?: true } = {}): void {
  harness.request({ kind: 'migrate', account: 'acme', vm, to, ...more });
}

export const kinds = (harness: Harness): CommandKind[] => harness.outstanding.map(({ kind }) => kind);
export const hostOf = (harness: Harness, name = 'web'): string | null => {
  const { state } = harness.plane;
  const { host } = [...state.vms.values()].find((vm) => vm.name === name)!;
  return host === null ? null : state.host(host).name;
};
export const path = (harness: Harness): MigrationState[] =>
  harness.history.flatMap((tx) => (tx.kind === 'migration-state' ? [tx.to] : []));
export const nicHosts = ({ plane: { state } }: Harness): string[] =>
  [...state.nics.values()].map(({ host }) => state.host(host).name).sort();

/** Nothing of any migration is left, and nothing is outstanding. */
export function expectClean(harness: Harness): void {
  const { state } = harness.plane;
  expect(state.migrations.size).toBe(0);
  expect(harness.outstanding).toEqual([]);
  expect(state.commands.size).toBe(0);
  checkInvariants(state);
}
