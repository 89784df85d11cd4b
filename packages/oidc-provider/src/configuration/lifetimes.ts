import type { AccessToken, Client, Configuration, KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import { isSelfRegistered } from '../client/client-kind.ts';
import { keptLifetime } from '../rules/idle-lifetime.ts';
import { refreshTokenLifetime } from './provider-defaults.ts';

type Ttl = NonNullable<Configuration['ttl']>;

/** How long a refresh token lasts if its request did not keep a lifetime, in seconds. */
const SHORT = 3_600;
const HOUR = 3_600;

/** The lifetimes of the provider, with those of the realm for self-registered clients. */
export function lifetimesWithin(theirs: Ttl = {}): Ttl {
  return {
    ...theirs,
    AccessToken: (ctx: KoaContextWithOIDC, token: AccessToken, client: Client) => {
      const ofApi = token.resourceServer?.accessTokenTTL;
      if (isSelfRegistered(client) && ofApi !== undefined) return ofApi;
      return chosen(theirs.AccessToken, [ctx, token, client], () => ofApi ?? HOUR);
    },
    RefreshToken: (ctx: KoaContextWithOIDC, token: RefreshToken, client: Client) => {
      if (isSelfRegistered(client)) return keptLifetime(ctx) ?? SHORT;
      return chosen(theirs.RefreshToken, [ctx, token, client], () =>
        refreshTokenLifetime(ctx, token, client),
      );
    },
  };
}

/** A lifetime as oidc-provider reads it: a number, a function, or its default. */
function chosen<Given extends readonly unknown[]>(
  lifetime: number | ((...given: Given) => number) | undefined,
  given: Given,
  byDefault: () => number,
): number {
  if (lifetime === undefined) return byDefault();
  return typeof lifetime === 'number' ? lifetime : lifetime(...given);
}
