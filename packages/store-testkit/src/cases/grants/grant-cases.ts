import type { StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { grantShelf } from '../../sample/grant.ts';
import { NOW } from '../../sample/time.ts';
import { apartCases } from '../../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../../shelf/copies.ts';
import { exactKeyCases } from '../../shelf/exact-keys.ts';
import { sweepCases } from '../../shelf/expiry.ts';
import { keptCases } from '../../shelf/kept.ts';
import { onceCases } from '../../shelf/once.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';
import { boundedFamilyCases } from './bounded.ts';
import { endAllRaceCases } from './end-all-races.ts';
import { endAllCases } from './end-all.ts';
import { endOfCases } from './end-of.ts';
import { endCases } from './end.ts';
import { INVALID, rotation } from './family.ts';
import { findCases } from './find.ts';
import { inAFamily } from './in-a-family.ts';
import { listEndedCases } from './list-ended.ts';
import { listOfClientCases } from './list-of-client.ts';
import { listOfCases } from './list-of.ts';
import { grantMixedRaceCases } from './mixed-races.ts';
import { openCases } from './open.ts';
import { grantRaceCases } from './grant-races.ts';
import { replayCases } from './replay.ts';
import { rotateCases } from './rotate.ts';
import { grantSweepCases } from './sweep-grants.ts';

export const grantCases: readonly StoreCase[] = [
  ...keptCases(grantShelf),
  ...onceCases(grantShelf),
  ...apartCases(grantShelf),
  ...copiedInCases(grantShelf),
  ...copiedOutCases(grantShelf),
  ...exactKeyCases(grantShelf),
  strangeKeyCase(grantShelf, 'findByRefreshToken', (key) =>
    call('grants', 'findByRefreshToken', 'main', key),
  ),
  strangeKeyCase(grantShelf, 'rotate', (key) => call('grants', 'rotate', rotation(key, 'x')), INVALID),
  strangeKeyCase(grantShelf, 'end', (key) => call('grants', 'end', 'main', key, NOW)),
  ...openCases,
  ...findCases,
  ...listOfCases,
  ...listOfClientCases,
  ...listEndedCases,
  ...rotateCases,
  ...replayCases,
  ...inAFamily([...openCases, ...rotateCases, ...replayCases, ...endCases]),
  ...boundedFamilyCases,
  ...endCases,
  ...endOfCases,
  ...endAllCases,
  ...grantRaceCases,
  ...grantMixedRaceCases,
  ...endAllRaceCases,
  ...sweepCases(grantShelf),
  ...grantSweepCases,
];
