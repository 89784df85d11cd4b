import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

/** These tests are the longest, and the last to end: they take two processes when the others are done. */
const config: ViteUserConfig = mergeConfig(testConfig, { test: { maxWorkers: 2 } });

export default config;
