import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    env: { TZ: 'UTC' },
    // Two at a time: the slow suites start processes of their own.
    maxWorkers: 2,
  },
});
