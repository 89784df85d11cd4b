import { libraryConfig } from '../../tsup.base.ts';

export default libraryConfig({
  index: 'src/index.ts',
  vitest: 'src/vitest.ts',
  runner: 'src/process/runner.ts',
});
