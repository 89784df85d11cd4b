import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../vitest.base.ts';

/** The black-box cases against the server at `BASE_URL`, which tests read as `ISSUER`: Vite has a `BASE_URL` of its own. */
const config: ViteUserConfig = defineConfig({
  test: {
    ...testConfig.test,
    include: ['black-box/any-server.ts'],
    env: { ISSUER: process.env['BASE_URL'] ?? '' },
    reporters: ['default'],
  },
});

export default config;
