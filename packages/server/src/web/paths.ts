import { keptRecently } from '@vestibule/core';

/** The paths of all endpoints and pages, below the issuer. */
export const PATHS = {
  authorize: '/connect/authorize',
  pushedRequest: '/connect/par',
  token: '/connect/token',
  revoke: '/connect/revoke',
  introspect: '/connect/introspect',
  revocations: '/connect/revocations',
  userinfo: '/connect/userinfo',
  register: '/connect/register',
  rules: '/connect/rules',
  jwks: '/connect/jwks',
  signIn: '/connect/sign-in',
  signInReturn: '/connect/sign-in/return',
  providerReturn: '/connect/provider/return',
  consent: '/connect/consent',
  handBack: '/connect/hand-back',
  apps: '/connect/apps',
  appsSignIn: '/connect/apps/sign-in',
  signOut: '/connect/sign-out',
} as const;

/** The URL of the description of a rule, on the page of rules. */
export const ruleUrl = (issuer: string, rule: string): string => `${issuer}${PATHS.rules}#${rule}`;

/** The path of an issuer, without a trailing slash: `''`, or `/realms/acme`. */
export const issuerPath = (issuer: string): string => parsed(issuer).path;

/** The issuers of a process: each request makes several paths. */
const KEPT = { most: 128, longest: 2_048 };

const parsed = keptRecently(KEPT, (issuer) => ({ path: new URL(issuer).pathname.replace(/\/$/, '') }));

/**
 * The URI at which a client reads, updates and deletes its registration: the `managementUri` of a registrar whose endpoints
 * are routes of this server.
 */
export const managementUri = ({ issuer }: { readonly issuer: string }, clientId: string): string =>
  `${issuer}${PATHS.register}/${clientId}`;

/** The path of one of {@link PATHS} from the root of the issuer's host. */
export const pathAt = (issuer: string, place: keyof typeof PATHS): string =>
  `${issuerPath(issuer)}${PATHS[place]}`;

/**
 * All well-known paths that clients try: RFC 8414 puts the well-known part before the issuer's path, OpenID Connect
 * Discovery after it, and clients mix them.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-3 RFC 8414 §3}
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig OIDC Discovery §4}
 */
export function metadataPaths(issuer: string): readonly string[] {
  const path = issuerPath(issuer);
  const names = ['oauth-authorization-server', 'openid-configuration'];
  const forms = names.flatMap((name) => [`/.well-known/${name}${path}`, `${path}/.well-known/${name}`]);
  return [...new Set(forms)];
}
