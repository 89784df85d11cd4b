import { type Clock, sameResource } from '@vestibule/core';
import type { RefreshOutcome, TokenProvider, TokenTrip, TripBeginning, TripOutcome } from '@vestibule/server';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  refreshTokenGrant,
  ResponseBodyError,
  tokenRevocation,
} from 'openid-client';
import type { UpstreamFailure } from './failure.ts';
import { isTemporary, judgeError } from './judge-error.ts';
import { atProvider, judgeToken } from './judge-token.ts';
import { createProvider } from './provider.ts';
import { subjectOf } from './subject.ts';
import { type ProviderApi, type ProviderTokensOptions, readTokenOptions } from './token-options.ts';
import { useProvider } from './use-provider.ts';

/**
 * Some APIs accept the tokens of the provider instead of those of this server. Agents register and get consent here, and the provider
 * issues the tokens to this server as its one client. The provider's refresh token and secret stay here.
 *
 * Pass the same provider to `signInUpstream`: the person who consented must be the one for whom the provider issues tokens. Register
 * the return address `ISSUER/connect/provider/return` there, beside that of the sign-in.
 *
 * @throws TypeError that names each option that is unknown, missing or wrong
 * @see {@link https://modelcontextprotocol.io/docs/tutorials/security/security_best_practices#confused-deputy-problem MCP, confused deputy}
 * @example
 * ```ts
 * import { createVestibule } from '@vestibule/node';
 * import { providerTokens, signInUpstream } from '@vestibule/upstream';
 *
 * const provider = {
 *   issuer: 'https://login.example/realms/acme',
 *   clientId: 'vestibule',
 *   clientSecret: 'the secret that the provider made',
 * };
 * const notes = { scopes: { 'notes:read': 'notes.read' }, audience: 'https://notes.example/mcp', requestedBy: 'resource' } as const;
 * const vestibule = await createVestibule({
 *   database: 'sqlite:./vestibule.db',
 *   signIn: signInUpstream(provider),
 *   providerTokens: providerTokens({ ...provider, apis: { 'https://notes.example/mcp': notes } }),
 * });
 * ```
 */
