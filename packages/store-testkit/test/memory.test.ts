import { createMemoryStores } from '@vestibule/server/memory';
import { testStores } from '../src/vitest.ts';

testStores('memory', { open: async () => ({ stores: createMemoryStores(), close: async () => {} }) });
