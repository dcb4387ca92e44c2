/** A zone's state as plain data, to hold two of them against each other. */
import type { ZoneState } from '../../sim/control/state.js';

/** Everything a state holds but derived indexes. */
export function snapshotOfState(state: ZoneState): unknown {
  const { accounts, networks, vms, disks, copies, snapshots, nics, rules } = state;
  const { migrations, queue, migrationsUnderWay, migrationsAt, migrationsAcross } = state;
  const { requests, commands, questions, awaited, whereTo, hosts, servers, next } = state;
  return structuredClone({
    accounts,
    vms,
    disks,
    copies,
    snapshots,
    nics,
    rules,
    ...{ migrations, queue, migrationsUnderWay, migrationsAt, migrationsAcross },
    requests,
    commands,
    ...{ questions, awaited, whereTo },
    hosts,
    servers,
    next,
    networks: networks.map(({ addresses, ...rest }) => ({ ...rest, next: addresses.peek(), used: addresses.used })),
    vlan: state.vlans.peek(),
    publicAddress: state.publicAddresses.peek(),
    publicAddresses: state.publicAddresses.used,
    unsettled: state.unsettled,
    deadline: state.nextDeadline(),
  });
}
