/**
 * CPU use and contention of a zone, put on its lane. Guarantees that it schedules an event only where a VM's trace goes
 * on to another piece: without traces the digest is that of the run without CPU use.
 */
import type { Transaction } from '../control/history.js';
import type { Request } from '../control/ports.js';
import { CpuContention } from '../datacenter/cpu-contention.js';
import type { Plant } from '../datacenter/plant.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Streams } from '../engine/streams.js';
import { sumOfResources } from '../measures/resources.js';
import type { ResolvedScenario, ZoneSpec } from '../scenario/resolved.js';
import type { CpuUse } from '../../models/workload/cpu-use.js';
import { cpuUses, modelsCpuUse } from './cpu-uses.js';
import type { VmFacts } from './vm-facts.js';

export class ZoneCpu {
  readonly uses: VmFacts<CpuUse>;
  readonly contention: CpuContention;

  /** null: the scenario says of no VM what it uses. */
  static of(scenario: ResolvedScenario, zone: ZoneSpec, lane: Lane, plant: Plant, streams: Streams): ZoneCpu | null {
    return modelsCpuUse(scenario) ? new ZoneCpu(scenario, zone, lane, plant, streams) : null;
  }

  constructor(scenario: ResolvedScenario, zone: ZoneSpec, lane: Lane, plant: Plant, streams: Streams) {
    let kind: EventKind | null = null;
    // Not registered before it is needed: the numbers of the other kinds are in the digest.
    const kindOf = (): EventKind =>
      (kind ??= lane.register('cpu-use-changes', (vm) => this.contention.nextPiece(vm), PHASES.message));
    this.uses = cpuUses(scenario, zone.name, streams, (vm) => this.contention.forget(vm));
    const hosts = zone.pods.flatMap((pod) =>
      pod.hosts.map(({ nodes, inService }) => ({ cpuMillis: sumOfResources(nodes).cpuMillis, inService })),
    );
    this.contention = new CpuContention(
      hosts,
      {
        now: () => lane.now,
        useOf: (vm) => this.uses.of(vm),
        at: (timeMicros, vm) => lane.at(timeMicros, kindOf(), vm),
        cancel: (handle) => lane.cancel(handle),
      },
      scenario.warmUpMicros,
    );
    plant.observe(this.contention);
  }

  /** On its way to the plane. */
  requested(request: Request): void {
    if (request.kind === 'start-new') this.uses.ask(request.ref, request.account, request.vm);
  }

  observe(tx: Transaction): void {
    this.uses.observe(tx);
  }
}
