/** All checkers of the plant's truth. They share no code with it: they see a snapshot and know the rules of the world. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import { addressesUnique } from './addresses-unique.js';
import type { Checker } from './checker.js';
import { clonesHaveTemplate } from './clones-have-template.js';
import { dhcpServesVms } from './dhcp-serves-vms.js';
import { diskOfOneVm } from './disk-of-one-vm.js';
import { nicServesVm } from './nic-serves-vm.js';
import { nodeCapacity } from './node-capacity.js';
import { oneBridgePerNetwork } from './one-bridge-per-network.js';
import { oneHostPerVm } from './one-host-per-vm.js';
import { passageOfAVm } from './passage-of-a-vm.js';
import { passagesEnd } from './passages-end.js';
import { overprovision } from './overprovision.js';
import { rulesInRunningAppliances } from './rules-in-running-appliances.js';
import { storageCapacity } from './storage-capacity.js';
import { switchLimits } from './switch-limits.js';
import { vlanOfOneNetwork } from './vlan-of-one-network.js';
import { vmHasBridge } from './vm-has-bridge.js';

export const CHECKERS = [
  nodeCapacity,
  overprovision,
  oneHostPerVm,
  passageOfAVm,
  passagesEnd,
  vmHasBridge,
  oneBridgePerNetwork,
  diskOfOneVm,
  storageCapacity,
  switchLimits,
  vlanOfOneNetwork,
  addressesUnique,
  nicServesVm,
  clonesHaveTemplate,
  rulesInRunningAppliances,
  dhcpServesVms,
] as const satisfies readonly Checker[];

const RANK = { throughout: 0, orderly: 1, 'at rest': 2 } as const;

/** Every violation of what must hold now, each with its checker's name. `at rest` includes the other two. */
export function violationsOf(snapshot: PlantSnapshot, now: Checker['holds']): string[] {
  return CHECKERS.filter(({ holds }) => RANK[holds] <= RANK[now]).flatMap((checker) =>
    checker.violations(snapshot).map((violation) => `${checker.name}: ${violation}`),
  );
}
