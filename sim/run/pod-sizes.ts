/**
 * How many VMs of each offering an empty pod can bear: by the operations that its storage servers can do, and by its hosts. What
 * is fewer is what sizes the pod (Apache CloudStack's advice sizes pods by IOPS).
 */
import { promisedNodes } from '../scenario/overprovision.js';
import type { OfferingSpec, Overprovision, ZoneSpec } from '../scenario/resolved.js';
import type { PodSizeRow } from '../store/network-types.js';

/** Of offerings whose VMs have an IOPS throttle, and are on the pod's storage. */
export function podSizes(
  { name, pods }: ZoneSpec,
  offerings: readonly OfferingSpec[],
  overprovision: Overprovision,
): PodSizeRow[] {
  return pods.flatMap((pod) => {
    const iops = pod.storage.reduce((sum, server) => sum + server.iops, 0);
    const hosts = pod.hosts.filter((host) => host.inService && host.role !== 'routing');
    const nodes = hosts.flatMap((host) => promisedNodes(host.nodes, overprovision));
    return offerings.flatMap((offering): PodSizeRow[] => {
      const { cpuMillis, memoryBytes, iops: iopsPerVm, system, storage } = offering;
      if (iopsPerVm === null || iopsPerVm === 0 || system || storage === 'local') return [];
      const fit = (node: (typeof nodes)[number]): number =>
        Math.min(Math.floor(node.cpuMillis / cpuMillis), Math.floor(node.memoryBytes / memoryBytes));
      return [
        {
          ...{ zone: name, pod: pod.name, offering: offering.name, iopsPerVm },
          vmsByStorage: Math.floor(iops / iopsPerVm),
          vmsByHosts: nodes.reduce((sum, node) => sum + fit(node), 0),
        },
      ];
    });
  });
}
