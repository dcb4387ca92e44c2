/** Scripted events as the rest of podtwin reads them. Checked already: each has one action, and each action what it needs. */
import type { EvacuationSpec, EventSpec, OutageSpec, ResolvedScenario, RuleSpec, WantSpec } from './resolved.js';
import { HAPPENINGS, REQUEST_ACTIONS } from './schema/events.js';
import type { ScenarioFile } from './schema/scenario.js';
import type { Rate } from './schema/traffic.js';

type Event = ScenarioFile['events'][number];
type Of<Action extends keyof Event> = NonNullable<Event[Action]>;

/** Somebody's, of an account. */
export function isRequest(event: Event): boolean {
  return REQUEST_ACTIONS.some((one) => event[one] !== undefined);
}

export function resolveEvent(event: Event): EventSpec {
  const atMicros = event.at;
  const action = REQUEST_ACTIONS.find((one) => event[one] !== undefined)!;
  switch (action) {
    case 'start':
      return resolveStart(atMicros, event.start!);
    case 'stop':
    case 'reboot':
    case 'destroy': {
      const { account, vm = null, count = 1 } = event[action]!;
      return { atMicros, kind: action, account, vm, count };
    }
    case 'resize': {
      const { account, vm, ...want } = event.resize!;
      return { atMicros, kind: 'resize', account, vm, want: wantOf(want)! };
    }
    case 'throttle': {
      const { account, network, iops } = event.throttle!;
      return {
        ...{ atMicros, kind: 'throttle', account },
        ...(network === undefined ? {} : { networkBitsPerSecond: limitOf(network) }),
        ...(iops === undefined ? {} : { iops: limitOf(iops) }),
      };
    }
    case 'migrate': {
      const { account, vm, to, cold, zone } = event.migrate!;
      return {
        ...{ atMicros, kind: 'migrate', account, vm },
        ...(to === undefined ? {} : { to }),
        ...(cold === true ? { cold } : {}),
        ...(zone === undefined ? {} : { zone }),
      };
    }
    case 'console':
      return { atMicros, kind: 'console', ...event.console! };
    case 'snapshot':
    case 'revert':
      return { atMicros, kind: action, ...event[action]! };
    case 'deleteSnapshot':
      return { atMicros, kind: 'delete-snapshot', ...event.deleteSnapshot! };
    case 'createNetwork': {
      const { account, network, addresses = null } = event.createNetwork!;
      return { atMicros, kind: 'create-network', account, network, range: addresses };
    }
    case 'deleteNetwork':
      return { atMicros, kind: 'delete-network', ...event.deleteNetwork! };
    case 'acquireAddress':
      return { atMicros, kind: 'acquire-address', ...event.acquireAddress! };
    case 'releaseAddress':
      return { atMicros, kind: 'release-address', ...event.releaseAddress! };
    case 'removeRule':
      return { atMicros, kind: 'remove-rule', ...event.removeRule! };
    case 'addRule': {
      const { account, network, rule } = event.addRule!;
      return { atMicros, kind: 'add-rule', account, network, rule, spec: resolveRule(event.addRule!) };
    }
  }
}

/** null: it is something else. */
export function resolveEvacuation({ at: atMicros, evacuate }: Event): EvacuationSpec | null {
  return evacuate === undefined ? null : { atMicros, hosts: evacuate };
}

/** Of hosts and pods, and of whole zones; in order of time. */
export function resolveMaintenance(events: readonly Event[]): Pick<ResolvedScenario, 'drains' | 'maintenances'> {
  const byTime = <One extends { atMicros: number }>(some: One[]): One[] => some.sort((a, b) => a.atMicros - b.atMicros);
  return {
    drains: byTime(
      events.flatMap(({ at: atMicros, drain, until: untilMicros = null }) =>
        drain === undefined ? [] : [{ atMicros, untilMicros, places: typeof drain === 'string' ? [drain] : drain }],
      ),
    ),
    maintenances: byTime(
      events.flatMap(({ at: atMicros, maintain }) =>
        maintain === undefined
          ? []
          : [{ atMicros, zone: maintain.zone, atOnce: maintain.atOnce, eachMicros: maintain.each }],
      ),
    ),
  };
}

/** null: it is somebody's request. */
export function resolveOutage(event: Event): OutageSpec | null {
  const kind = HAPPENINGS.find((one) => event[one] !== undefined);
  return kind === undefined ? null : { atMicros: event.at, kind, host: event[kind]!, forMicros: event.for ?? null };
}

function resolveStart(atMicros: number, start: Of<'start'>): EventSpec {
  const { account, count = 1, vm = null, name = null, networks = null, addresses = null } = start;
  const { template = null, tier = null } = start;
  const want = wantOf(start);
  return want === null
    ? { atMicros, kind: 'start-stopped', account, vm, count }
    : { atMicros, kind: 'start', account, want, count, name, networks, addresses, template, tier };
}

/** null: none. */
export function limitOf(written: 'none' | number | undefined): number | null {
  return written === undefined || written === 'none' ? null : written;
}

/** null: none is named. */
function wantOf({ offering, function: task, cpu, memory, ...rest }: Partial<Of<'start'>>): WantSpec | null {
  if (offering !== undefined) return { offering };
  if (task !== undefined) return { function: task };
  if (cpu === undefined || memory === undefined) return null;
  const localDisk = rest.storage === 'local';
  return { cpuMillis: cpu, memoryBytes: memory, diskBytes: rest.disk ?? 0, localDisk };
}

function resolveRule({ portForward, loadBalancer, firewall, dns }: Of<'addRule'>): RuleSpec {
  if (portForward) {
    const { protocol, publicAddress = null, port, vm, targetPort = port, traffic } = portForward;
    const spec = { protocol, publicAddress, port, vms: [vm], targetPort, traffic: trafficOf(traffic) };
    return { type: 'port-forward', ...spec };
  }
  if (loadBalancer) {
    const { protocol, publicAddress = null, port, vms, targetPort = port, traffic } = loadBalancer;
    const spec = { protocol, publicAddress, port, vms, targetPort, traffic: trafficOf(traffic) };
    return { type: 'load-balancer', ...spec };
  }
  if (firewall) {
    const { protocol, from: source, ports } = firewall;
    return { type: 'firewall', protocol, source, firstPort: ports[0], lastPort: ports[1] };
  }
  return { type: 'dns', ...dns! };
}

function trafficOf(written: Rate | undefined): { inBitsPerSecond: number; outBitsPerSecond: number } | null {
  return written ? { inBitsPerSecond: written.there, outBitsPerSecond: written.back } : null;
}
