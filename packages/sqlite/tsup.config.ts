import { libraryConfig } from '../../tsup.base.ts';

// The threads are separate files, which the bundle starts by name.
export default libraryConfig({
  index: 'src/index.ts',
  'write-thread': 'src/database/write-thread.ts',
  'background-thread': 'src/database/background-thread.ts',
});
