import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** How every package here runs its tests: `*.test.ts` beside the sources, real clocks, no globals. */
export const testConfig: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    passWithNoTests: false,
    reporters: ['default'],
  },
});
