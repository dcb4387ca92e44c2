/**
 * Rules in routing appliances and in the zone's firewall. DHCP (with DNS) entries come and go with VMs, source NAT with the
 * routing appliance, the others by their customers' requests. A rule of an appliance that is not running waits, and is
 * programmed when one runs; one that could not be programmed is removed, to be sure.
 */
import { giveUpCommand, sendRuleCommand } from './commands.js';
import type { NetworkId, Reason, RequestId, RuleSpec, VmId } from './ports.js';
import type { NetworkRecord, RuleRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import type { VmState } from './vm-states.js';
import type { Step } from './step.js';

interface RuleOrigin {
  label?: string | null;
  request?: RequestId | null;
  /** It failed before: not at once. */
  later?: boolean;
}

/** A new rule: programmed now, or once its routing appliance runs. */
export function addRule(
  step: Step,
  network: NetworkId,
  spec: RuleSpec,
  { label = null, request = null, later = false }: RuleOrigin = {},
): void {
  const rule = createRule(step, network, spec, label);
  if (isProgrammable(step, rule)) {
    step.ruleEvent(rule, 'add', request);
    return sendRuleCommand(step, 'add-rule', rule, later);
  }
  step.ruleEvent(rule, 'wait', request);
  step.endRequestOf(request, null, 'done');
}

export function createRule(step: Step, network: NetworkId, spec: RuleSpec, label: string | null): RuleRecord {
  const id = step.state.next.rule;
  const { type, name, protocol, address, prefixLength, port, targetPort, vms } = spec;
  step.emit({
    at: step.now,
    kind: 'rule',
    rule: id,
    network,
    label,
    type,
    name,
    protocol,
    address,
    prefixLength,
    port,
    targetPort,
    vms,
  });
  return step.state.rule(id);
}

function isProgrammable({ state }: Step, { network, spec }: RuleRecord): boolean {
  if (spec.type === 'firewall') return true;
  const { appliance } = state.network(network);
  return appliance.state === 'running' || appliance.state === 'idle';
}

/** The guest is up, whatever is being done to it. */
const RUNS: ReadonlySet<VmState> = new Set(['running', 'rebooting', 'resizing', 'migrating']);

/** An entry for each of its virtual NICs; one that is still on its way out is made again when it is gone. */
export function ensureDhcp(step: Step, vm: VmRecord, later = false): void {
  for (const { network, address } of vm.interfaces)
    if (network !== null && dhcpRule(step.state, vm, network) === undefined)
      addRule(step, network, dhcpSpec(vm, address!), { later });
}

export function dhcpSpec({ id, name }: VmRecord, address: number): RuleSpec {
  return spec('dhcp', name, address, id);
}

export function sourceNatSpec(address: number, router: VmId): RuleSpec {
  return spec('source-nat', null, address, router);
}

function spec(type: 'dhcp' | 'source-nat', name: string | null, address: number, vm: VmId): RuleSpec {
  return { type, name, protocol: null, address, prefixLength: null, port: null, targetPort: null, vms: [vm] };
}

export function dhcpPresent(state: ZoneState, vm: VmRecord): boolean {
  return vm.networks.every((network) => dhcpRule(state, vm, network)?.state === 'present');
}

function dhcpRule(state: ZoneState, vm: VmRecord, network: NetworkId): RuleRecord | undefined {
  for (const id of vm.rules) {
    const rule = state.rule(id);
    if (rule.spec.type === 'dhcp' && rule.network === network) return rule;
  }
  return undefined;
}

/** The routing appliance runs: it gets its source NAT and all that waited for it. */
export function applianceUp(step: Step, network: NetworkRecord): void {
  const router = step.state.vm(network.appliance.vm!);
  addRule(step, network.id, sourceNatSpec(router.interfaces[2]!.address!, router.id));
  programWaiting(step, network);
}

/** Its routing appliance runs: it is told what it has not been told yet. */
export function programWaiting(step: Step, network: NetworkRecord): void {
  for (const id of [...network.rules]) {
    const rule = step.state.rule(id);
    if (rule.state !== 'waiting') continue;
    step.ruleEvent(rule, 'add');
    sendRuleCommand(step, 'add-rule', rule);
  }
}

/** The routing appliance goes, and with it all that it was told. */
export function applianceDown(step: Step, network: NetworkRecord): void {
  for (const id of [...network.rules]) {
    const rule = step.state.rule(id);
    if (rule.spec.type === 'firewall') continue;
    giveUpCommand(step, rule);
    if (rule.state === 'removing') gone(step, rule);
    else if (rule.state !== 'waiting') {
      step.ruleEvent(rule, 'appliance-gone');
      step.endRequestOf(rule.request, null, 'done');
    }
    if (rule.spec.type === 'source-nat' && rule.state === 'waiting') gone(step, rule);
  }
}

/** Not wanted any more. */
export function removeRule(step: Step, rule: RuleRecord, request: RequestId | null = null): void {
  if (rule.state === 'waiting') return gone(step, rule, request);
  if (rule.state === 'removing') return;
  // Who asked for it learns that it is not coming.
  step.endRequestOf(rule.request, null, 'failed', 'unknown-vm');
  step.ruleEvent(rule, 'remove', request);
  sendRuleCommand(step, 'remove-rule', rule);
}

/** The VM is destroyed: rules that are about it alone go, others are about the rest of their VMs from now on. */
export function dropRulesOf(step: Step, vm: VmRecord): void {
  for (const id of [...vm.rules]) {
    const rule = step.state.rule(id);
    const vms = rule.spec.vms.filter((one) => one !== vm.id);
    if (vms.length === 0) {
      removeRule(step, rule);
      continue;
    }
    step.emit({ at: step.now, kind: 'rule-vms', rule: id, vms });
    if (rule.state !== 'present' && rule.state !== 'adding') continue;
    step.ruleEvent(rule, 'change');
    sendRuleCommand(step, 'add-rule', rule);
  }
}

export function ruleAdded(step: Step, rule: RuleRecord): void {
  step.ruleEvent(rule, 'added');
  step.endRequestOf(rule.request, null, 'done');
  if (rule.spec.type === 'dhcp') step.life.checkProvisioned(step, step.state.vm(rule.spec.vms[0]!));
}

export function ruleFailed(step: Step, rule: RuleRecord, reason: Reason): void {
  step.endRequestOf(rule.request, null, 'failed', reason);
  const vm = rule.spec.type === 'dhcp' ? step.state.vm(rule.spec.vms[0]!) : null;
  step.ruleEvent(rule, 'remove', null);
  sendRuleCommand(step, 'remove-rule', rule);
  if (vm?.state === 'provisioning') step.life.failed(step, vm, reason);
}

/** It is programmed nowhere any more. */
export function ruleRemoved(step: Step, rule: RuleRecord): void {
  gone(step, rule);
}

function gone(step: Step, rule: RuleRecord, request: RequestId | null = rule.request): void {
  const { vms } = rule.spec;
  step.ruleEvent(rule, 'removed', request);
  step.endRequestOf(request, null, 'done');
  for (const id of vms) {
    const vm = step.state.vms.get(id);
    if (!vm) continue;
    // One that an inventory found running did not wait for its entry, and still needs it.
    const served = RUNS.has(vm.state);
    if (vm.role === 'user' && (served || vm.state === 'provisioning')) ensureDhcp(step, vm, served);
    step.life.checkGone(step, vm);
  }
}
