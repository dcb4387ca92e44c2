import { agentContract } from './agent-contract.js';
import { contractHarness } from './simulated-harness.js';

agentContract('simulated', () => contractHarness());
agentContract('simulated, no latency', () => contractHarness({ latencyMicros: 0 }));
agentContract('simulated, behind a link without faults', () => contractHarness({ link: {} }));
agentContract('simulated, behind a link that doubles every message', () =>
  contractHarness({ link: { ratios: { dropRatio: 0, duplicateRatio: 1, delayRatio: 0 } } }),
);
