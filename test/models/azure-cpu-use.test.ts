import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { azureCpuUse2017 } from '../../models/workload/azure-cpu-use.js';
import { hasSharedData, sharedData } from '../shared-data.js';

test('it gives the published figures: a median of 11 %, 69 % of VMs at most 20 %, 95 % at most 50 %', () => {
  expect(azureCpuUse2017(0.5)).toBeCloseTo(0.11, 2);
  expect(azureCpuUse2017(0.69)).toBeCloseTo(0.2, 2);
  expect(azureCpuUse2017(0.95)).toBeCloseTo(0.5, 2);
});

test('it rises from 0 to 1', () => {
  expect([azureCpuUse2017(0), azureCpuUse2017(1)]).toEqual([0, 1]);
  for (let u = 1; u < 1000; u++) expect(azureCpuUse2017(u / 1000)).toBeGreaterThan(azureCpuUse2017((u - 1) / 1000));
  expect(() => azureCpuUse2017(1.01)).toThrow(/no share/);
});

test.skipIf(!hasSharedData)('it has every digitised point', () => {
  const lines = readFileSync(sharedData('azure-vm-distributions.csv'), 'utf8').split('\n');
  const points = lines.filter((line) => line.startsWith('vm_avg_cpu_pct,azure-2017-sosp,cdf,'));
  expect(points).toHaveLength(10);
  for (const line of points) {
    const [percent, share] = line.split(',').slice(3, 5).map(Number);
    expect(azureCpuUse2017(share! / 100)).toBeCloseTo(percent! / 100, 12);
  }
});
