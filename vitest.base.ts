import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { TestReporter } from './scripts/test-reporter.ts';

/**
 * How every package here runs its tests: `*.test.ts` beside the sources or in `test`, without globals. The time
 * allowed is for slow machines; no test measures it.
 */
export const testConfig: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Files share what is loaded, which takes more time than most tests: a test puts back what it changes.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Processes that tests start load what the one before them has compiled.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    reporters: ['default', new TestReporter()],
  },
});
