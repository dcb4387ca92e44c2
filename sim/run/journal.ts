/**
 * A history as lines that a person reads and a reviewer diffs: simulated time, zone, what changed, by names instead of
 * numbers. One line a state change; a command shows only when it was repeated or did not end well.
 */
import type { Transaction } from '../control/history.js';
import { exactQuantity, MIB, MILLIS_PER_CORE } from '../base/units.js';
import type { NetworkId, RuleSpec, Throttle, VmId } from '../control/ports.js';
import { formatAddress } from '../scenario/addresses.js';

export interface JournalNames {
  /** Zone, or "shared". */
  lane: string;
  pods: readonly string[];
  hosts: readonly string[];
  servers: readonly string[];
  templates: readonly string[];
}

export class Journal {
  private readonly accounts: string[] = [];
  private readonly networks: string[] = [];
  private readonly vms = new Map<VmId, string>();
  private readonly disks = new Map<number, string>();
  private readonly nics = new Map<number, string>();
  private readonly copies = new Map<number, string>();
  private readonly snapshots = new Map<number, string>();
  private readonly ruleTexts = new Map<number, string>();
  private readonly migrations = new Map<number, string>();
  private readonly commands = new Map<number, string>();
  private readonly requests = new Map<number, string>();

  constructor(private readonly names: JournalNames) {}

  /** The line for a transaction; null where it shows in another's. */
  line(tx: Transaction): string | null {
    const text = this.text(tx);
    return text === null ? null : `${clock(tx.at)} ${this.names.lane.padEnd(6)} ${text}`;
  }

  private text(tx: Transaction): string | null {
    switch (tx.kind) {
      case 'account':
        this.accounts[tx.account] = tx.name;
        return `account ${tx.name} registered in ${tx.zone}`;
      case 'network':
        this.networks[tx.network] = `${this.accounts[tx.account]}/${tx.name}`;
        return `guest network ${this.network(tx.network)} allocated`;
      case 'vlan-assigned':
        return `guest network ${this.network(tx.network)} gets VLAN ID ${tx.vlan}`;
      case 'vlan-released':
        return `guest network ${this.network(tx.network)} gives back VLAN ID ${tx.vlan}`;
      case 'network-pod':
        return `guest network ${this.network(tx.network)} ${tx.pod === null ? 'in no pod any more' : `in pod ${this.names.pods[tx.pod]}`}`;
      case 'network-state':
        return `guest network ${this.network(tx.network)} ${change(tx)}`;
      case 'appliance-state': {
        const due = until(tx.to === 'missing' ? ', to be tried again at' : ', to be collected at', tx.dueAt);
        return `routing appliance of ${this.network(tx.network)} ${change(tx)}${due}`;
      }
      case 'vm':
        this.vms.set(tx.vm, `${this.accounts[tx.account]}/${tx.name}`);
        return null;
      case 'vm-resize':
        return `VM ${this.vm(tx.vm)} to have ${sizeText(tx)}`;
      case 'vm-size':
        return `VM ${this.vm(tx.vm)} has ${sizeText(tx)}`;
      case 'vm-throttle':
        return `VM ${this.vm(tx.vm)} to be throttled to ${throttleText(tx)}`;
      case 'account-throttle':
        return `VMs of account ${this.accounts[tx.account]} may have ${throttleText(tx)}`;
      case 'vm-state':
        return `VM ${this.vm(tx.vm)} ${change(tx)}${because(tx.reason)}`;
      case 'address-assigned':
        return `VM ${this.vm(tx.vm)} ${tx.interface} ${formatAddress(tx.address)}`;
      case 'address-released':
        return `VM ${this.vm(tx.vm)} ${tx.interface} ${formatAddress(tx.address)} given back`;
      case 'placed':
        return `VM ${this.vm(tx.vm)} on host ${this.names.hosts[tx.host]} NUMA ${tx.nodes.join('+')}`;
      case 'unplaced':
        return `VM ${this.vm(tx.vm)} off host ${this.names.hosts[tx.host]}${until(', held there until', tx.heldUntil)}`;
      case 'hold-ended':
        return `VM ${this.vm(tx.vm)} holds nothing on host ${this.names.hosts[tx.host]} any more`;
      case 'nic':
        this.nics.set(tx.nic, `of ${this.network(tx.network)} on ${this.names.hosts[tx.host]}`);
        return null;
      case 'nic-state':
        return `virtual NIC ${this.nics.get(tx.nic)} ${change(tx)}`;
      default:
        return this.migration(tx) ?? this.round(tx) ?? this.storage(tx) ?? this.rules(tx) ?? this.exchange(tx);
    }
  }

