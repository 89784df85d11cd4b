import { authorizationChecks } from './authorization-checks.ts';
import { capabilityChecks } from './capability-checks.ts';
import { challengeChecks } from './challenge-checks.ts';
import type { Check } from './check.ts';
import { issuerChecks } from './issuer-checks.ts';
import { ownClientChecks } from './own-client-checks.ts';
import { registrationChecks } from './registration-checks.ts';
import { resourceChecks } from './resource-checks.ts';
import { scriptUriChecks } from './script-uri-checks.ts';
import { tokenChecks } from './token-checks.ts';
import { transportChecks } from './transport-checks.ts';
import { trialChecks } from './trial-checks.ts';

/** Every check, in the order in which an agent meets them. */
export const checks: readonly Check[] = [
  ...transportChecks,
  ...challengeChecks,
  ...resourceChecks,
  ...issuerChecks,
  ...capabilityChecks,
  ...registrationChecks,
  ...scriptUriChecks,
  ...tokenChecks,
  ...authorizationChecks,
  ...ownClientChecks,
  ...trialChecks,
];
