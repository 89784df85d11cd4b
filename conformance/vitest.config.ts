import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../vitest.base.ts';

const config: ViteUserConfig = mergeConfig(testConfig, { test: { include: ['*/**/*.test.ts'] } });

export default config;
