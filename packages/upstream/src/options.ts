import type { OperatorFetch } from '@vestibule/cimd/node';
import { checkOptions, type OptionTable } from '@vestibule/core';
import { isLoopbackUrl } from '@vestibule/http';
import type { UpstreamFailure } from './failure.ts';
import { fetchFor } from './provider-fetch.ts';
import { isPresetName, PRESETS, type UpstreamPreset, type UpstreamPresetName } from './presets.ts';
import { groupSettings, groupsProblem } from './group-settings.ts';
import type { GroupSettings, UpstreamGroups } from './groups.ts';
import type { RequiredClaims } from './required-claims.ts';

/** A private key with which this server authenticates at the provider. */
export interface ClientKey {
  /** In PKCS #8 and PEM format. */
  readonly pem: string;
  /** What it signs with: `ES256`, `PS256`, `RS256`, `EdDSA`. */
  readonly algorithm: string;
  /** The id of the key, if the provider needs it. */
  readonly kid?: string;
}

/** Where people sign in, and as which client this server does it. */
export interface UpstreamOptions {
  /** The issuer identifier of the provider, exactly as in its metadata: `https://login.example/realms/acme`. */
  readonly issuer: string;
  /** The id of the client that was registered at the provider for this server. */
  readonly clientId: string;
  /** Its secret. Give this or `privateKey`. @default none: a public client, with PKCE alone */
  readonly clientSecret?: string;
  /** Its private key, for providers with `private_key_jwt`. @default none */
  readonly privateKey?: ClientKey;
  /**
   * How the secret is sent: in the header or in the body, as the client was registered at the provider.
   *
   * @default that of the preset; "client_secret_basic" unless the metadata lists only "client_secret_post"
   */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** What is known about a kind of provider. Other options prevail. @default "openid" */
  readonly preset?: UpstreamPresetName;
  /** What people call the provider. @default the host of the issuer */
  readonly name?: string;
  /** The requested scopes. `openid` is always among them. @default those of the preset: `openid profile email` */
  readonly scopes?: readonly string[];
  /** More parameters of the authorization request, such as `{ hd: 'acme.example' }`. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The claim to take as a person's name first. @default `name`, then `preferred_username`, `nickname`, `email` */
  readonly nameClaim?: string;
  /**
   * Who may sign in: each of these claims must have one of its values, or be a list with one of them.
   *
   * @default everyone whom the provider signs in
   */
  readonly requiredClaims?: RequiredClaims;
  /**
   * Which claim has the groups of a person. They are stored at each sign-in, and decide which APIs the person may let apps use, if an API
   * allows only some groups. `{}` reads the claim of the preset.
   *
   * @default none is read: a person has no groups of the provider
   */
  readonly groups?: UpstreamGroups;
  /**
   * Networks in which the provider may be although they are not public, in CIDR notation: `['10.0.0.0/8']`.
   *
   * @default none; for an issuer on this computer, this computer
   */
  readonly allowNetworks?: readonly string[];
  /**
   * Reaches the provider, with options that this package does not have, such as a certificate authority: `createOperatorFetch({ ca })`
   * of `@vestibule/cimd/node`. It prevails over `allowNetworks`.
   *
   * @default one with `allowNetworks`
   */
  readonly fetch?: OperatorFetch;
  /** Called with each sign-in that did not succeed, or of which something could not be used. @default nothing */
  readonly onFailure?: (failure: UpstreamFailure) => void;
}

/** What each option must be. */
export const OPTIONS: OptionTable<UpstreamOptions> = {
  issuer: 'url',
  clientId: 'string',
  clientSecret: 'string?',
  privateKey: 'object?',
  clientAuthentication: 'string?',
  preset: 'string?',
  name: 'string?',
  scopes: 'list?',
  parameters: 'object?',
  nameClaim: 'string?',
  requiredClaims: 'object?',
  groups: 'object?',
  allowNetworks: 'list?',
  fetch: 'function?',
  onFailure: 'function?',
};