  private migration(tx: Transaction): string | null {
    const { hosts } = this.names;
    switch (tx.kind) {
      case 'migration': {
        const from = tx.source === null ? '' : ` from ${hosts[tx.source]}`;
        const what = `${tx.migration} of ${this.vm(tx.vm)}${tx.how === 'cold' ? ' (cold)' : ''}${from}`;
        const to = tx.destination === null ? tx.zone : hosts[tx.destination]!;
        this.migrations.set(tx.migration, to === null ? what : `${what} to ${to}`);
        return null;
      }
      case 'migration-state':
        return `migration ${this.migrations.get(tx.migration)} ${change(tx)}${because(tx.reason)}`;
      case 'migration-destination':
        return tx.host === null ? null : `migration ${tx.migration} is to go to host ${hosts[tx.host]}`;
      case 'migration-reserved':
        return `migration ${tx.migration} holds room on host ${hosts[tx.host]} NUMA ${tx.nodes.join('+')}`;
      case 'migration-said':
        return `migration ${tx.migration}: the ${tx.end} has the VM ${tx.said}`;
      case 'migration-disk':
        this.disks.set(tx.disk, `of ${this.vm(tx.vm)} on ${this.names.servers[tx.server]}`);
        return null;
      case 'vm-disk':
        return `VM ${this.vm(tx.vm)} has disk ${this.disks.get(tx.disk)}`;
      case 'migration-admitted':
        return `migration ${tx.migration} is admitted in the other zone`;
      case 'vm-awaited':
        return `VM ${this.vm(tx.vm)} is awaited from ${tx.zone}, where it is in migration ${tx.migration}`;
      case 'vm-admitted':
        return `VM ${this.vm(tx.vm)} has what it needs but its disk's content`;
      case 'vm-taken':
        return `VM ${this.vm(tx.vm)} is this zone's`;
      case 'vm-held':
        return `VM ${this.vm(tx.vm)} off, held on host ${hosts[tx.host]}${until(' until', tx.heldUntil)}`;
      case 'vm-moved':
        return `VM ${this.vm(tx.vm)} on host ${hosts[tx.host]} NUMA ${tx.nodes.join('+')}`;
      case 'migration-freed':
        return `migration ${tx.migration} holds nothing on host ${hosts[tx.host]} any more`;
      default:
        return null;
    }
  }

  /** Of defragmentation. */
  private round(tx: Transaction): string | null {
    const named = (networks: readonly number[]): string => networks.map((one) => this.network(one)).join(', ');
    switch (tx.kind) {
      case 'round-begun':
        return `round ${tx.round} of defragmentation looks at ${tx.networks.length === 0 ? 'nothing' : named(tx.networks)}`;
      case 'round-planned': {
        const left = tx.networks.map((one, at) => `; leaves ${this.network(one)}: ${tx.reasons[at]}`).join('');
        return `round ${tx.round} plans ${tx.moves} migrations${left}`;
      }
      case 'round-put-off':
        return 'a round is due while the one before is under way: put off';
      case 'maintenance-state': {
        const hosts = tx.hosts.map((host) => this.names.hosts[host]).join(', ');
        return `maintenance ${tx.maintenance} ${tx.to}: ${hosts}`;
      }
      case 'round-ended':
        return `round ${tx.round} has ended`;
      default:
        return null;
    }
  }

  /** Disks, templates' copies and snapshots. */
  private storage(tx: Transaction): string | null {
    switch (tx.kind) {
      case 'disk':
        this.disks.set(tx.disk, `of ${this.vm(tx.vm)} on ${this.names.servers[tx.server]}`);
        return null;
      case 'disk-state':
        return `disk ${this.disks.get(tx.disk)} ${change(tx)}`;
      case 'template-copy':
        this.copies.set(tx.copy, `${this.names.templates[tx.template]} on ${this.names.servers[tx.server]}`);
        return null;
      case 'copy-state':
        return `template ${this.copies.get(tx.copy)} ${change(tx)}`;
      case 'snapshot':
        this.snapshots.set(tx.snapshot, `${tx.name} of ${this.vm(tx.vm)} on ${this.names.servers[tx.server]}`);
        return null;
      case 'snapshot-state':
        return `snapshot ${this.snapshots.get(tx.snapshot)} ${change(tx)}`;
      default:
        return null;
    }
  }

