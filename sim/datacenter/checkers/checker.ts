/** A checker of the plant's truth: an invariant in words, when it holds, and a function that names every violation. */
import type { PlantSnapshot } from '../plant-snapshot.js';

export interface Checker {
  name: string;
  /** What holds, in a sentence. */
  invariant: string;
  /**
   * `throughout`: at every instant, whoever sends whatever commands. `orderly`: at every instant while a management plane
   * commands that keeps its own books right. `at rest`: while that plane has nothing under way.
   */
  holds: 'throughout' | 'orderly' | 'at rest';
  /** Empty: it holds. */
  violations(snapshot: PlantSnapshot): string[];
}