/** The options with their defaults. */
export interface UpstreamSettings
  extends
    Required<
      Pick<UpstreamOptions, 'issuer' | 'clientId' | 'name' | 'scopes' | 'parameters' | 'requiredClaims'>
    >,
    Required<Pick<UpstreamOptions, 'fetch' | 'onFailure'>>,
    Pick<UpstreamOptions, 'clientSecret' | 'privateKey' | 'clientAuthentication' | 'nameClaim'>,
    Pick<UpstreamPreset, 'promptForOther' | 'promptForNew' | 'signOut'> {
  /** Absent: no groups are read. */
  readonly groups?: GroupSettings;
}

/** Parameters that bind a request to its browser and its client. No option replaces them. */
export const RESERVED: ReadonlySet<string> = new Set([
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'max_age',
  'nonce',
  'prompt',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
]);

/**
 * Checks the options and adds the defaults.
 *
 * @param of the name of the function, for messages
 * @throws TypeError that names each option that is unknown, missing or wrong
 */
export function readOptions(options: UpstreamOptions, of = 'signInUpstream'): UpstreamSettings {
  checkOptions(of, options, OPTIONS);
  const { preset: presetName = 'openid', issuer, clientId, allowNetworks = [], groups, ...others } = options;
  const problem = problemOf(options);
  if (problem !== undefined) throw new TypeError(`${of}: ${problem}`);
  const preset = PRESETS[presetName];
  const hasSecret = others.clientSecret !== undefined;
  const { clientAuthentication = hasSecret ? preset.clientAuthentication : undefined } = others;
  const { name = new URL(issuer).host, scopes = preset.scopes, parameters = {} } = others;
  const {
    requiredClaims = {},
    fetch = fetchFor(issuer, allowNetworks),
    onFailure = () => undefined,
  } = others;
  return {
    ...others,
    issuer,
    clientId,
    name,
    scopes: [...new Set(['openid', ...scopes])],
    parameters,
    requiredClaims,
    fetch,
    onFailure,
    ...(clientAuthentication !== undefined && { clientAuthentication }),
    ...(groups !== undefined && { groups: groupSettings(groups, preset) }),
    promptForOther: preset.promptForOther,
    promptForNew: preset.promptForNew,
    signOut: preset.signOut,
  };
}

function problemOf({
  issuer,
  clientId,
  clientSecret,
  privateKey,
  clientAuthentication,
  preset = 'openid',
  scopes = [],
  parameters = {},
  requiredClaims = {},
  groups,
}: UpstreamOptions): string | undefined {
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && !isLoopbackUrl(issuer)) return '"issuer" must begin with https.';
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return '"issuer" must have no query, no fragment and no user.';
  }
  if (url.pathname.endsWith('/.well-known/openid-configuration')) {
    return '"issuer" must be the issuer itself, without /.well-known/openid-configuration.';
  }
  if (!isPresetName(preset)) return `"preset" must be one of ${Object.keys(PRESETS).join(', ')}.`;
  const { problemOfIssuer } = PRESETS[preset];
  const wrong = problemOfIssuer?.(issuer);
  if (wrong !== undefined) return `"issuer" ${wrong}`;
  if (clientId === '') return '"clientId" is empty.';
  if (clientSecret === '') return '"clientSecret" is empty.';
  if (clientSecret !== undefined && privateKey !== undefined) return BOTH_PROOFS;
  if (clientAuthentication !== undefined && !/^client_secret_(?:basic|post)$/.test(clientAuthentication)) {
    return '"clientAuthentication" must be client_secret_basic or client_secret_post.';
  }
  if (clientAuthentication !== undefined && clientSecret === undefined) {
    return '"clientAuthentication" needs "clientSecret".';
  }
  if (!scopes.every((scope) => typeof scope === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))) {
    return '"scopes" must list scopes, such as ["openid", "email"].';
  }
  const reserved = Object.keys(parameters).find((name) => RESERVED.has(name));
  if (reserved !== undefined) return `"parameters" must not have ${reserved}, which this package sets.`;
  const bad = Object.entries(requiredClaims).find(([, values]) => !isListOfTexts(values));
  if (bad !== undefined) return `"requiredClaims" needs a list of texts for ${bad[0]}.`;
  return groups === undefined ? undefined : groupsProblem(groups, PRESETS[preset]);
}

const BOTH_PROOFS = 'give "clientSecret" or "privateKey", not both.';

const isListOfTexts = (values: unknown): boolean =>
  Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'string');
