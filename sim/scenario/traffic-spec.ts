/** Traffic and disk use as the rest of podtwin reads them: bits per second, bytes; every name resolved. */
import type { DistributionSpec } from './resolved.js';

/** Who of a customer talks to whom, and what share of his VMs is in which group. */
export interface TrafficSpec {
  /** As models/network/traffic-pattern.ts has it. */
  pattern: {
    groups: string[];
    rates: number[];
    toPublic: number[];
    fromPublic: number[];
    pair: { thereBitsPerSecond: number; backBitsPerSecond: number } | null;
  };
  /** A share a group; sums to 1. */
  shares: number[];
  curve: 'flat' | 'office-day';
}

/** What VMs do to their disks. */
export interface DiskUseSpec {
  /** Operations per second, drawn for each VM. */
  iops: DistributionSpec;
  bytesPerOperation: number;
  readRatio: number;
}
