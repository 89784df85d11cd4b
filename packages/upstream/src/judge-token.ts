import { formatScope, type Instant } from '@vestibule/core';
import type { ProvidedTokens } from '@vestibule/server';
import { decodeJwt } from 'jose';
import { quoted } from './failure.ts';
import type { ProviderApi } from './token-options.ts';

/** Scopes that say nothing about an API. */
const OF_OPENID: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
]);

/** Of a token response, what says what the access token is good for. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in?: number | undefined;
  readonly refresh_token?: string | undefined;
  readonly scope?: string | undefined;
}

/** The request that it responds to. */
export interface RequestedTokens {
  readonly api: ProviderApi;
  /** The scopes of the realm. */
  readonly scopes: readonly string[];
  /** Further scopes of the provider that were requested. */
  readonly others: readonly string[];
  /** Values that `aud` may have beside the audience. */
  readonly userinfo?: string | undefined;
  readonly now: Instant;
}

/** The tokens, or what is wrong with them. */
export type JudgedTokens =
  { readonly ok: true; readonly tokens: ProvidedTokens } | { readonly ok: false; readonly detail: string };

/** The names of scopes at the provider. Those that it does not know are left out. */
export const atProvider = ({ scopes: names }: ProviderApi, scopes: readonly string[]): readonly string[] =>
  scopes.flatMap((scope) => (Object.hasOwn(names, scope) ? [names[scope] ?? []].flat() : []));

/**
 * Judges what an access token of the provider is good for: the audience of the API, and no scope that was not requested. A response
 * without `scope` has the requested ones.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 RFC 6749 §5.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-3 RFC 8707 §3}
 */
export function judgeToken(response: TokenResponse, requested: RequestedTokens): JudgedTokens {
  const { api, scopes, others, now } = requested;
  if (response.token_type.toLowerCase() !== 'bearer') {
    return wrong(`The access token is of the type ${quoted(response.token_type)}, not Bearer.`);
  }
  if (!/^[\x21-\x7e]+$/.test(response.access_token)) {
    return wrong('The access token has characters that no request can send.');
  }
  const claims = claimsOf(response.access_token);
  if (claims === undefined && api.opaqueTokens !== true) {
    return wrong('The access token is not a JWT, so that its audience cannot be checked ("opaqueTokens").');
  }
  const audience = claims && audienceProblem(claims.aud, requested);
  if (audience !== undefined) return wrong(audience);
  const asked = new Set([...atProvider(api, scopes), ...others]);
  const granted = response.scope?.split(' ').filter((scope) => scope !== '') ?? [...asked];
  const excess = granted.filter((scope) => !asked.has(scope) && !OF_OPENID.has(scope));
  if (excess.length > 0) {
    return wrong(`The access token has more than was approved: ${quoted(formatScope(excess))}.`);
  }
  const has = new Set(granted);
  const obtained = scopes.filter((scope) => atProvider(api, [scope]).every((name) => has.has(name)));
  if (obtained.length === 0) return wrong('The access token has none of the approved scopes.');
  const { jti } = claims ?? {};
  const expiresAt = expiryOf(response.expires_in, claims?.exp, now);
  return {
    ok: true,
    tokens: {
      accessToken: response.access_token,
      scopes: obtained,
      ...(typeof jti === 'string' && /^[\x21-\x7e]{1,128}$/.test(jti) && { id: jti }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(response.refresh_token !== undefined && { refreshToken: response.refresh_token }),
    },
  };
}

const wrong = (detail: string): JudgedTokens => ({ ok: false, detail });

/** The provider itself sent the token over TLS, so its signature need not be verified to read for whom it is. */
function claimsOf(token: string): ReturnType<typeof decodeJwt> | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

function audienceProblem(aud: unknown, { api, userinfo }: RequestedTokens): string | undefined {
  const values = [aud].flat();
  if (!values.includes(api.audience)) {
    return `The access token is for ${shown(values)}, not for ${api.audience}.`;
  }
  const also = new Set([api.audience, ...(api.otherAudiences ?? []), userinfo]);
  const others = values.filter((value) => typeof value !== 'string' || !also.has(value));
  return others.length === 0
    ? undefined
    : `The access token is for ${shown(others)} too: remove it there, or list it in "otherAudiences".`;
}

const shown = (values: readonly unknown[]): string =>
  quoted(values.map((value) => (typeof value === 'string' ? value : 'nothing')).join(' '));

/** The earlier of both, because the response and the token may differ. */
function expiryOf(expiresIn: number | undefined, exp: unknown, now: Instant): Instant | undefined {
  const times = [
    ...(expiresIn === undefined ? [] : [now + expiresIn * 1_000]),
    ...(typeof exp === 'number' ? [exp * 1_000] : []),
  ];
  const earliest = Math.min(...times);
  return Number.isSafeInteger(Math.trunc(earliest)) ? earliest : undefined;
}
