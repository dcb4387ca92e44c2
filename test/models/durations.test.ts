/** Models of how long agents take: each expectation with its reason. */
import { expect, test } from 'vitest';
import { BOOT_SECONDS, PUBLISHED_BOOT_SECONDS, rebootSeconds, SHUTDOWN_SECONDS } from '../../models/boot.js';
import { copySeconds, diskCreateSeconds } from '../../models/storage.js';
import { loadScenario } from '../../sim/run/load.js';

const SMALLEST = `
podtwin: 1
name: smallest
duration: 1h
zones: [{ name: z1, pods: [{ name: p, hosts: [{}] }] }]
offerings: { small: { cpu: 1 core, memory: 1 GiB } }
`;

test('the defaults of a scenario are the published figures that the model names', () => {
  const warm = PUBLISHED_BOOT_SECONDS.find(({ where, guest }) => where === 'AWS, image at hand' && guest === 'Linux')!;
  expect(BOOT_SECONDS).toBe(warm.bootSeconds);
  const { durations } = loadScenario('s.yaml', { readFile: () => SMALLEST });
  expect(durations.bootSeconds).toEqual({ kind: 'constant', value: BOOT_SECONDS });
  expect(durations.shutdownSeconds).toEqual({ kind: 'constant', value: SHUTDOWN_SECONDS });
  expect(durations.templateCopyBytesPerSecond).toBeNull();
});

test('the range of published boot times is the one that the header gives', () => {
  const seconds = PUBLISHED_BOOT_SECONDS.map(({ bootSeconds }) => bootSeconds);
  expect([Math.min(...seconds), Math.round(Math.max(...seconds))]).toEqual([34, 810]);
});

test('a reboot is a shutdown and a boot', () => {
  expect(rebootSeconds(5, 34)).toBe(39);
  expect(() => rebootSeconds(-1, 34)).toThrow(/not negative/);
});

test('a copy takes bytes over rate: 20 GiB at 200 MB/s is 107.4 s', () => {
  expect(copySeconds(20 * 1024 ** 3, 200e6)).toBeCloseTo(107.374, 3);
  expect(() => copySeconds(1, 0)).toThrow(/positive/);
});

test('a clone costs the fixed time, a full copy the copy on top', () => {
  expect(diskCreateSeconds(1, 20 * 1024 ** 3, null)).toBe(1);
  expect(diskCreateSeconds(1, 1e9, 1e8)).toBe(11);
});
