/**
 * Scripted transfers as a run plays them: those that repeat written out, ends as numbers within their zone, in order of
 * time and then of the file. What their names stand for was checked already.
 */
import { assert } from '../base/assert.js';
import type { FlowEnd, FlowSpec } from './flow-spec.js';
import type { FlowTable, WrittenFlow } from './flow-table.js';
import { PUBLIC_END, templateStoreName, zoneOf } from './names.js';
import type { ZoneSpec } from './resolved.js';
import type { ScenarioFile } from './schema/scenario.js';

type Entry = Extract<ScenarioFile['flows'], readonly unknown[]>[number];

/** In microseconds from the start of the run. */
interface Times {
  at: number;
  every?: number | undefined;
  count?: number | undefined;
}

export function resolveFlows(
  { flows, duration }: ScenarioFile,
  zones: readonly ZoneSpec[],
  table: FlowTable | null,
): FlowSpec[] {
  const entries = Array.isArray(flows) ? flows.flatMap((entry) => writtenOut(entry, duration)) : [];
  const written = table ? table.rows : entries;
  const ends = endsOf(written, zones);
  const specs = written.map((flow): FlowSpec => {
    const { sourceName, destinationName } = flow;
    const source = ends.get(sourceName) ?? publicOf(sourceName, ends.get(destinationName));
    const destination = ends.get(destinationName) ?? publicOf(destinationName, source);
    // Key by key: there may be a million, and spreading takes many times as long.
    return {
      atMicros: flow.atMicros,
      name: flow.name,
      kind: flow.kind,
      source,
      destination,
      sourceName,
      destinationName,
      bytes: flow.bytes,
      capBitsPerSecond: flow.capBitsPerSecond,
      weight: flow.weight,
      guaranteedBitsPerSecond: flow.guaranteedBitsPerSecond,
    };
  });
  return specs.sort((a, b) => a.atMicros - b.atMicros);
}

/** How often a flow happens: what comes after the end of the run is none, but for the first. */
export function occurrences({ at, every, count = Infinity }: Times, durationMicros: number): number {
  if (!every) return 1;
  return Math.max(1, Math.min(count, Math.floor((durationMicros - at) / every) + 1));
}

function writtenOut(flow: Entry, durationMicros: number): WrittenFlow[] {
  const written = {
    name: flow.name ?? null,
    kind: flow.kind,
    sourceName: flow.from,
    destinationName: flow.to,
    bytes: flow.size,
    capBitsPerSecond: flow.cap ?? null,
    weight: flow.weight,
    guaranteedBitsPerSecond: flow.guaranteed,
  };
  return Array.from({ length: occurrences(flow, durationMicros) }, (_, time) => ({
    ...written,
    atMicros: flow.at + time * (flow.every ?? 0),
  }));
}

/** By name, in the zones that flows name. */
function endsOf(flows: readonly WrittenFlow[], zones: readonly ZoneSpec[]): Map<string, FlowEnd> {
  const named = new Set<string>();
  for (const { sourceName, destinationName } of flows) named.add(zoneOf(sourceName)).add(zoneOf(destinationName));
  return new Map(zones.filter(({ name }) => named.has(name)).flatMap(endsIn));
}

function endsIn({ name: zone, pods }: ZoneSpec): [name: string, end: FlowEnd][] {
  const numbered = (machines: readonly { name: string }[], kind: FlowEnd['kind']): [string, FlowEnd][] =>
    machines.map(({ name }, index) => [name, { kind, zone, index }]);
  return [
    [templateStoreName(zone), { kind: 'template-store', zone, index: 0 }],
    ...numbered(
      pods.flatMap(({ hosts }) => hosts),
      'host',
    ),
    ...numbered(
      pods.flatMap(({ storage }) => storage),
      'storage',
    ),
  ];
}

/** The public network as the zone of the other end reaches it. */
function publicOf(name: string, other: FlowEnd | undefined): FlowEnd {
  assert(name === PUBLIC_END && other !== undefined, () => `'${name}' is an end of a flow`);
  return { kind: 'public', zone: other.zone, index: 0 };
}
