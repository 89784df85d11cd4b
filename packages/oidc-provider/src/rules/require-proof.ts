import type { Api } from '@vestibule/core/realm';
import { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';

/** Whether the provider reads DPoP proofs. If it does not, every token is a bearer token, whatever a client sends. */
export const readsProofs = (features: Configuration['features']): boolean =>
  features?.dPoP?.enabled !== false;

/**
 * Requires what an API requires of its tokens. A proof that is present is valid: oidc-provider has verified it before.
 *
 * @throws an error of oidc-provider if the API requires sender-constrained tokens, and this request would not get one
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-5 RFC 9449 §5}
 */
export function requireProof(
  ctx: Pick<KoaContextWithOIDC, 'get'>,
  { dpop }: Pick<Api, 'dpop'>,
  { isToken, areRead }: { readonly isToken: boolean; readonly areRead: boolean },
): void {
  if (dpop !== 'required') return;
  if (!areRead) {
    throw new errors.InvalidTarget(
      'this API requires sender-constrained tokens, and this server issues none',
    );
  }
  if (isToken && ctx.get('DPoP') === '') {
    throw new errors.InvalidRequest('this API requires sender-constrained tokens: send a DPoP proof');
  }
}
