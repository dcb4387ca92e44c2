/** Mounts of virtual disks. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const diskOfOneVm: Checker = {
  name: 'disk-of-one-vm',
  invariant:
    "A disk is mounted by at most one VM, on one host of its pod (a host's own disk: there only), and only once it is ready.",
  holds: 'throughout',
  violations({ disks, hosts, servers }: PlantSnapshot): string[] {
    const found: string[] = [];
    for (const { disk, server, ready, mounts } of disks) {
      if (mounts.length > 1) found.push(`disk ${disk} is mounted ${mounts.length} times`);
      if (mounts.length > 0 && !ready) found.push(`disk ${disk} is mounted, but still being created`);
      for (const { host } of mounts)
        if (hosts[host]?.pod !== servers[server]?.pod)
          found.push(`disk ${disk} is mounted on host ${host} of another pod`);
      const home = servers[server]?.host ?? null;
      for (const { host } of mounts)
        if (home !== null && host !== home)
          found.push(`disk ${disk}, on host ${home} itself, is mounted on host ${host}`);
    }
    return found;
  },
};