  /** Rules, public addresses, consoles, and what agents found on hosts. */
  private rules(tx: Transaction): string | null {
    switch (tx.kind) {
      case 'rule':
        this.ruleTexts.set(tx.rule, `${ruleText(tx)} in ${this.network(tx.network)}`);
        return null;
      case 'rule-state':
        return `rule ${this.ruleTexts.get(tx.rule)} ${change(tx)}`;
      case 'rule-vms':
        return `rule ${this.ruleTexts.get(tx.rule)} for ${tx.vms.map((vm) => this.vm(vm)).join(', ')}`;
      case 'address-acquired':
        return `guest network ${this.network(tx.network)} gets public address ${formatAddress(tx.address)}`;
      case 'address-returned':
        return `guest network ${this.network(tx.network)} gives back public address ${formatAddress(tx.address)}`;
      case 'console-opened':
        return `console of VM ${this.vm(tx.vm)} on host ${this.names.hosts[tx.host]}, port ${tx.port ?? 'unknown'}`;
      case 'host-capacity':
        return `host ${this.names.hosts[tx.host]} NUMA ${tx.node} has ${sizeText(tx)}`;
      case 'host-features':
        return `host ${this.names.hosts[tx.host]} can do: ${tx.features.join(', ') || 'nothing beside'}`;
      case 'host-service':
        return `host ${this.names.hosts[tx.host]} ${tx.service === 'in' ? 'in' : 'out of'} service: ${tx.reason}`;
      default:
        return null;
    }
  }

  /** Requests, questions and commands. */
  private exchange(tx: Transaction): string | null {
    switch (tx.kind) {
      case 'request': {
        const subject = tx.vm === null ? '' : ` of ${this.vm(tx.vm)}`;
        this.requests.set(tx.request, `${tx.type}${subject}`);
        return null;
      }
      case 'request-ended': {
        const what = this.requests.get(tx.request);
        this.requests.delete(tx.request);
        return `request ${tx.request} ${what}: ${tx.outcome}${because(tx.reason)}`;
      }
      case 'command':
        this.commands.set(tx.command, tx.type);
        return tx.attempt === 0 ? `command ${tx.command} ${tx.type} put off to ${clock(tx.deadline).trim()}` : null;
      case 'command-repeated':
        return `command ${tx.command} ${this.commands.get(tx.command)} sent for the ${ordinal(tx.attempt)} time`;
      case 'command-ended': {
        const type = this.commands.get(tx.command);
        this.commands.delete(tx.command);
        return tx.outcome === 'done' ? null : `command ${tx.command} ${type} ${tx.outcome}: ${tx.reason}`;
      }
      default:
        return null;
    }
  }

  private network(id: NetworkId): string {
    return this.networks[id] ?? `#${id}`;
  }
  private vm(id: VmId): string {
    return this.vms.get(id) ?? `#${id}`;
  }
}

function change({ from, to, event }: { from: string; to: string; event: string }): string {
  return `${from} -> ${to} (${event})`;
}

function because(reason: string | null): string {
  return reason === null ? '' : `: ${reason}`;
}

function until(what: string, micros: number | null): string {
  return micros === null ? '' : `${what} ${clock(micros).trim()}`;
}

function sizeText({ cpuMillis, memoryBytes }: { cpuMillis: number; memoryBytes: number }): string {
  return `${cpuMillis / MILLIS_PER_CORE} cores, ${memoryBytes / MIB} MiB`;
}

function throttleText({ networkBitsPerSecond, iops }: Throttle): string {
  const network = networkBitsPerSecond === null ? 'any' : exactQuantity('bitRate', networkBitsPerSecond);
  return `network ${network}, iops ${iops ?? 'any'}`;
}

/** What a rule says, in the fewest words. */
function ruleText({ type, name, protocol, address, prefixLength, port, targetPort }: RuleSpec): string {
  const at = address === null ? '' : ` ${formatAddress(address)}`;
  switch (type) {
    case 'dhcp':
    case 'dns':
      return `${type} ${name}${at}`;
    case 'source-nat':
      return `${type}${at}`;
    case 'firewall':
      return `${type} ${name} ${protocol}${at}/${prefixLength} ${port}-${targetPort}`;
    default:
      return `${type} ${name} ${protocol}${at} ${port} -> ${targetPort}`;
  }
}

function ordinal(count: number): string {
  return count === 1 ? '1st' : count === 2 ? '2nd' : count === 3 ? '3rd' : `${count}th`;
}

/** Days, hours, minutes, seconds and microseconds: `0d 00:10:00.001000`. */
export function clock(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = String(micros % 1_000_000).padStart(6, '0');
  const time = `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${rest}`;
  return `${Math.floor(seconds / 86_400)}d ${time}`;
}
