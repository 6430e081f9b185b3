import { defineConfig } from 'vitest/config';

/** Takes the pictures of docs/screens. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['browser/screens.ts'],
    reporters: ['verbose'],
    fileParallelism: false,
    testTimeout: 600_000,
    retry: 1,
    hookTimeout: 400_000,
  },
});
