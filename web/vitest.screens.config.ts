import { defineConfig } from 'vitest/config';

/** Takes the pictures of docs/screens. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['browser/screens.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
