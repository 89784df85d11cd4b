import { isLoopbackUrl } from '@vestibule/http';
import { withoutSecrets } from '@vestibule/database';
import type { UpstreamVariable } from './variables.ts';

/** Where people sign in instead of with passwords, as the variables describe it: options of `signInUpstream`. */
export interface UpstreamConfig {
  /** `UPSTREAM_ISSUER`: the issuer identifier of the OpenID provider. */
  readonly issuer: string;
  /** `UPSTREAM_CLIENT_ID`: the client that was registered there. */
  readonly clientId: string;
  /** `UPSTREAM_CLIENT_SECRET`: its secret. */
  readonly clientSecret: string;
  /** `UPSTREAM_PRESET`: the kind of provider. @default "openid" */
  readonly preset?: string;
  /** `UPSTREAM_NAME`: what people call the provider. @default the host of the issuer */
  readonly name?: string;
  /** `UPSTREAM_SCOPES`: the requested scopes, separated by spaces. @default those of the preset */
  readonly scopes?: readonly string[];
  /**
   * `UPSTREAM_REQUIRED_CLAIMS`: who may sign in, comma-separated; values of one claim are separated by `|`: `groups=agents|admins,
   * hd=acme.example`. @default everyone whom the provider signs in
   */
  readonly requiredClaims?: Readonly<Record<string, readonly string[]>>;
  /**
   * `UPSTREAM_GROUPS_CLAIM`: the claim with the groups of a person, or as a JSON list the path to it: `["realm_access","roles"]`.
   *
   * @default no groups are read
   */
  readonly groups?: { readonly claim: string | readonly string[] };
}

/** The result of reading: nothing is configured, the configuration, or a line for each problem. */
export type ReadUpstream =
  | { readonly ok: true; readonly upstream?: UpstreamConfig }
  | { readonly ok: false; readonly problems: readonly string[] };

const NEEDED = ['UPSTREAM_ISSUER', 'UPSTREAM_CLIENT_ID', 'UPSTREAM_CLIENT_SECRET'] as const;
const NAMES = [
  ...NEEDED,
  'UPSTREAM_PRESET',
  'UPSTREAM_NAME',
  'UPSTREAM_SCOPES',
  'UPSTREAM_REQUIRED_CLAIMS',
  'UPSTREAM_GROUPS_CLAIM',
] as const satisfies readonly UpstreamVariable[];

/** Reads the variables for sign-in at an OpenID provider. Some of them without the others are a mistake. */
export function readUpstream(env: Readonly<Record<string, string | undefined>>): ReadUpstream {
  const given = NAMES.filter((name) => env[name] !== undefined && env[name] !== '');
  const [first] = given;
  if (first === undefined) return { ok: true };
  const missing = NEEDED.filter((name) => !given.includes(name)).map(
    (name) => `${name} is missing. ${first} is set, and people sign in at a provider only if both are.`,
  );
  const {
    UPSTREAM_ISSUER: issuer = '',
    UPSTREAM_CLIENT_ID: clientId = '',
    UPSTREAM_CLIENT_SECRET: clientSecret = '',
    UPSTREAM_PRESET: preset,
    UPSTREAM_NAME: name,
    UPSTREAM_SCOPES: scopes,
    UPSTREAM_REQUIRED_CLAIMS: claims,
    UPSTREAM_GROUPS_CLAIM: groupsClaim = '',
  } = env;
  const required = claims ? readClaims(claims) : {};
  const claim = readPath(groupsClaim.trim());
  const problems = [
    ...missing,
    ...issuerProblems(issuer),
    ...(required === undefined ? [CLAIMS_PROBLEM] : []),
    ...(claim === undefined ? [GROUPS_PROBLEM] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    upstream: {
      issuer,
      clientId,
      clientSecret,
      ...(preset && { preset }),
      ...(name && { name }),
      ...(scopes && { scopes: scopes.split(/[ ,]+/).filter((scope) => scope !== '') }),
      ...(claims && required !== undefined && { requiredClaims: required }),
      ...(claim !== undefined && claim !== '' && { groups: { claim } }),
    },
  };
}

function issuerProblems(issuer: string): readonly string[] {
  if (issuer === '') return [];
  const url = URL.parse(issuer);
  const isUsable = url?.protocol === 'https:' || (url !== null && isLoopbackUrl(issuer));
  const named = `UPSTREAM_ISSUER=${withoutSecrets(issuer)}`;
  if (!isUsable) return [`${named} must begin with https:// (or with http:// on this computer)`];
  return url.search === '' && url.username === '' && !url.pathname.includes('/.well-known/')
    ? []
    : [`${named} must be the issuer itself, without a query, a user and /.well-known/…`];
}

const CLAIMS_PROBLEM =
  'UPSTREAM_REQUIRED_CLAIMS must be claims with their accepted values: groups=agents|admins,hd=acme.example';

const GROUPS_PROBLEM =
  'UPSTREAM_GROUPS_CLAIM must be the name of a claim, or the path to it as a JSON list: ["realm_access","roles"]';

/** A name, or the names that a JSON list has. Names of claims can have dots, so a path has another form. */
function readPath(text: string): string | readonly string[] | undefined {
  if (!text.startsWith('[')) return text;
  try {
    const path: unknown = JSON.parse(text);
    const isPath = Array.isArray(path) && path.length > 0;
    return isPath && path.every((name) => typeof name === 'string' && name !== '') ? path : undefined;
  } catch {
    return undefined;
  }
}

function readClaims(text: string): Readonly<Record<string, readonly string[]>> | undefined {
  const entries = text.split(',').map((one): readonly [string, readonly string[]] => {
    const at = one.indexOf('=');
    const values = one.slice(at + 1).split('|');
    return [
      one.slice(0, Math.max(at, 0)).trim(),
      values.map((value) => value.trim()).filter((value) => value !== ''),
    ];
  });
  const isGood = entries.every(([name, values]) => name !== '' && values.length > 0);
  return isGood ? Object.fromEntries(entries) : undefined;
}
