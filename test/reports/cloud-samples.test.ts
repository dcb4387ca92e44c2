import { expect, test } from 'vitest';
import { cloudSamples, type CloudSample } from '../../reports/cloud-samples.js';
import { peakOf, utilisationOf } from '../../reports/utilisation.js';

const sample = (atMicros: number, used: number, capacity = 100): CloudSample => ({
  atMicros,
  runningVms: used,
  runningAppliances: 1,
  cpuMillisUsed: used,
  cpuMillisCapacity: capacity,
  cpuMillisPhysical: capacity,
  memoryBytesUsed: 0,
  memoryBytesCapacity: capacity,
  diskBytesUsed: 0,
  diskBytesCapacity: 0,
  cpuMillisDemand: null,
  cpuMillisShort: null,
  vmsShort: null,
});

test('zones are summed instant by instant, in order of time, and stay as they were', () => {
  const first = [sample(0, 10), sample(60, 20)];
  const all = cloudSamples([first, [sample(0, 1), sample(30, 5), sample(60, 2)]]);
  expect(all.map(({ atMicros, runningVms, cpuMillisCapacity }) => [atMicros, runningVms, cpuMillisCapacity])).toEqual([
    [0, 11, 200],
    [30, 5, 100],
    [60, 22, 200],
  ]);
  expect(first[0]).toEqual(sample(0, 10));
});

test('what is not modelled stays so, and is summed where it is', () => {
  const used = (atMicros: number, demand: number): CloudSample => ({
    ...sample(atMicros, 10),
    ...{ cpuMillisDemand: demand, cpuMillisShort: 1, vmsShort: 2 },
  });
  const of = (zones: CloudSample[][]): unknown =>
    cloudSamples(zones).map(({ cpuMillisDemand, cpuMillisShort, vmsShort }) => [
      cpuMillisDemand,
      cpuMillisShort,
      vmsShort,
    ]);
  expect(of([[used(0, 5)], [used(0, 7)]])).toEqual([[12, 2, 4]]);
  expect(of([[sample(0, 5)], [sample(0, 7)]])).toEqual([[null, null, null]]);
});

test('the peak is the highest share, not the highest amount; nothing to give is no share', () => {
  const samples = [sample(0, 50, 200), sample(1, 40, 50), sample(2, 0, 0)];
  expect(peakOf(samples, 'CPU')).toEqual({ sample: samples[1], share: 0.8 });
  expect(peakOf(samples, 'disk')).toBeNull();
  expect(utilisationOf(samples[2]!, 'memory')).toBeNull();
});
