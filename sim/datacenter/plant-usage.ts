/** How full the plant is at an instant: read off its running accounts, for samples over time. Costs the same at any size. */
import type { Plant } from './plant.js';

export interface PlantUsage {
  runningVms: number;
  runningAppliances: number;
  nics: number;
  /** What domains (booting ones, too) and bridges hold. */
  cpuMillisUsed: number;
  memoryBytesUsed: number;
  diskBytesUsed: number;
}

export function usageOf({ runningVms, runningRouters, bridges, ledger, storage }: Plant): PlantUsage {
  return {
    runningVms,
    runningAppliances: runningRouters,
    nics: bridges.count,
    cpuMillisUsed: ledger.totalUsedCpuMillis,
    memoryBytesUsed: ledger.totalUsedMemoryBytes,
    diskBytesUsed: storage.ledger.totalUsedBytes,
  };
}
