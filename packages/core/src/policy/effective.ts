import type { ClientMetadata, EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { DYNAMIC_GRANT_TYPES } from './rules/grant-types.ts';

/**
 * The last look before anything is stored: metadata that breaks a structural rule cannot come out of here,
 * whatever policy let it through.
 *
 * @throws Error where the policy left something out. That is a bug in the policy, not a fault of the client.
 */
export function toEffective(metadata: ClientMetadata): EffectiveClientMetadata {
  const { redirect_uris, client_name, application_type, ...rest } = metadata;
  if (redirect_uris === undefined || redirect_uris.length === 0) throw broken('redirect_uris');
  if (metadata.token_endpoint_auth_method !== 'none') throw broken('token_endpoint_auth_method');
  const grantTypes = DYNAMIC_GRANT_TYPES.filter((grant) => metadata.grant_types?.includes(grant));
  if (grantTypes.length !== metadata.grant_types?.length || !grantTypes.includes('authorization_code')) {
    throw broken('grant_types');
  }
  if (metadata.response_types?.length !== 1 || metadata.response_types[0] !== 'code')
    throw broken('response_types');
  if (client_name === undefined || client_name === '') throw broken('client_name');
  if (application_type !== 'native' && application_type !== 'web') throw broken('application_type');
  return {
    ...rest,
    redirect_uris,
    client_name,
    application_type,
    token_endpoint_auth_method: 'none',
    grant_types: grantTypes,
    response_types: ['code'],
  };
}

const broken = (member: keyof ClientMetadata): Error =>
  new Error(`The registration policy left ${member} in a state that no self-introduced client may have.`);
