import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createMemoryStores } from '@vestibule/server/memory';
import { openExpress } from '../registration/support/express.ts';
import { everyCase } from './every-case.ts';
import { servedAt } from './place.ts';

everyCase(servedAt(() => openExpress({ stores: createMemoryStores(), limiter: createMemoryRateLimiter() })));
