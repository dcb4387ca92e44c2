/** Bytes of storage servers, summed up from what is on them. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const storageCapacity: Checker = {
  name: 'storage-capacity',
  invariant:
    'No storage server holds more bytes of disks, templates and snapshots than it has; its account says what it holds.',
  holds: 'throughout',
  violations({ servers, disks, copies, snapshots }: PlantSnapshot): string[] {
    const held = servers.map(() => 0);
    const found: string[] = [];
    for (const volume of [...disks, ...copies, ...snapshots]) {
      const { server, bytes } = volume;
      if (held[server] === undefined)
        found.push(`${JSON.stringify(volume)} is on storage server ${server}, which does not exist`);
      else held[server] += bytes;
    }
    servers.forEach(({ capacityBytes, usedBytes }, at) => {
      if (held[at]! > capacityBytes) found.push(`storage server ${at}: ${held[at]} of ${capacityBytes} bytes held`);
      if (held[at] !== usedBytes) found.push(`storage server ${at}: ${held[at]} bytes held, account ${usedBytes}`);
    });
    return found;
  },
};
