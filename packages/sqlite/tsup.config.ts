import { libraryConfig } from '../../tsup.base.ts';

// The threads are files of their own, which the bundle starts by name.
export default libraryConfig({
  index: 'src/index.ts',
  'write-thread': 'src/database/write-thread.ts',
  'background-thread': 'src/database/background-thread.ts',
});
