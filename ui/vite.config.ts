// How the screens become ui/dist, and how their tests run.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  // The window opens the files from the app's own scheme, so every address is relative.
  base: './',
  build: {
    // WebKitGTK 2.50 and an evergreen WebView2: both know light-dark().
    target: ['es2022', 'chrome123', 'safari17.5'],
    // Nothing may be inlined as a data: address except pictures; the policy refuses the rest.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    // Two windows, two pages: the customer's holds nothing that could ask the till for anything.
    rollupOptions: { input: ['index.html', 'customer.html'] },
  },
  server: { host: '127.0.0.1', strictPort: true },
  preview: { host: '127.0.0.1' },
  // Without this vitest would load Svelte's server half, where nothing mounts.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    // A machine that compiles the till at the same time mounts the first window slowly.
    testTimeout: 20_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  },
});
