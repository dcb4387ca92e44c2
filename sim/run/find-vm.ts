/** Finds a VM of a recorded run by what a person calls it. Guarantees one VM, or an InputError that names those that are near. */
import { InputError } from '../base/errors.js';
import type { AccountId, VmId, VmRole } from '../control/ports.js';
import { nearest } from '../scenario/nearest.js';
import type { RecordedRun } from '../store/open-run.js';

export interface KnownVm {
  id: VmId;
  zone: string;
  account: AccountId;
  /** "acme/vm-0001" */
  fullName: string;
  role: VmRole;
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
}

export interface FoundVm {
  vm: KnownVm;
  /** The lane of its zone. */
  lane: number;
  namesakes: VmId[];
}

/** "12", "zone/12" where several zones have a VM of this number, or "account/name": then the latest of this name. */
export function findVm(run: RecordedRun, wanted: string): FoundVm {
  const vms = knownVms(run);
  const number = /^(?:(.+)\/)?(\d+)$/.exec(wanted);
  const zones = run.header.zones.map(({ name }) => name);
  const byNumber = number
    ? vms.filter(({ id, zone }) => id === Number(number[2]) && (number[1] === undefined || number[1] === zone))
    : [];
  if (byNumber.length > 1) {
    const all = byNumber.map(({ zone, id }) => `${zone}/${id}`).join(' or ');
    throw InputError.of('ambiguous-vm', `several zones have a VM ${wanted}: write ${all}`);
  }
  const found = byNumber[0] ?? vms.findLast(({ fullName }) => fullName === wanted);
  if (!found) throw unknown(wanted, vms);
  const namesakes = vms.filter((one) => one !== found && one.fullName === found.fullName && one.zone === found.zone);
  // What zones share comes first.
  return { vm: found, lane: 1 + zones.indexOf(found.zone), namesakes: namesakes.map(({ id }) => id) };
}

/** In the order of zones, then of creation. */
function knownVms(run: RecordedRun): KnownVm[] {
  const vms: KnownVm[] = [];
  run.header.zones.forEach(({ name: zone }, at) => {
    const accounts: string[] = [];
    for (const tx of run.history(1 + at)) {
      if (tx.kind === 'account') accounts[tx.account] = tx.name;
      if (tx.kind !== 'vm') continue;
      const { vm: id, account, name, role, cpuMillis, memoryBytes, diskBytes } = tx;
      const fullName = `${accounts[account]!}/${name}`;
      vms.push({ id, zone, account, fullName, role, cpuMillis, memoryBytes, diskBytes });
    }
  });
  return vms;
}

function unknown(wanted: string, vms: readonly KnownVm[]): InputError {
  if (vms.length === 0) return InputError.of('unknown-vm', 'the run has no VM at all');
  const names = [...new Set(vms.map(({ fullName }) => fullName))];
  const near = nearest(wanted, names) ?? names.find((name) => name.endsWith(`/${wanted}`));
  const highest = Math.max(...vms.map(({ id }) => id));
  const hint = near === undefined ? `e.g. '${names[0]!}'` : `did you mean '${near}'?`;
  return InputError.of(
    'unknown-vm',
    `the run has no VM '${wanted}'; VMs go by number, 0 to ${highest}, or by account and name: ${hint}`,
  );
}
