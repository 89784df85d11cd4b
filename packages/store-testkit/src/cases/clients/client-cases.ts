import type { StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { clientShelf } from '../../sample/client.ts';
import { apartCases } from '../../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../../shelf/copies.ts';
import { exactKeyCases } from '../../shelf/exact-keys.ts';
import { keptCases } from '../../shelf/kept.ts';
import { onceCases } from '../../shelf/once.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';
import { awakeCases } from './awake.ts';
import { documentCases } from './documents.ts';
import { dueCases } from './due.ts';
import { expiredCases } from './expired.ts';
import { clientInsertCases } from './insert-clients.ts';
import { kindCases } from './kinds.ts';
import { clientListCases } from './list.ts';
import { clientRaceCases } from './client-races.ts';
import { removeCases } from './remove-clients.ts';
import { clientReplaceCases } from './replace.ts';
import { sameCases } from './same.ts';
import { touchCases } from './touch.ts';

export const clientCases: readonly StoreCase[] = [
  ...keptCases(clientShelf),
  ...onceCases(clientShelf),
  ...apartCases(clientShelf),
  ...copiedInCases(clientShelf),
  ...copiedOutCases(clientShelf),
  ...exactKeyCases(clientShelf),
  strangeKeyCase(clientShelf, 'find', (key) => call('clients', 'find', 'main', key)),
  ...kindCases,
  ...clientListCases,
  ...clientInsertCases,
  ...sameCases,
  ...clientReplaceCases,
  ...touchCases,
  ...removeCases,
  ...awakeCases,
  ...dueCases,
  ...documentCases,
  ...expiredCases,
  ...clientRaceCases,
];
