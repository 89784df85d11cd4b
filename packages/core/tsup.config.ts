import { libraryConfig } from '../../tsup.base.ts';

export default libraryConfig({
  index: 'src/index.ts',
  policy: 'src/policy/index.ts',
  registration: 'src/registration/index.ts',
  realm: 'src/realm/index.ts',
  operator: 'src/operator/index.ts',
  audit: 'src/audit/index.ts',
  memory: 'src/memory/index.ts',
});
