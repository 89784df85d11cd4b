import type { StoreCase } from '../harness/case.ts';
import { auditCases } from './audit.ts';
import { clientCases } from './clients/client-cases.ts';
import { commitCases } from './commits/commit-cases.ts';
import { grantCases } from './grants/grant-cases.ts';
import { initialAccessTokenCases } from './initial-access-tokens/initial-access-token-cases.ts';
import { keyCases } from './keys/key-cases.ts';
import { leaseCases } from './leases/lease-cases.ts';
import { codeCases, pushedRequestCases } from './one-time.ts';
import { peopleChangeCases } from './people-changes.ts';
import { peopleCases } from './people.ts';
import { providerTokenCases } from './provider-tokens.ts';
import { realmCases } from './realms.ts';
import { replayCases } from './replays.ts';
import { revokedTokenCases } from './revoked-tokens.ts';
import { sessionCases } from './sessions.ts';
import { sweepCases } from './sweep-cases.ts';
import { interactionCases } from './interactions.ts';

/** All cases for all stores. */
export const storeCases: readonly StoreCase[] = [
  ...realmCases,
  ...clientCases,
  ...initialAccessTokenCases,
  ...peopleCases,
  ...peopleChangeCases,
  ...keyCases,
  ...interactionCases,
  ...pushedRequestCases,
  ...codeCases,
  ...grantCases,
  ...commitCases,
  ...replayCases,
  ...revokedTokenCases,
  ...sessionCases,
  ...auditCases,
  ...leaseCases,
  ...providerTokenCases,
  ...sweepCases,
];
