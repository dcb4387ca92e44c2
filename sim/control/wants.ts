/** What a customer wants of a VM, as sizes: an offering, so many resources, or whatever does what he needs done. */
import type { ZoneConfig } from './config.js';
import type { Reason, Want } from './ports.js';

export interface Wanted {
  /** null: by resources. */
  offering: number | null;
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
  localDisk: boolean;
  template: number | null;
}

/** A string: why it cannot be had. */
export function wanted({ offerings, functions }: ZoneConfig, want: Want): Wanted | Reason {
  if ('function' in want) {
    const found = functions.find(({ name }) => name === want.function);
    return found ? offered(offerings, found.offering) : 'unknown-function';
  }
  if ('offering' in want) {
    const offering = offerings.findIndex(({ name }) => name === want.offering);
    return offering < 0 ? 'unknown-offering' : offered(offerings, offering);
  }
  const { cpuMillis, memoryBytes, diskBytes, localDisk = false } = want;
  const sizes = [cpuMillis, memoryBytes, diskBytes];
  if (!sizes.every((size) => Number.isSafeInteger(size)) || cpuMillis <= 0 || memoryBytes <= 0 || diskBytes < 0)
    return 'bad-request';
  return { offering: null, cpuMillis, memoryBytes, diskBytes, localDisk, template: null };
}

function offered(offerings: ZoneConfig['offerings'], offering: number): Wanted {
  const { cpuMillis, memoryBytes, diskBytes, localDisk, template } = offerings[offering]!;
  return { offering, cpuMillis, memoryBytes, diskBytes, localDisk, template };
}
