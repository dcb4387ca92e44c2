/** Requests about customers' networks: guest networks of their own, public addresses, rules of appliance and firewall. */
import { unreachable } from '../base/assert.js';
import { acknowledge, end } from './acknowledge.js';
import { isGuestPrefix, usable } from './guest-range.js';
import { unbind } from './pod-binding.js';
import type { Reason, Request, RuleSpec, RuleWish, VmId } from './ports.js';
import type { AccountRecord, NetworkRecord } from './records.js';
import { addRule, removeRule } from './rules.js';
import type { Step } from './step.js';

type Of<Kind extends Request['kind']> = Extract<Request, { kind: Kind }>;

export function createNetwork(step: Step, request: Of<'create-network'>, account: AccountRecord): void {
  const { state } = step;
  const { guestRange, guestGateway, vlanAssigned } = state.config;
  const { network: name, range } = request;
  const refuse = (reason: Reason): void => end(step, request, account.id, null, reason);
  if (account.networks.has(name)) return refuse('network-exists');
  if (range && !isGuestPrefix(range)) return refuse('bad-request');
  const vlan = vlanAssigned === 'at-registration' ? state.vlans.peek() : null;
  if (vlanAssigned === 'at-registration' && vlan === null) return refuse('vlan-exhausted');
  const network = state.networks.length;
  const { first: address, prefixLength } = range ?? guestRange;
  const gateway = range ? usable(range).first : guestGateway;
  step.emit({ at: step.now, kind: 'network', network, account: account.id, name, address, prefixLength, gateway });
  if (vlan !== null) step.emit({ at: step.now, kind: 'vlan-assigned', network, vlan });
  end(step, request, account.id, null, null);
}

/** Only one that nothing is left of. */
export function deleteNetwork(step: Step, request: Of<'delete-network'>, account: AccountRecord): void {
  const network = named(step, account, request.network);
  if (!network) return end(step, request, account.id, null, 'unknown-network');
  const used = network.vms.size + network.nics.size + network.rules.size + network.publicAddresses.size > 0;
  if (used || network.state !== 'allocated') return end(step, request, account.id, null, 'network-in-use');
  if (network.vlan !== null)
    step.emit({ at: step.now, kind: 'vlan-released', network: network.id, vlan: network.vlan });
  unbind(step, network);
  step.networkEvent(network, 'delete');
  end(step, request, account.id, null, null);
}

export function acquireAddress(step: Step, request: Of<'acquire-address'>, account: AccountRecord): void {
  const network = named(step, account, request.network);
  const address = step.state.publicAddresses.peek();
  if (!network) return end(step, request, account.id, null, 'unknown-network');
  if (address === null) return end(step, request, account.id, null, 'public-addresses-exhausted');
  step.emit({ at: step.now, kind: 'address-acquired', network: network.id, address });
  end(step, request, account.id, null, null);
}

/** Only one that no rule is about. */
export function releaseAddress(step: Step, request: Of<'release-address'>, account: AccountRecord): void {
  const { address } = request;
  const network = named(step, account, request.network);
  if (!network) return end(step, request, account.id, null, 'unknown-network');
  if (!network.publicAddresses.has(address)) return end(step, request, account.id, null, 'unknown-address');
  for (const id of network.rules) {
    const { type, address: public_ } = step.state.rule(id).spec;
    if ((type === 'port-forward' || type === 'load-balancer') && public_ === address)
      return end(step, request, account.id, null, 'address-in-use');
  }
  step.emit({ at: step.now, kind: 'address-returned', network: network.id, address });
  end(step, request, account.id, null, null);
}

export function addNamedRule(step: Step, request: Of<'add-rule'>, account: AccountRecord): void {
  const network = named(step, account, request.network);
  if (!network) return end(step, request, account.id, null, 'unknown-network');
  if (network.ruleNames.has(request.rule)) return end(step, request, account.id, null, 'rule-exists');
  const spec = specOf(account, network, request.rule, request.wish);
  if (typeof spec === 'string') return end(step, request, account.id, null, spec);
  if (conflicts(step, network, spec)) return end(step, request, account.id, null, 'rule-conflict');
  addRule(step, network.id, spec, { label: request.rule, request: acknowledge(step, request, account.id, null) });
}

export function removeNamedRule(step: Step, request: Of<'remove-rule'>, account: AccountRecord): void {
  const network = named(step, account, request.network);
  if (!network) return end(step, request, account.id, null, 'unknown-network');
  const id = network.ruleNames.get(request.rule);
  if (id === undefined) return end(step, request, account.id, null, 'unknown-rule');
  const rule = step.state.rule(id);
  if (rule.state === 'adding' || rule.state === 'removing') return end(step, request, account.id, null, 'vm-busy');
  removeRule(step, rule, acknowledge(step, request, account.id, null));
}

function named(step: Step, account: AccountRecord, name: string): NetworkRecord | undefined {
  const id = account.networks.get(name);
  return id === undefined ? undefined : step.state.network(id);
}

/** The wish with VMs by number; a string: what is wrong with it. */
function specOf(account: AccountRecord, network: NetworkRecord, name: string, wish: RuleWish): RuleSpec | Reason {
  const blank = { name, protocol: null, address: null, prefixLength: null, port: null, targetPort: null };
  switch (wish.type) {
    case 'port-forward':
    case 'load-balancer': {
      const { protocol, publicAddress: address, port, targetPort } = wish;
      const vms = vmsNamed(account, network, wish.type === 'port-forward' ? [wish.vm] : wish.vms);
      if (vms === null) return 'unknown-vm';
      if (address !== null && !network.publicAddresses.has(address)) return 'unknown-address';
      if (!isPort(port) || !isPort(targetPort) || vms.length === 0) return 'bad-request';
      return { ...blank, type: wish.type, protocol, address, port, targetPort, vms };
    }
    case 'firewall': {
      const { protocol, source, firstPort: port, lastPort: targetPort } = wish;
      if (!isPort(port) || !isPort(targetPort) || port > targetPort) return 'bad-request';
      const { first: address, prefixLength } = source;
      return { ...blank, type: 'firewall', protocol, address, prefixLength, port, targetPort, vms: [] };
    }
    case 'dns': {
      const vms = vmsNamed(account, network, [wish.vm]);
      return vms === null ? 'unknown-vm' : { ...blank, type: 'dns', name: wish.host, vms };
    }
    default:
      return unreachable(wish, 'rule');
  }
}

/** null: one of them is not the customer's, or not in the guest network. */
function vmsNamed(account: AccountRecord, network: NetworkRecord, names: readonly string[]): VmId[] | null {
  const vms: VmId[] = [];
  for (const name of new Set(names)) {
    const vm = account.vms.get(name);
    if (vm === undefined || !network.vms.has(vm)) return null;
    vms.push(vm);
  }
  return vms;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Two rules must not both be about the same port of the same address, nor give out the same host name. */
function conflicts({ state }: Step, network: NetworkRecord, spec: RuleSpec): boolean {
  if (spec.type === 'firewall') return false;
  for (const id of network.rules) {
    const other = state.rule(id).spec;
    if (spec.type === 'dns') {
      if ((other.type === 'dns' || other.type === 'dhcp') && other.name === spec.name) return true;
    } else if (
      other.type !== 'firewall' &&
      other.port !== null &&
      other.port === spec.port &&
      other.protocol === spec.protocol &&
      other.address === spec.address
    )
      return true;
  }
  return false;
}
