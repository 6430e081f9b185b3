import { defineConfig } from 'vitest/config';

/** Tests in a real browser against a real server, one after another: they share one processor. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A key pressed while a panel is still opening goes nowhere, as it does for people: such a test may begin again.
    retry: 2,
    reporters: ['verbose'],
  },
});
