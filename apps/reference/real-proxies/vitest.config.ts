import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../../../vitest.base.ts';

/** The tests of this folder, which listen on ports 80 and 443. Their results do not count for the package. */
const config: ViteUserConfig = defineConfig({
  test: { ...testConfig.test, include: ['real-proxies/*.test.ts'], reporters: ['default'] },
});

export default config;
