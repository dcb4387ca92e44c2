/**
 * Why a request was refused or failed, in words: the codes are permanent and stand beside them, for they are what a
 * scenario's `expect` names. A code that is not known here stands for itself.
 */
const WORDS: Readonly<Record<string, string>> = {
  'vlan-exhausted': 'no VLAN ID left in the pool',
  'no-capacity': 'no host with room for the VM',
  'switch-vlans-exhausted': 'a host had room, but a switch can carry no further VLAN',
  'networks-apart': 'its guest networks are in different pods',
  'storage-full': 'no storage server with room for the disk',
  'guest-addresses-exhausted': 'no private address left',
  'public-addresses-exhausted': 'no public address left',
  'management-addresses-exhausted': 'no management address left',
  'already-running': 'the VM runs already',
  'not-running': 'the VM does not run',
  'vm-busy': 'the VM is in the midst of a change',
  'unknown-account': 'no such account',
  'unknown-vm': 'no such VM',
  'unknown-offering': 'no such offering',
  'unknown-function': 'no such function',
  'unknown-template': 'no such template',
  'unknown-network': 'no such guest network',
  'unknown-snapshot': 'no such snapshot',
  'unknown-rule': 'no such rule',
  'unknown-address': 'no such public address',
  'unknown-zone': 'no such zone',
  'bad-request': 'amounts, names or addresses that cannot be meant',
  'account-exists': 'the account is there already',
  'vm-exists': 'the VM is there already',
  'network-exists': 'the guest network is there already',
  'snapshot-exists': 'the snapshot is there already',
  'rule-exists': 'the rule is there already',
  'rule-conflict': 'another rule is about the same port or host name',
  'network-in-use': 'something is left in the guest network',
  'address-in-use': 'the address is taken, or a rule is about it',
  'vlan-unavailable': 'this VLAN ID is not in the pool, or another guest network has it',
  'unknown-host': 'no such host',
  'host-out-of-service': 'the host is not in service',
  'already-there': 'it is there already',
  'has-snapshots': 'a disk with snapshots stays where it is',
  'round-under-way': 'a round of defragmentation is under way',
  withdrawn: 'the zone that was to hand it over has taken that back',
  'not-converging': 'the guest writes faster than it can be copied',
  'destination-failed': 'the destination could not take it',
  'vm-lost': 'no host has the VM any more',
  unsupported: 'the host or disk cannot do it',
  'agent-silent': 'the agent did not answer',
  'agent-failed': 'the agent could not do it',
  'policy-failed': 'the policy gave no usable answer',
};

export function reasonText(code: string): string {
  return Object.hasOwn(WORDS, code) ? WORDS[code]! : code;
}

/** Reasons that occurred, most frequent first, then by name. */
export function byFrequency(counts: Readonly<Record<string, number>>): { reason: string; count: number }[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
