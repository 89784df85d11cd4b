import { testConfig } from '../../vitest.base.ts';

/** The tests of the built site, which `check` runs. */
export default { test: { ...testConfig.test, include: ['built/*.test.ts'] } };
