import { checkOptions, type OptionTable } from '@vestibule/core';
import { OPTIONS, readOptions, RESERVED, type UpstreamOptions, type UpstreamSettings } from './options.ts';

/** An API whose tokens come from the provider. */
export interface ProviderApi {
  /** Each scope of the realm at this API, with what the provider calls it: `{ 'notes:read': 'api://notes/Notes.Read' }`. */
  readonly scopes: Readonly<Record<string, string | readonly string[]>>;
  /** The `aud` of the provider's tokens for this API. A token for another audience is not passed on. */
  readonly audience: string;
  /**
   * How the provider learns which API a token is for: the audience is sent as the parameter `resource` (RFC 8707) or `audience`
   * (Auth0), or the names of the scopes say it (Entra ID, Keycloak). Without any of these a token could be good for every API.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
   */
  readonly requestedBy: 'resource' | 'audience' | 'scopes';
  /**
   * Other values that `aud` may have beside the audience. The userinfo endpoint of the provider is always among them.
   *
   * @default none
   */
  readonly otherAudiences?: readonly string[];
  /**
   * Whether access tokens are opaque, so that their audience cannot be checked here: the provider alone is relied on.
   *
   * @default false: a token that is not a JWT is not passed on
   */
  readonly opaqueTokens?: boolean;
}

/** Which APIs have tokens of the provider, and as which client this server gets them. */
export interface ProviderTokensOptions extends Omit<
  UpstreamOptions,
  'scopes' | 'nameClaim' | 'requiredClaims' | 'groups'
> {
  /** The APIs, by their resource indicators in the realm. */
  readonly apis: Readonly<Record<string, ProviderApi>>;
  /**
   * Scopes that are requested too if the agent can refresh, so that the provider issues a refresh token.
   *
   * @default `offline_access`
   */
  readonly refreshScopes?: readonly string[];
  /**
   * Whether the provider's refresh token is revoked when access ends here. Set it to `false` if the provider then revokes what the
   * person allowed to its client as a whole, which ends the access of all agents: Google does.
   *
   * @default true
   */
  readonly revokes?: boolean;
}

const OWN: Omit<OptionTable<ProviderTokensOptions>, keyof OptionTable<UpstreamOptions>> = {
  apis: 'object',
  refreshScopes: 'list?',
  revokes: 'boolean?',
};

const API: OptionTable<ProviderApi> = {
  scopes: 'object',
  audience: 'string',
  requestedBy: 'string',
  otherAudiences: 'list?',
  opaqueTokens: 'boolean?',
};

/** The options with their defaults. */
export interface TokenSettings extends Required<
  Pick<ProviderTokensOptions, 'apis' | 'refreshScopes' | 'revokes'>
> {
  readonly upstream: UpstreamSettings;
}

const OF = 'providerTokens';

/**
 * Checks the options and adds the defaults.
 *
 * @throws TypeError that names each option that is unknown, missing or wrong
 */
export function readTokenOptions(options: ProviderTokensOptions): TokenSettings {
  const { scopes: _scopes, nameClaim: _name, requiredClaims: _claims, groups: _groups, ...table } = OPTIONS;
  checkOptions(OF, options, { ...table, ...OWN });
  const { apis, refreshScopes = ['offline_access'], revokes = true, parameters = {}, ...others } = options;
  const problems = [
    ...Object.entries(apis).flatMap(([resource, api]) => problemsOf(resource, api)),
    ...(Object.keys(apis).length === 0 ? ['"apis" is empty.'] : []),
    ...Object.keys(parameters).flatMap((name) => (isOwnParameter(name) ? [reserved(name)] : [])),
    ...(refreshScopes.every(isScope) ? [] : ['"refreshScopes" must list scopes.']),
  ];
  if (problems.length > 0) throw new TypeError(problems.map((problem) => `${OF}: ${problem}`).join('\n'));
  const upstream = { ...readOptions(others, OF), parameters };
  return { upstream, apis, refreshScopes, revokes };
}

/** `prompt` is allowed: providers issue refresh tokens only with `consent`. No audience is the same for every API. */
const isOwnParameter = (name: string): boolean =>
  (RESERVED.has(name) && name !== 'prompt') || name === 'resource' || name === 'audience';

const reserved = (name: string): string => `"parameters" must not have ${name}, which this package sets.`;

const isScope = (scope: unknown): boolean =>
  typeof scope === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope);

function problemsOf(resource: string, api: ProviderApi): readonly string[] {
  try {
    checkOptions(`"apis", ${resource}`, api, API);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const { scopes, audience, requestedBy, otherAudiences = [] } = api;
  const problems = [
    ...(URL.canParse(resource) ? [] : ['is not the URL of an API.']),
    ...(audience === '' ? ['has an empty "audience": its tokens would be good for every API.'] : []),
    ...(['resource', 'audience', 'scopes'].includes(requestedBy)
      ? []
      : ['must have "requestedBy" resource, audience or scopes, so that its tokens are for it alone.']),
    ...(requestedBy === 'resource' && !URL.canParse(audience)
      ? ['has "requestedBy": "resource", so that "audience" must be a URL.']
      : []),
    ...(Object.keys(scopes).length === 0 ? ['has no "scopes".'] : []),
    ...Object.entries(scopes).flatMap(([name, names]) =>
      [names].flat().length > 0 && [names].flat().every(isScope)
        ? []
        : [`has no scope of the provider for ${name}.`],
    ),
    ...(otherAudiences.every((one) => typeof one === 'string' && one !== '')
      ? []
      : ['must list texts in "otherAudiences".']),
  ];
  return problems.map((problem) => `"apis": ${resource} ${problem}`);
}
