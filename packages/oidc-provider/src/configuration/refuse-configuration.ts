import type { Configuration } from 'oidc-provider';

/**
 * What a configuration has that would let a self-registered client around a rule, or that would stop every one: one sentence each, with
 * what to do. Members that this package decides by itself, such as `pkce.required`, are not among them.
 */
export function problemsOf(configuration: Configuration): readonly string[] {
  const {
    features = {},
    clientAuthMethods,
    responseTypes,
    subjectTypes,
    clientDefaults,
    adapter,
  } = configuration;
  const found: readonly (string | false)[] = [
    adapter === undefined && 'adapter is missing. Give the adapter of your clients, grants and tokens.',
    features.registration?.enabled === true &&
      'features.registration.enabled must not be true: it registers clients without policy, limits and gates.',
    features.clientIdMetadataDocument?.enabled === true &&
      'features.clientIdMetadataDocument.enabled must not be true: give metadataDocuments to the bridge instead.',
    features.devInteractions?.enabled === true &&
      'features.devInteractions.enabled must not be true: its consent page would replace that of self-registered clients.',
    features.resourceIndicators?.enabled === false &&
      'features.resourceIndicators.enabled must not be false: a token of a self-registered client is good for one API.',
    features.pushedAuthorizationRequests?.allowUnregisteredRedirectUris === true &&
      'features.pushedAuthorizationRequests.allowUnregisteredRedirectUris must not be true: redirect URIs are registered.',
    !includes(clientAuthMethods, 'none') &&
      'clientAuthMethods must include "none": self-registered clients are public clients.',
    !includes(responseTypes, 'code') && 'responseTypes must include "code".',
    !includes(subjectTypes, 'public') && 'subjectTypes must include "public".',
    clientDefaults?.id_token_signed_response_alg?.startsWith('HS') === true &&
      'clientDefaults.id_token_signed_response_alg must not need a client secret.',
  ];
  return found.filter((problem) => problem !== false);
}

/** A list that is not given is the default of oidc-provider, which includes all of these. */
const includes = (given: Iterable<string> | undefined, value: string): boolean =>
  given === undefined || [...given].includes(value);
