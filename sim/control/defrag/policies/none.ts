/** Nothing is ever brought together. */
import type { DefragPolicy } from '../policy.js';

export const none = {
  name: 'none',
  describe: 'Nothing is defragmented.',
  plan: () => ({ moves: [], left: [] }),
} satisfies DefragPolicy;
