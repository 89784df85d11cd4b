import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../../../vitest.base.ts';

/** The tests of this folder, one after the other, because each listens on port 443. Their results do not count for the package. */
const config: ViteUserConfig = defineConfig({
  test: {
    ...testConfig.test,
    include: ['real-agents/*.test.ts'],
    testTimeout: 120_000,
    reporters: ['default'],
  },
});

export default config;
