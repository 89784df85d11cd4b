import { openScopes } from '../gates/gates.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Scope } from '../realm/realm.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { formatScope, parseScope } from '../identifiers/scope.ts';
import type { Draft, PolicyContext } from './rule.ts';
import { DYNAMIC_GRANT_TYPES } from './rules/grant-types.ts';

/**
 * The final check before anything is stored. Metadata that breaks a structural rule, or has a redirect URI that is not
 * allowed or a scope that is not open, never passes, whatever the policy returned.
 *
 * @throws Error if the policy returned such metadata: a bug in the policy, not an error of the client
 */
export function toEffective(
  { metadata, redirectUris }: Draft,
  { scopes }: PolicyContext,
): EffectiveClientMetadata {
  const { client_name, application_type, scope } = metadata;
  const redirect_uris = redirectUris.map((uri) => uri.raw);
  if (redirect_uris.length === 0 || !redirect_uris.every((raw) => parseRedirectUri(raw).ok)) {
    throw broken('redirect_uris');
  }
  if (metadata.token_endpoint_auth_method !== 'none') throw broken('token_endpoint_auth_method');
  const grantTypes = DYNAMIC_GRANT_TYPES.filter((grant) => metadata.grant_types?.includes(grant));
  if (grantTypes.length !== metadata.grant_types?.length || !grantTypes.includes('authorization_code')) {
    throw broken('grant_types');
  }
  if (metadata.response_types?.length !== 1 || metadata.response_types[0] !== 'code') {
    throw broken('response_types');
  }
  const bound = scope === undefined ? undefined : parseScope(scope);
  if (scope !== undefined && !isOpenBound(bound, scopes)) throw broken('scope');
  if (client_name === undefined || client_name === '') throw broken('client_name');
  if (application_type !== 'native' && application_type !== 'web') throw broken('application_type');
  return {
    ...metadata,
    redirect_uris,
    client_name,
    application_type,
    token_endpoint_auth_method: 'none',
    grant_types: grantTypes,
    response_types: ['code'],
    ...(bound !== undefined && { scope: formatScope(bound) }),
  };
}

function isOpenBound(bound: readonly string[] | undefined, scopes: readonly Scope[]): boolean {
  if (bound === undefined || bound.length === 0) return false;
  const open = openScopes(scopes);
  return bound.every((name) => open.includes(name));
}

const broken = (member: keyof EffectiveClientMetadata): Error =>
  new Error(`The registration policy left ${member} in a state that no dynamic client may have.`);
