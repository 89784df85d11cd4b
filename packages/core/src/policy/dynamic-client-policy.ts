import { definePolicy } from './policy.ts';
import type { Rule } from './rule.ts';
import { applicationType } from './rules/application-type.ts';
import { claimedContacts } from './rules/contacts.ts';
import { claimedUris } from './rules/claimed-uris.ts';
import { readableName, readableTranslations, unreservedName } from './rules/client-name.ts';
import { authorizationCodeGrant, noClientCredentials, supportedGrantTypes } from './rules/grant-types.ts';
import { redirectHosts } from './rules/redirect-hosts.ts';
import { actingScheme, privateUseQuery } from './rules/private-use.ts';
import {
  foreignRedirectUris,
  privateUseRedirectUris,
  redirectUriCount,
  redirectUriForm,
} from './rules/redirect-uris.ts';
import { ownName } from './rules/own-name.ts';
import { codeOnly } from './rules/response-types.ts';
import { languageCount } from './rules/languages.ts';
import { openScopesOnly, tokenScopes } from './rules/scope-names.ts';
import { claimedSoftware } from './rules/software.ts';
import { publicClientOnly } from './rules/token-endpoint-auth-method.ts';
import { vendorName } from './rules/vendor-name.ts';

/**
 * The policy for dynamic clients. To be stricter, append your own rules: `definePolicy('mine', '…', [dynamicClientPolicy,
 * myRule])`. The result of a policy is checked again before it is stored, so a rule cannot loosen the structural rules, the
 * redirect URIs or the scopes.
 */
export const dynamicClientPolicy: Rule = definePolicy('dynamic-client', 'RFC 7591', [
  redirectUriCount,
  redirectUriForm,
  foreignRedirectUris,
  redirectHosts,
  privateUseRedirectUris,
  privateUseQuery,
  actingScheme,
  publicClientOnly,
  noClientCredentials,
  supportedGrantTypes,
  authorizationCodeGrant,
  codeOnly,
  openScopesOnly,
  tokenScopes,
  languageCount,
  readableName,
  readableTranslations,
  unreservedName,
  ownName,
  vendorName,
  applicationType,
  claimedUris,
  claimedSoftware,
  claimedContacts,
]);
