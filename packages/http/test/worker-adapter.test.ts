import { testAdapter } from '@vestibule/testing/adapters';
import { startWorker } from '@vestibule/testing/worker';
import { join } from 'node:path';
import { WORKER_INSTEAD } from './support/worker-instead.ts';

testAdapter(
  'a Worker',
  () => startWorker(join(import.meta.dirname, 'support/adapter-worker.ts')),
  WORKER_INSTEAD,
);
