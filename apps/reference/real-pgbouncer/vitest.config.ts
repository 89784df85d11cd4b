import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../../../vitest.base.ts';

/** The tests of this folder, which need PgBouncer. Their results do not count for the package. */
const config: ViteUserConfig = defineConfig({
  test: { ...testConfig.test, include: ['real-pgbouncer/*.test.ts'], reporters: ['default'] },
});

export default config;
