/** First parts of the paths into summary.json that `expect` may name; the results' type holds the same list (tested). */
export const SUMMARY_MEASURES = [
  'simulatedSeconds',
  'events',
  'transactions',
  'vms',
  'accounts',
  'fragmentation',
  'fragmentRate',
  'traffic',
  'broadcast',
  'vlans',
  'migrations',
  'failures',
  'availability',
  'energy',
  'billing',
] as const;
