import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { TestReporter } from '../scripts/test-reporter.ts';
import { testConfig } from '../vitest.base.ts';

/** Those in which everything depends on the client; all of them in the long tests. */
const SHORT = ['code-', 'consent-', 'pkce-', 'refresh-', 'token-of-another-api'];
const include =
  process.env['LONG_TESTS'] === 'true'
    ? ['attacks/*.test.ts']
    : SHORT.map((name) => `attacks/${name}*.test.ts`);

/** The attacks by clients with metadata documents instead of registrations. */
const config: ViteUserConfig = mergeConfig(testConfig, {
  test: { include, env: { CLIENTS: 'documents' }, maxWorkers: 2 },
});

export default { ...config, test: { ...config.test, reporters: ['default', new TestReporter('documents')] } };
