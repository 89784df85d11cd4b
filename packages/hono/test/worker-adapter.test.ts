import { testAdapter } from '@vestibule/testing/adapters';
import { startWorker } from '@vestibule/testing/worker';
import { WORKER_INSTEAD } from '@vestibule/testing/worker-instead';
import { join } from 'node:path';

testAdapter(
  'Hono in a Worker',
  () => startWorker(join(import.meta.dirname, 'support/adapter-worker.ts')),
  WORKER_INSTEAD,
);
