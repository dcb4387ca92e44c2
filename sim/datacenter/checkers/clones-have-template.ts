/** Disks that began as a template. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const clonesHaveTemplate: Checker = {
  name: 'clones-have-template',
  invariant: 'A disk that is a clone has the whole template that it is a clone of beside it, on its own server.',
  holds: 'throughout',
  violations({ disks, copies }: PlantSnapshot): string[] {
    const there = new Map(copies.map((one) => [one.copy, one]));
    return disks
      .filter(({ copy, server }) => {
        const template = copy === null ? null : there.get(copy);
        return template !== null && !(template?.ready === true && template.server === server);
      })
      .map(({ disk, copy }) => `disk ${disk} is a clone of template copy ${copy}, which is not there`);
  },
};
