import { expect, test } from 'vitest';
import { transitionTable } from '../../sim/base/transition-table.js';
import { APPLIANCE_STATES } from '../../sim/control/appliance-states.js';
import { COPY_STATES } from '../../sim/control/copy-states.js';
import { DISK_STATES } from '../../sim/control/disk-states.js';
import { MIGRATION_STATES } from '../../sim/control/migration-states.js';
import { NETWORK_STATES } from '../../sim/control/network-states.js';
import { NIC_STATES } from '../../sim/control/nic-states.js';
import { RULE_STATES } from '../../sim/control/rule-states.js';
import { SNAPSHOT_STATES } from '../../sim/control/snapshot-states.js';
import { VM_STATES } from '../../sim/control/vm-states.js';

const tables = [
  VM_STATES,
  NETWORK_STATES,
  APPLIANCE_STATES,
  DISK_STATES,
  NIC_STATES,
  COPY_STATES,
  SNAPSHOT_STATES,
  RULE_STATES,
  MIGRATION_STATES,
];
/** States that a thing ends in. */
const LAST = [
  'guest network: deleted',
  'template copy: ready',
  'migration: done',
  'migration: rolled-back',
  'migration: dropped',
];
const first = {
  VM: 'destroyed',
  'guest network': 'allocated',
  'routing appliance': 'absent',
  'virtual disk': 'absent',
  'virtual NIC': 'absent',
  'template copy': 'absent',
  snapshot: 'absent',
  rule: 'absent',
  migration: 'new',
};

test.each(tables.map((table) => [table.name, table] as const))(
  '%s: every state is reached and left, every row has a sentence',
  (name, table) => {
    const reached = new Set<string>([first[name as keyof typeof first]]);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const [from, , to] of table.rows) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...table.states].sort());
    for (const state of table.states.filter((one) => !LAST.includes(`${table.name}: ${one}`)))
      expect(
        table.rows.some(([from]) => from === state),
        `${state} is never left`,
      ).toBe(true);
    for (const [, , , why] of table.rows) expect(why).toMatch(/^[A-Z].*\.$/);
  },
);

test('an unlisted change names state and event; a doubled row is refused', () => {
  expect(() => VM_STATES.next('running', 'created' as never)).toThrow('VM: no row for event created in state running');
  expect(() =>
    transitionTable('t', [
      ['a', 'x', 'b', ''],
      ['a', 'x', 'a', ''],
    ]),
  ).toThrow('two rows for x in a');
});
