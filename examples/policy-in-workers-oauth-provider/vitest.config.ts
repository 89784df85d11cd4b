import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

// On Node there is no module of workerd; the package only extends a class of it.
export default mergeConfig(
  testConfig,
  defineConfig({
    resolve: { alias: { 'cloudflare:workers': fileURLToPath(new URL('test/workerd.ts', import.meta.url)) } },
    test: { server: { deps: { inline: ['@cloudflare/workers-oauth-provider'] } } },
  }),
);
