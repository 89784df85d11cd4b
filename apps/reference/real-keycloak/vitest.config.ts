import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../../../vitest.base.ts';

/** The tests of this folder. Their results do not count for the package. */
const config: ViteUserConfig = defineConfig({
  test: {
    ...testConfig.test,
    include: ['real-keycloak/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ['default'],
  },
});

export default config;
