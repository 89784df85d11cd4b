import { libraryConfig } from '../../tsup.base.ts';

export default libraryConfig({
  index: 'src/index.ts',
  express: 'src/express/index.ts',
  mcp: 'src/mcp/index.ts',
});
