/** Who of a customer talks to whom, and what his VMs do to their disks: drawn by what the scenario says of him. */
import { distribution } from '../engine/distributions.js';
import type { Streams } from '../engine/streams.js';
import type { RuleRates } from '../datacenter/traffic/rule-flows.js';
import type { DiskUse } from '../datacenter/traffic/storage-traffic.js';
import type { Curve } from '../datacenter/traffic/traffic-totals.js';
import { CPU_CURVES } from '../../models/workload/cpu-curve.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { RuleSpec } from '../scenario/rule-spec.js';
import type { TrafficSpec } from '../scenario/traffic-spec.js';
import { saidOf } from './said-of.js';
import { VmFacts } from './vm-facts.js';

export function modelsTraffic({ accounts, workload, events }: ResolvedScenario): boolean {
  if (accounts.some(({ traffic }) => traffic !== null) || (workload?.traffic ?? null) !== null) return true;
  return events.some((event) => event.kind === 'add-rule' && rateOf(event.spec) !== null);
}

/** What comes in by a rule; null: nothing is said of it. */
function rateOf(spec: RuleSpec): RuleRates | null {
  return 'traffic' in spec ? spec.traffic : null;
}

/** Of a customer's rule in a guest network, by their names. */
export function ruleRates({
  events,
}: ResolvedScenario): (account: string, network: string, rule: string) => RuleRates | null {
  const rates = new Map<string, RuleRates>();
  for (const event of events) {
    const rate = event.kind === 'add-rule' ? rateOf(event.spec) : null;
    if (event.kind === 'add-rule' && rate !== null) rates.set(`${event.account}/${event.network}/${event.rule}`, rate);
  }
  return (account, network, rule) => rates.get(`${account}/${network}/${rule}`) ?? null;
}

export function modelsDiskUse({ accounts, workload }: ResolvedScenario): boolean {
  return accounts.some(({ diskUse }) => diskUse !== null) || (workload?.vms.diskUse ?? null) !== null;
}

/** Of a customer by name; null: not modelled. */
export function trafficOf(scenario: ResolvedScenario): (account: string) => TrafficSpec | null {
  return saidOf(scenario, ({ traffic }) => traffic, scenario.workload?.traffic ?? null);
}

export function curveOf({ curve }: TrafficSpec): Curve {
  return curve === 'flat' ? null : CPU_CURVES[curve];
}

/** The group of each VM in its customer's pattern. Where there is one group only nothing is drawn. */
export function vmGroups(scenario: ResolvedScenario, streams: Streams): VmFacts<number> {
  const said = trafficOf(scenario);
  return new VmFacts<number>({
    sourceOf(account) {
      const spec = said(account);
      if (spec === null || spec.shares.length === 1) return null;
      return { draw: (u) => groupAt(spec.shares, u), stream: streams.stream(`traffic/account/${account}`) };
    },
    foundStream: (vm) => streams.stream(`traffic/initial/${vm}`),
  });
}

/** Groups one after another, each as wide as its share. */
function groupAt(shares: readonly number[], u: number): number {
  let passed = 0;
  for (let group = 0; group < shares.length - 1; group++) {
    passed += shares[group]!;
    if (u < passed) return group;
  }
  return shares.length - 1;
}

export function diskUses(scenario: ResolvedScenario, streams: Streams): VmFacts<DiskUse> {
  const said = saidOf(scenario, ({ diskUse }) => diskUse, scenario.workload?.vms.diskUse ?? null);
  return new VmFacts<DiskUse>({
    sourceOf(account) {
      const spec = said(account);
      if (spec === null) return null;
      const { quantile } = distribution(spec.iops);
      const { bytesPerOperation, readRatio } = spec;
      const draw = (u: number): DiskUse => ({
        operationsPerSecond: Math.max(0, quantile(u)),
        bytesPerOperation,
        readRatio,
      });
      return { draw, stream: streams.stream(`disk-use/account/${account}`) };
    },
    foundStream: (vm) => streams.stream(`disk-use/initial/${vm}`),
  });
}
