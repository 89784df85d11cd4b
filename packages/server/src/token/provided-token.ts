import { type Clock, type GenerateToken, toEpochSeconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { invalidCode, invalidRefreshToken } from '../errors/token-refusal.ts';
import type { ProviderTokens } from '../provider-tokens/provider-tokens.ts';
import type { ProvidedTokens } from '../provider-tokens/token-provider.ts';
import { denied, type Granted, type GrantRefused } from './grant-outcome.ts';

/** An access token, and what the response says of it. */
export interface IssuedToken {
  readonly accessToken: string;
  /** For the event. */
  readonly id: string;
  readonly scopes: readonly string[];
  /** In seconds. Absent: unknown. */
  readonly lifetime?: number;
  readonly type: 'Bearer' | 'DPoP';
}

/** The access token of the provider for a grant, or why there is none. */
export type ProvidedToken =
  /** The tokens of the API are of this server. */
  | { readonly kind: 'own' }
  | { readonly kind: 'provided'; readonly token: IssuedToken }
  | { readonly kind: 'refused'; readonly refused: GrantRefused }
  /** The provider cannot respond. Nothing was consumed. */
  | { readonly kind: 'unavailable' };

interface ProvidedTokenContext {
  readonly providerTokens?: ProviderTokens;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
}

/**
 * The access token of an API whose tokens come from the provider. It has no scope that the gates do not allow now: a token that was
 * obtained with more is not passed on.
 */
export async function providedToken(
  context: ProvidedTokenContext,
  realm: Realm,
  { grant, scopes, refresh }: Granted,
): Promise<ProvidedToken> {
  const { providerTokens } = context;
  if (providerTokens?.isFor(grant.resource) !== true) return { kind: 'own' };
  if (refresh === undefined) {
    const tokens = await providerTokens.find(grant.id);
    const isAllowed = tokens?.scopes.every((scope) => scopes.includes(scope)) === true;
    return tokens !== undefined && isAllowed
      ? { kind: 'provided', token: issuedToken(context, tokens) }
      : {
          kind: 'refused',
          refused: denied(
            invalidCode('the tokens of the provider are gone, or a scope of theirs was closed'),
          ),
        };
  }
  const { presented, approved, expiresAt } = refresh;
  const { id, resource } = grant;
  const outcome = await providerTokens.refresh({
    grant: { id, resource, scopes: approved },
    presented,
    scopes,
    expiresAt,
  });
  switch (outcome.kind) {
    case 'tokens':
      return { kind: 'provided', token: issuedToken(context, outcome.tokens) };
    case 'unavailable':
      return { kind: 'unavailable' };
    case 'too-wide':
      return {
        kind: 'refused',
        refused: denied(invalidRefreshToken('the provider issued more than is allowed now')),
      };
    case 'ended':
      return {
        kind: 'refused',
        refused: {
          ...denied(invalidRefreshToken('the provider has ended the access')),
          ends: { grant: { id, realm: realm.id, clientId: grant.clientId }, reason: 'provider' },
        },
      };
  }
}

function issuedToken(
  { clock, generateToken }: ProvidedTokenContext,
  { accessToken, id = generateToken(), scopes, expiresAt }: ProvidedTokens,
): IssuedToken {
  const lifetime =
    expiresAt === undefined
      ? {}
      : { lifetime: Math.max(0, toEpochSeconds(expiresAt) - toEpochSeconds(clock())) };
  return { accessToken, id, scopes, ...lifetime, type: 'Bearer' };
}
