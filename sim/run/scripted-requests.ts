/** Scripted events that are one request, whoever's VMs stand where: as the plane takes them. */
import type { Request, RuleWish } from '../control/ports.js';
import type { EventSpec, RuleSpec } from '../scenario/resolved.js';

export type OneRequestSpec = Exclude<EventSpec, { kind: 'start' | 'start-stopped' | 'stop' | 'reboot' | 'destroy' }>;

export function requestOf(event: OneRequestSpec, ref: number): Request {
  switch (event.kind) {
    case 'create-network': {
      const { kind, account, network, range } = event;
      return { kind, ref, account, network, ...(range === null ? {} : { range }) };
    }
    case 'add-rule': {
      const { kind, account, network, rule, spec } = event;
      return { kind, ref, account, network, rule, wish: wishOf(spec) };
    }
    default: {
      const { atMicros, ...request } = event;
      return { ref, ...request };
    }
  }
}

function wishOf(spec: RuleSpec): RuleWish {
  if (!('vms' in spec)) return spec;
  const { type, vms, ...rest } = spec;
  return type === 'port-forward' ? { type, ...rest, vm: vms[0]! } : { type, ...rest, vms };
}
