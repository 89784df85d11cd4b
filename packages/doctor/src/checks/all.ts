import { authorizationChecks } from './authorization.ts';
import { capabilityChecks } from './capabilities.ts';
import { challengeChecks } from './challenge.ts';
import type { Check } from './check.ts';
import { issuerChecks } from './issuer.ts';
import { ownClientChecks } from './own-client.ts';
import { registrationChecks } from './registration.ts';
import { resourceChecks } from './resource.ts';
import { scriptUriChecks } from './script-uri.ts';
import { tokenChecks } from './token.ts';
import { transportChecks } from './transport.ts';
import { trialChecks } from './trials.ts';

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
