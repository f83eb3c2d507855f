// Tests run from TypeScript; guest modules and workers come from dist, which `npm test` builds first.
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: mode === 'full' ? ['test/**/*.full.test.ts'] : ['test/**/*.test.ts'],
    exclude: mode === 'full' ? [] : ['test/**/*.full.test.ts'],
    testTimeout: 60_000,
    pool: 'forks',
  },
}));
