import type { SelfRegisteredClient, Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** The lifetimes of refresh tokens, by request: oidc-provider asks for them in a function that cannot wait for the realm. */
const lifetimes = new WeakMap<KoaContextWithOIDC, Seconds>();

/**
 * How long a client keeps its access without using it. Many people share a client with a metadata document, so each of its grants ends
 * after the time for which a registered client may be dormant.
 */
export function idleLifetime(
  { kind }: Pick<SelfRegisteredClient, 'kind'>,
  { settings: { lifetimes: times, lifecycle } }: Realm,
): Seconds {
  return kind === 'dynamic' ? times.refreshToken : Math.min(times.refreshToken, lifecycle.dormant);
}

/** Keeps the lifetime of refresh tokens for the rest of a request. */
export const keepLifetime = (ctx: KoaContextWithOIDC, lifetime: Seconds): void => {
  lifetimes.set(ctx, lifetime);
};

/** The lifetime that was kept for this request. */
export const keptLifetime = (ctx: KoaContextWithOIDC): Seconds | undefined => lifetimes.get(ctx);
