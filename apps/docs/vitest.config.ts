import { testConfig } from '../../vitest.base.ts';

export default { test: { ...testConfig.test, include: ['{generate,src,test}/**/*.test.ts'] } };
