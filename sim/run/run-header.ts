/** What is known of a run before it starts. */
import { sumOfResources } from '../measures/resources.js';
import type { LoadedScenario } from '../scenario/loader.js';
import { SHARED_NAME } from '../scenario/names.js';
import type { RunHeader } from '../store/types.js';
import { vlanCapacityOf } from './zone-config.js';
import { VERSION } from './version.js';

export function runHeader(scenario: LoadedScenario): RunHeader {
  const { name, about, variant, seed, durationMicros, scenarioText, record, zones, offerings, templates } = scenario;
  return {
    scenario: name,
    about,
    variant,
    seed,
    version: VERSION,
    durationMicros,
    scenarioText,
    // What zones share comes first.
    lanes: [SHARED_NAME, ...zones.map((zone) => zone.name)],
    record,
    zones: zones.map((zone) => ({
      name: zone.name,
      vlanCapacity: vlanCapacityOf(zone),
      pods: zone.pods.map((pod) => ({
        name: pod.name,
        hosts: pod.hosts.map(({ name: host, type, role, nodes, localDiskBytes, inService }) => ({
          name: host,
          type,
          role,
          ...sumOfResources(nodes),
          nodes: nodes.length,
          localDiskBytes,
          inService,
        })),
        storage: pod.storage.map(({ name: server, type, capacityBytes, iops }) => ({
          name: server,
          type,
          capacityBytes,
          iops,
        })),
      })),
    })),
    offerings: offerings.map((offering) => offering.name),
    templates: templates.map((template) => template.name),
  };
}
