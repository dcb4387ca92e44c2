/** The digitised figures of Azure's public datasets, beside the project where they are there. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { sharedData } from '../../shared-data.js';

export interface AzureRow {
  quantity: string;
  population: string;
  kind: string;
  x: string;
  percent: number;
}

export const POPULATIONS = { 2017: 'azure-2017-sosp', 2019: 'azure-2019' } as const;

export function azureRows(quantity: string, year: 2017 | 2019): AzureRow[] {
  const rows: Record<string, string>[] = parse(readFileSync(sharedData('azure-vm-distributions.csv')), {
    columns: true,
  });
  return rows
    .filter((row) => row['quantity'] === quantity && row['population'] === POPULATIONS[year])
    .map((row) => ({ ...(row as unknown as AzureRow), percent: Number(row['percent']) }));
}

/** Points were read off to within this much, in percent. */
export const DIGITISED = 1;
