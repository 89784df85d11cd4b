import { libraryConfig } from '../../tsup.base.ts';

export default libraryConfig({ index: 'src/index.ts', address: 'src/database/address.ts' });
