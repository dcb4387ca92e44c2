/**
 * What administrators of a zone ask for, as the scenario scripts it: hosts emptied, or down for a time, and rounds of defragmentation.
 * Guarantees that a zone of which nothing is asked schedules nothing.
 */
import type { Request } from '../control/ports.js';
import { PHASES, type Lane } from '../engine/lane.js';
import type { ResolvedScenario, ZoneSpec } from '../scenario/resolved.js';

type WithoutRef<T> = T extends unknown ? Omit<T, 'ref'> : never;

export interface AdministrationPorts {
  readonly lane: Lane;
  /** Of the zone, by their full names, in their order. */
  readonly hosts: readonly string[];
  submit(request: WithoutRef<Request>): void;
}

interface Asked {
  readonly atMicros: number;
  readonly request: WithoutRef<Request>;
}

export function scheduleAdministration(
  scenario: ResolvedScenario,
  { name }: ZoneSpec,
  { lane, hosts, submit }: AdministrationPorts,
): void {
  const there = new Set(hosts);
  /** Of hosts, and of pods: all in them. */
  const within = (places: readonly string[]): string[] =>
    hosts.filter((host) => places.some((place) => host === place || host.startsWith(`${place}/`)));
  const asked: Asked[] = [
    ...scenario.evacuations
      .filter((one) => there.has(one.hosts[0]!))
      .map(({ atMicros, hosts: emptied }): Asked => ({ atMicros, request: { kind: 'evacuate', hosts: emptied } })),
    ...scenario.defragments
      .filter(({ zone }) => zone === name)
      .map(({ atMicros }): Asked => ({ atMicros, request: { kind: 'defragment' } })),
    ...scenario.drains.flatMap(({ atMicros, untilMicros, places }): Asked[] => {
      const some = within(places);
      if (some.length === 0) return [];
      const drain: Asked = {
        atMicros,
        request: { kind: 'maintain', hosts: some, downMicros: null, after: 'bring-back' },
      };
      if (untilMicros === null) return [drain];
      return [drain, { atMicros: untilMicros, request: { kind: 'return', hosts: some } }];
    }),
    ...scenario.maintenances
      .filter(({ zone }) => zone === name)
      .map(({ atMicros, atOnce, eachMicros: downMicros }): Asked => {
        return { atMicros, request: { kind: 'maintain', hosts, atOnce, downMicros, after: 'leave' } };
      }),
  ];
  if (asked.length === 0) return;
  const ask = lane.register('administrator-asks', (at) => submit(asked[at]!.request), PHASES.message);
  asked.forEach(({ atMicros }, at) => lane.at(atMicros, ask, at));
}
