/** Scripted events as the rest of podtwin reads them. */
import type { RuleSpec } from './rule-spec.js';

export type { RuleSpec };

/** What a VM is to be: an offering, a function, or resources. */
export type WantSpec =
  | { offering: string }
  | { function: string }
  | { cpuMillis: number; memoryBytes: number; diskBytes: number; localDisk?: boolean };

export interface StartSpec {
  atMicros: number;
  kind: 'start';
  account: string;
  want: WantSpec;
  count: number;
  name: string | null;
  networks: string[] | null;
  addresses: number[] | null;
  template: string | null;
  /** Group of the account's traffic pattern; null: by its shares. */
  tier: string | null;
}

/** Hosts of a zone are to be empty. */
export interface EvacuationSpec {
  atMicros: number;
  hosts: string[];
}

/** A host, or its agent, is away; null: to the end of the run. */
export interface OutageSpec {
  atMicros: number;
  kind: 'fail' | 'silence';
  host: string;
  forMicros: number | null;
}

export type EventSpec =
  | StartSpec
  | { atMicros: number; kind: 'start-stopped'; account: string; vm: string | null; count: number }
  | { atMicros: number; kind: 'stop' | 'reboot' | 'destroy'; account: string; vm: string | null; count: number }
  | { atMicros: number; kind: 'resize'; account: string; vm: string; want: WantSpec }
  /** null: no limit of the account's any more; absent: as it was. */
  | { atMicros: number; kind: 'throttle'; account: string; networkBitsPerSecond?: number | null; iops?: number | null }
  | { atMicros: number; kind: 'migrate'; account: string; vm: string; to?: string; cold?: true; zone?: string }
  | { atMicros: number; kind: 'console'; account: string; vm: string }
  | {
      atMicros: number;
      kind: 'snapshot' | 'revert' | 'delete-snapshot';
      account: string;
      vm: string;
      snapshot: string;
    }
  | {
      atMicros: number;
      kind: 'create-network';
      account: string;
      network: string;
      range: { first: number; prefixLength: number } | null;
    }
  | { atMicros: number; kind: 'delete-network' | 'acquire-address'; account: string; network: string }
  | { atMicros: number; kind: 'release-address'; account: string; network: string; address: number }
  | { atMicros: number; kind: 'add-rule'; account: string; network: string; rule: string; spec: RuleSpec }
  | { atMicros: number; kind: 'remove-rule'; account: string; network: string; rule: string };
