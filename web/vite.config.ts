import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The server that the client talks to while it is being written; built, the server serves the client itself.
const server = process.env.JUMPLINE_SERVER ?? 'http://127.0.0.1:4700';

export default defineConfig({
  plugins: [svelte()],
  base: '/',
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  server: {
    host: '127.0.0.1',
    port: 7471,
    proxy: {
      '/api': {
        target: server,
        ws: true,
        changeOrigin: true,
        rewriteWsOrigin: true,
        // The server hears nobody from a foreign page; while the client is being written this is its own.
        headers: { origin: server },
      },
    },
  },
  build: {
    target: 'es2023',
    // Everything is served by us from one origin: nothing may be inlined that a strict content policy would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'] },
});
