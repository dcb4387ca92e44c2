/** Data that others measured or computed, beside the project where it is there; tests that read it skip elsewhere, and are counted. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SHARED_DATA = resolve(import.meta.dirname, '../../shared/data');

export const hasSharedData = existsSync(SHARED_DATA);

export function sharedData(name: string): string {
  return join(SHARED_DATA, name);
}
