import { describe, expect, it } from 'vitest';
import { load, scenario } from './load.js';

describe('distributions', () => {
  it.each([
    ['7 s', { kind: 'constant', value: 7 }],
    ['{exponential: {mean: 2 min}}', { kind: 'exponential', mean: 120 }],
    ['{lognormal: {median: 1 s, sigma: 0.5}}', { kind: 'lognormal', median: 1, sigma: 0.5 }],
    ['{lognormal: {median: 54m, mean: 355m}}', { kind: 'lognormal', median: 3240, sigma: expect.closeTo(1.94069, 5) }],
    ['{lognormal: {mean: 1 s, sigma: 1}}', { kind: 'lognormal', median: expect.closeTo(Math.exp(-0.5), 12), sigma: 1 }],
    ['{weibull: {scale: 1h, shape: 0.7}}', { kind: 'weibull', scale: 3600, shape: 0.7 }],
    ['{uniform: [500 ms, 2 s]}', { kind: 'uniform', low: 0.5, high: 2 }],
    [
      '{empirical: [[1 s, 0], [2 s, 40 %], [1 min, 1]]}',
      {
        kind: 'empirical',
        points: [
          { value: 1, cumulative: 0 },
          { value: 2, cumulative: 0.4 },
          { value: 60, cumulative: 1 },
        ],
      },
    ],
    [
      '{mixture: [{weight: 3, of: 1 s}, {weight: 1, of: {mixture: [{weight: 1, of: {uniform: [1 s, 1 s]}}]}}]}',
      {
        kind: 'mixture',
        parts: [
          { weight: 3, of: { kind: 'constant', value: 1 } },
          { weight: 1, of: { kind: 'mixture', parts: [{ weight: 1, of: { kind: 'uniform', low: 1, high: 1 } }] } },
        ],
      },
    ],
  ])('%s', (boot, spec) => {
    expect(load(scenario({ more: `durations: {boot: ${boot}}` })).durations.bootSeconds).toEqual(spec);
  });

  it('of counts are bare numbers, and may be Zipf', () => {
    const vms = (written: string) =>
      load(scenario({ more: `workload: {accounts: {vms: ${written}}}` })).workload?.accounts.vms;
    expect(vms('3')).toEqual({ kind: 'constant', value: 3 });
    expect(vms('{zipf: {count: 100, exponent: 1.1}}')).toEqual({ kind: 'zipf', count: 100, exponent: 1.1 });
    expect(vms('{exponential: {mean: 4}}')).toEqual({ kind: 'exponential', mean: 4 });
  });
});