export function providerTokens(options: ProviderTokensOptions): TokenProvider {
  const { upstream, apis, refreshScopes, revokes } = readTokenOptions(options);
  const { issuer, name, parameters, promptForOther, onFailure } = upstream;
  const provider = createProvider(upstream);

  /** @throws Error if the options do not have this API: the server asks for others only by mistake */
  function apiOf(resource: string): ProviderApi {
    const found = Object.entries(apis).find(([known]) => sameResource(known, resource));
    if (found === undefined) throw new Error('The API has no tokens of the provider.');
    return found[1];
  }

  const use = <Outcome>(
    clock: Clock,
    action: (configuration: Configuration) => Promise<Outcome>,
    failed: (failure: UpstreamFailure) => Outcome,
    sent?: string,
  ): Promise<Outcome> =>
    useProvider(
      provider,
      clock,
      action,
      (failure) => {
        onFailure(failure);
        return failed(failure);
      },
      sent,
    );

  const unavailable = (): { readonly kind: 'unavailable' } => ({ kind: 'unavailable' });
  /** Further scopes of a request. */
  const othersOf = (refreshable: boolean): readonly string[] => [
    'openid',
    ...(refreshable ? refreshScopes : []),
  ];

  async function begin(trip: TokenTrip): Promise<TripBeginning> {
    const { resource, scopes, refreshable, state, secretFor, wantsOtherPerson } = trip;
    const api = apiOf(resource);
    const unknown = scopes.filter((scope) => atProvider(api, [scope]).length === 0);
    if (unknown.length > 0) {
      onFailure({
        rule: 'upstream.client',
        detail: `"apis" has no scope of the provider for ${unknown.join(', ')}.`,
      });
      return unavailable();
    }
    return use<TripBeginning>(
      trip.clock,
      async (configuration) => ({
        kind: 'redirect',
        location: buildAuthorizationUrl(configuration, {
          ...parameters,
          ...(wantsOtherPerson && { prompt: promptForOther }),
          ...audienceOf(api),
          scope: [...new Set([...othersOf(refreshable), ...atProvider(api, scopes)])].join(' '),
          redirect_uri: trip.returnTo,
          state,
          nonce: secretFor('nonce', state),
          code_challenge: await calculatePKCECodeChallenge(secretFor('pkce', state)),
          code_challenge_method: 'S256',
        }),
      }),
      unavailable,
    );
  }

  async function complete(trip: TokenTrip, response: URLSearchParams): Promise<TripOutcome> {
    const { resource, scopes, refreshable, returnTo, state, secretFor, clock } = trip;
    const api = apiOf(resource);
    return use<TripOutcome>(
      clock,
      async (configuration) => {
        const returned = new URL(returnTo);
        returned.search = response.toString();
        const tokens = await authorizationCodeGrant(
          configuration,
          returned,
          {
            expectedState: state,
            expectedNonce: secretFor('nonce', state),
            pkceCodeVerifier: secretFor('pkce', state),
            idTokenExpected: true,
          },
          resourceOf(api),
        );
        const claims = tokens.claims();
        if (claims === undefined) throw new TypeError('The token response has no ID token.');
        const { userinfo_endpoint: userinfo } = configuration.serverMetadata();
        const others = othersOf(refreshable);
        const judged = judgeToken(tokens, { api, scopes, others, userinfo, now: clock() });
        if (!judged.ok) {
          onFailure({ rule: 'upstream.token', detail: judged.detail });
          return unavailable();
        }
        return { kind: 'obtained', subject: subjectOf(issuer, claims.sub), tokens: judged.tokens };
      },
      ({ rule }) => (rule === 'upstream.declined' ? { kind: 'declined' } : unavailable()),
    );
  }

  return {
    name,
    apis: Object.entries(apis).map(([resource, { scopes }]) => ({ resource, scopes: Object.keys(scopes) })),
    begin,
    complete,
    refresh: ({ resource, scopes, isNarrowed, refreshToken, clock }) => {
      const api = apiOf(resource);
      const others = othersOf(true);
      return use<RefreshOutcome>(
        clock,
        async (configuration) => {
          const scope = isNarrowed && { scope: [...others, ...atProvider(api, scopes)].join(' ') };
          try {
            const sent = { ...resourceOf(api), ...scope };
            const tokens = await refreshTokenGrant(configuration, refreshToken, sent);
            const { userinfo_endpoint: userinfo } = configuration.serverMetadata();
            const judged = judgeToken(tokens, { api, scopes, others, userinfo, now: clock() });
            if (judged.ok) return { kind: 'refreshed', tokens: judged.tokens };
            onFailure({ rule: 'upstream.token', detail: judged.detail });
            const { refresh_token: next } = tokens;
            return { kind: 'too-wide', ...(next !== undefined && { refreshToken: next }) };
          } catch (error) {
            if (!isInvalidGrant(error)) throw error;
            onFailure({
              rule: 'upstream.ended',
              detail: 'The provider does not accept the refresh token any more.',
            });
            return { kind: 'ended' };
          }
        },
        unavailable,
        refreshToken,
      );
    },
    ...(revokes && {
      revoke: async (refreshToken: string, clock: Clock): Promise<void> => {
        const found = await provider.current(clock());
        if (!found.ok) throw new Error(found.failure.detail);
        const { revocation_endpoint: endpoint } = found.configuration.serverMetadata();
        if (endpoint === undefined) return;
        try {
          await tokenRevocation(found.configuration, refreshToken, { token_type_hint: 'refresh_token' });
        } catch (error) {
          const failure = judgeError(error, refreshToken);
          onFailure(failure);
          const isLater = failure.rule === 'upstream.unreachable' || isTemporary(error);
          if (isLater) throw new Error(failure.detail, { cause: error });
        }
      },
    }),
  };
}

/** The parameters of an authorization request that say for which API the tokens are. */
const audienceOf = ({ requestedBy, audience }: ProviderApi): Readonly<Record<string, string>> =>
  requestedBy === 'scopes' ? {} : { [requestedBy]: audience };

/** Of a token request: only `resource` is a parameter there. */
const resourceOf = ({ requestedBy, audience }: ProviderApi): Readonly<Record<string, string>> =>
  requestedBy === 'resource' ? { resource: audience } : {};

const isInvalidGrant = (error: unknown): boolean =>
  error instanceof ResponseBodyError && error.error === 'invalid_grant';
