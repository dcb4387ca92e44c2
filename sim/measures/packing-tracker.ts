/**
 * How tightly VMs are packed, kept up to date host by host: hosts in use (those that hold CPU of a VM), and the packing
 * density, used over all CPU of these, each integrated over time. Only hosts in service count.
 */
import { assert } from '../base/assert.js';
import { TimeWeighted } from './time-weighted.js';

export interface PackingResult {
  hostsInService: number;
  /** Time-weighted mean since the warm-up. */
  hostsInUse: number;
  /** Integral of the CPU used over that of the CPU of hosts in use; null: none was ever in use. */
  cpuDensity: number | null;
  /** What the density is a mean over: CPU of hosts in use, in thousandths of a core. */
  weight: number;
}

export class PackingTracker {
  private readonly usedOf: Float64Array;
  private inUse = 0;
  private usedSum = 0;
  private capacitySum = 0;
  private readonly over: { hosts: TimeWeighted; used: TimeWeighted; capacity: TimeWeighted };

  /** `cpuMillis` null: the host is not in service. */
  constructor(
    private readonly cpuMillis: readonly (number | null)[],
    warmUpMicros = 0,
  ) {
    this.usedOf = new Float64Array(cpuMillis.length);
    const figure = (): TimeWeighted => new TimeWeighted(warmUpMicros);
    this.over = { hosts: figure(), used: figure(), capacity: figure() };
    for (const one of Object.values(this.over)) one.set(0, 0);
  }

  /** What VMs hold of the host's CPU from now on. */
  set(atMicros: number, host: number, usedCpuMillis: number): void {
    const cpuMillis = this.cpuMillis[host];
    assert(cpuMillis !== undefined && usedCpuMillis >= 0, () => `packing: ${usedCpuMillis} used of host ${host}`);
    const before = this.usedOf[host]!;
    if (cpuMillis === null || usedCpuMillis === before) return;
    this.usedOf[host] = usedCpuMillis;
    const change = Number(usedCpuMillis > 0) - Number(before > 0);
    this.inUse += change;
    this.capacitySum += change * cpuMillis;
    this.usedSum += usedCpuMillis - before;
    this.over.hosts.set(atMicros, this.inUse);
    this.over.used.set(atMicros, this.usedSum);
    this.over.capacity.set(atMicros, this.capacitySum);
  }

  result(atMicros: number): PackingResult {
    const { hosts, used, capacity } = this.over;
    const weight = capacity.mean(atMicros)!;
    return {
      hostsInService: this.cpuMillis.filter((one) => one !== null).length,
      hostsInUse: hosts.mean(atMicros)!,
      cpuDensity: weight > 0 ? used.mean(atMicros)! / weight : null,
      weight,
    };
  }
}

/** Of several zones. */
export function mergePacking(zones: readonly PackingResult[]): PackingResult {
  const sum = (of: (one: PackingResult) => number): number => zones.reduce((total, one) => total + of(one), 0);
  const weight = sum((one) => one.weight);
  return {
    hostsInService: sum((one) => one.hostsInService),
    hostsInUse: sum((one) => one.hostsInUse),
    cpuDensity: weight > 0 ? sum((one) => (one.cpuDensity ?? 0) * one.weight) / weight : null,
    weight,
  };
}
