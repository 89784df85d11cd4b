import type { StoreCase } from '../../harness/case.ts';
import { clientChangeCases } from './client-changes.ts';
import { commitRaceCases } from './commit-races.ts';
import { exchangeCases } from './exchanges.ts';
import { grantCommitCases } from './grant-changes.ts';
import { keyChangeCases } from './key-changes.ts';
import { operatorChangeCases } from './operator-changes.ts';
import { orderCases } from './order.ts';
import { quotaCases } from './quotas.ts';
import { randomCases } from './random/random-cases.ts';
import { sessionChangeCases } from './session-changes.ts';
import { signInChangeCases } from './sign-in-changes.ts';

export const commitCases: readonly StoreCase[] = [
  ...orderCases,
  ...quotaCases,
  ...clientChangeCases,
  ...signInChangeCases,
  ...operatorChangeCases,
  ...sessionChangeCases,
  ...keyChangeCases,
  ...grantCommitCases,
  ...exchangeCases,
  ...commitRaceCases,
  ...randomCases,
];
