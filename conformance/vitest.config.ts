import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../vitest.base.ts';

/** With the reference app, these tests take the longest: two processes, so that no core is idle at the end. */
const config: ViteUserConfig = mergeConfig(testConfig, {
  test: { include: ['*/**/*.test.ts'], maxWorkers: 2 },
});

export default config;
