import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createMemoryStores } from '@vestibule/server/memory';
import { openExpress } from './support/express.ts';
import { everyTable } from './tables/all.ts';

everyTable(() => openExpress({ stores: createMemoryStores(), limiter: createMemoryRateLimiter() }));
