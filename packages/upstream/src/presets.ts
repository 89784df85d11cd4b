/** What differs between providers. Everything else comes from their metadata. */
export interface UpstreamPreset {
  /** What the provider is called. */
  readonly name: string;
  /** The scopes that give a name and an email address. */
  readonly scopes: readonly string[];
  /** The `prompt` with which a person who is signed in there can choose another account. */
  readonly promptForOther: 'login' | 'select_account';
  /** The `prompt` with which a person has to sign in there again. */
  readonly promptForNew: 'login' | 'select_account';
  /**
   * How a browser returns after a sign-out there: the parameter with the address, `no-return` if the provider accepts one only with an ID
   * token, which is not kept, or `none` if people cannot sign out there from here.
   */
  readonly signOut: 'post_logout_redirect_uri' | 'logout_uri' | 'no-return' | 'none';
  /** How a new client of this provider sends its secret, if that is not `client_secret_basic`. */
  readonly clientAuthentication?: 'client_secret_post';
  /** The claim with the groups or roles of a person. Absent: it has none unless the operator of the provider makes one. */
  readonly groupsClaim?: string;
  /** That claim is an object, and its members have the names of the groups. */
  readonly areGroupsKeys?: boolean;
  /** Says what is wrong with an issuer that cannot be one of this provider. It continues a sentence that begins with the issuer. */
  readonly problemOfIssuer?: (issuer: string) => string | undefined;
}

/** What the specifications promise of every provider. */
const OPENID: UpstreamPreset = {
  name: 'OpenID Connect',
  scopes: ['openid', 'profile', 'email'],
  promptForOther: 'select_account',
  promptForNew: 'login',
  signOut: 'post_logout_redirect_uri',
};

const matching =
  (pattern: RegExp, problem: string) =>
  (issuer: string): string | undefined =>
    pattern.test(issuer) ? undefined : problem;

/**
 * The kinds of provider that are known. Where a source is given, it says what differs from OpenID Connect.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html OpenID Connect Core}
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html OpenID Connect RP-Initiated Logout}
 */
export const PRESETS: Readonly<Record<UpstreamPresetName, UpstreamPreset>> = {
  openid: OPENID,
  /** Its metadata lists the prompts `none`, `login` and `consent`. */
  keycloak: {
    ...OPENID,
    name: 'Keycloak',
    promptForOther: 'login',
    groupsClaim: 'groups',
    problemOfIssuer: matching(/\/realms\/[^/]+$/, 'must end with /realms/ and the name of the realm.'),
  },
  /** @see {@link https://auth0.com/docs/authenticate/login/logout/log-users-out-of-auth0 Auth0, RP-initiated logout} */
  auth0: {
    ...OPENID,
    name: 'Auth0',
    promptForOther: 'login',
    clientAuthentication: 'client_secret_post',
    problemOfIssuer: matching(
      /^https:\/\/[^/]+\/$/,
      'must be the domain with a slash at its end: https://acme.eu.auth0.com/.',
    ),
  },
  /** Its sign-out takes an ID token. @see {@link https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/ Okta, OpenID Connect} */
  okta: { ...OPENID, name: 'Okta', promptForOther: 'login', signOut: 'none', groupsClaim: 'groups' },
  /** Hydra refuses a return address without an ID token. @see {@link https://www.ory.com/docs/oauth2-oidc Ory, OAuth2 and OpenID} */
  ory: { ...OPENID, name: 'Ory', promptForOther: 'login', signOut: 'no-return' },
  authentik: {
    ...OPENID,
    name: 'authentik',
    promptForOther: 'login',
    groupsClaim: 'groups',
    problemOfIssuer: matching(/\/$/, 'must end with a slash: https://auth.example/application/o/vestibule/.'),
  },
  /** ID tokens have no profile; userinfo does. @see {@link https://zitadel.com/docs/apis/openidoauth/endpoints ZITADEL, endpoints} */
  zitadel: {
    ...OPENID,
    name: 'ZITADEL',
    groupsClaim: 'urn:zitadel:iam:org:project:roles',
    areGroupsKeys: true,
  },
  /** @see {@link https://docs.duendesoftware.com/identityserver/reference/endpoints/end-session/ Duende, end session endpoint} */
  duende: { ...OPENID, name: 'Duende IdentityServer', promptForOther: 'login', signOut: 'no-return' },
  /** `auth_time` is an optional claim. @see {@link https://learn.microsoft.com/entra/identity-platform/optional-claims-reference Entra ID} */
  entra: {
    ...OPENID,
    name: 'Microsoft Entra ID',
    groupsClaim: 'roles',
    clientAuthentication: 'client_secret_post',
    problemOfIssuer: matching(
      /\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\/v2\.0$/i,
      'must be https://login.microsoftonline.com/TENANT-ID/v2.0 with the id of one tenant, not common, organizations or a domain.',
    ),
  },
  /** @see {@link https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html Cognito, logout endpoint} */
  cognito: {
    ...OPENID,
    name: 'Amazon Cognito',
    promptForOther: 'login',
    signOut: 'logout_uri',
    groupsClaim: 'cognito:groups',
    problemOfIssuer: matching(
      /^https:\/\/cognito-idp\.[\w.-]+\/[\w-]+$/,
      'must be https://cognito-idp.REGION.amazonaws.com/POOL-ID, not the domain of the login page.',
    ),
  },
  /** It has no sign-out. @see {@link https://developers.google.com/identity/openid-connect/reference Google, OpenID Connect} */
  google: {
    ...OPENID,
    name: 'Google',
    promptForNew: 'select_account',
    signOut: 'none',
    clientAuthentication: 'client_secret_post',
    problemOfIssuer: matching(/^https:\/\/accounts\.google\.com$/, 'must be https://accounts.google.com.'),
  },
};

/** The name of a kind of provider. */
export type UpstreamPresetName =
  | 'openid'
  | 'keycloak'
  | 'auth0'
  | 'okta'
  | 'ory'
  | 'authentik'
  | 'zitadel'
  | 'duende'
  | 'entra'
  | 'cognito'
  | 'google';

/** Whether a text is the name of a preset. */
export const isPresetName = (text: string): text is UpstreamPresetName => Object.hasOwn(PRESETS, text);
