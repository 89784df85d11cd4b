import { isOpenToDocuments, isRegistrationOpen, obtainableScopes, sameResource } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Capabilities } from '../capabilities.ts';
import { speaksDpop } from '../dpop/policy.ts';
import { PATHS } from '../web/paths.ts';

/** @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2} */
export interface AuthorizationServerMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  /** @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-5 RFC 9126 §5} */
  readonly pushed_authorization_request_endpoint: string;
  /**
   * Absent unless every authorization request has to be pushed: absent means `false`.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-5 RFC 9126 §5}
   */
  readonly require_pushed_authorization_requests?: true;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  /** @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2} */
  readonly revocation_endpoint: string;
  readonly revocation_endpoint_auth_methods_supported: readonly string[];
  readonly revocation_endpoint_auth_signing_alg_values_supported: readonly string[];
  /**
   * Absent if no API has a secret.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2 RFC 7662 §2}
   */
  readonly introspection_endpoint?: string;
  /** APIs authenticate there, not clients. */
  readonly introspection_endpoint_auth_methods_supported?: readonly ['client_secret_basic'];
  /** Absent unless userinfo is an API of the realm with the scope `openid`; otherwise no token is valid there. */
  readonly userinfo_endpoint?: string;
  /**
   * Absent if no API accepts sender-constrained tokens.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-5.1 RFC 9449 §5.1}
   */
  readonly dpop_signing_alg_values_supported?: readonly string[];
  /** Absent while registration is closed. */
  readonly registration_endpoint?: string;
  /**
   * Absent while the realm is closed to metadata documents.
   *
   * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-7 Client ID Metadata
   * Document §7}
   */
  readonly client_id_metadata_document_supported?: true;
  /** The scopes that a self-registered client can currently obtain, because agents request all of them. */
  readonly scopes_supported?: readonly string[];
  readonly response_types_supported: readonly string[];
  readonly response_modes_supported: readonly string[];
  readonly grant_types_supported: readonly string[];
  readonly token_endpoint_auth_methods_supported: readonly string[];
  /** Required if clients can authenticate with a signature. */
  readonly token_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly code_challenge_methods_supported: readonly string[];
  /** @see {@link https://openid.net/specs/openid-connect-prompt-create-1_0.html#section-4.2 OIDC Prompt Create §4.2} */
  readonly prompt_values_supported: readonly string[];
  /** OIDC Discovery §3: the default is true. Pushed requests are unrelated (RFC 9126). */
  readonly request_uri_parameter_supported: false;
  /** @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-3 RFC 9207 §3} */
  readonly authorization_response_iss_parameter_supported: true;
  /** Required by OIDC Discovery, for clients that read the document as such. */
  readonly subject_types_supported: readonly ['public'];
  /** Likewise. */
  readonly id_token_signing_alg_values_supported: readonly string[];
}

/** The current metadata of a realm, with the algorithms of its keys. Empty lists are left out (RFC 8414 §3.2). */
export function metadataOf(
  realm: Realm,
  capabilities: Capabilities,
  signingAlgorithms: readonly string[],
): AuthorizationServerMetadata {
  const { issuer } = realm;
  const scopes = obtainableScopes(realm);
  return {
    issuer,
    authorization_endpoint: `${issuer}${PATHS.authorize}`,
    pushed_authorization_request_endpoint: `${issuer}${PATHS.pushedRequest}`,
    ...(realm.settings.authorization.pushedRequestsOnly && {
      require_pushed_authorization_requests: true as const,
    }),
    token_endpoint: `${issuer}${PATHS.token}`,
    jwks_uri: `${issuer}${PATHS.jwks}`,
    revocation_endpoint: `${issuer}${PATHS.revoke}`,
    revocation_endpoint_auth_methods_supported: capabilities.clientAuthenticationMethods,
    revocation_endpoint_auth_signing_alg_values_supported: capabilities.assertionAlgorithms,
    ...(canAsk(realm) && {
      introspection_endpoint: `${issuer}${PATHS.introspect}`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic'] as const,
    }),
    ...(hasUserinfo(realm) && { userinfo_endpoint: `${issuer}${PATHS.userinfo}` }),
    ...(speaksDpop(realm) && { dpop_signing_alg_values_supported: capabilities.proofAlgorithms }),
    ...(capabilities.registration &&
      isRegistrationOpen(realm) && { registration_endpoint: `${issuer}${PATHS.register}` }),
    ...(capabilities.metadataDocuments &&
      isOpenToDocuments(realm) && { client_id_metadata_document_supported: true as const }),
    ...(scopes.length > 0 ? { scopes_supported: scopes } : {}),
    response_types_supported: capabilities.responseTypes,
    response_modes_supported: capabilities.responseModes,
    grant_types_supported: capabilities.grantTypes,
    token_endpoint_auth_methods_supported: capabilities.clientAuthenticationMethods,
    token_endpoint_auth_signing_alg_values_supported: capabilities.assertionAlgorithms,
    code_challenge_methods_supported: capabilities.codeChallengeMethods,
    prompt_values_supported: capabilities.prompts,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: signingAlgorithms,
  };
}

/** Whether any API can authenticate for introspection. */
const canAsk = ({ apis }: Realm): boolean => apis.some(({ secretHashes = [] }) => secretHashes.length > 0);

/** Whether a token for userinfo can exist: userinfo is an API of the realm with the scope `openid`. */
const hasUserinfo = ({ issuer, apis }: Realm): boolean =>
  apis.some(
    ({ resource, scopes }) =>
      sameResource(resource, `${issuer}${PATHS.userinfo}`) && scopes.includes('openid'),
  );
