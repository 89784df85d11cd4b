import { isAddress, sourceOf } from '@vestibule/http';
import type { RegistrationSource } from '@vestibule/core/registration';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** Where a request comes from, for limits. */
export type RequestSource = RegistrationSource;

/** What is needed of a request of Koa. */
export type KoaRequest = Pick<KoaContextWithOIDC, 'ips' | 'req' | 'get'>;

/**
 * The address of a request. If the provider trusts its proxy (`provider.proxy`), that is the last address of `X-Forwarded-For`,
 * which the nearest proxy wrote; the first one could be invented by anyone. A text that is no address did not come from a proxy: each
 * new one would have its own limits.
 */
export function addressOf({ ips, req }: Pick<KoaRequest, 'ips' | 'req'>): string {
  const forwarded = ips.at(-1) ?? '';
  return isAddress(forwarded) ? forwarded : (req.socket.remoteAddress ?? '');
}

/** Where a request comes from. */
export const requestSource = (ctx: KoaRequest): RequestSource =>
  sourceOf(addressOf(ctx), ctx.get('origin') || null);
