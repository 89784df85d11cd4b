import type { DpopPolicy } from '@vestibule/core/realm';
import { asMisused, invalidRefreshToken, refuse, type TokenRefusal } from '../errors/token-refusal.ts';

/** The key that an access token is bound to (absent for a bearer token), or why no token is issued. */
export type Binding =
  { readonly ok: true; readonly key?: string } | { readonly ok: false; readonly refusal: TokenRefusal };

/**
 * How an access token for an API is bound, given a proof or none. If the API does not use proofs, the token is a bearer
 * token, as its type tells the client.
 *
 * @param presentedKey the key of the proof
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-5 RFC 9449 §5}
 */
export function bindingOf(policy: DpopPolicy, presentedKey: string | undefined): Binding {
  if (policy === 'off') return { ok: true };
  if (presentedKey !== undefined) return { ok: true, key: presentedKey };
  return policy === 'offered' ? { ok: true } : refused(refuse('invalid_dpop_proof', NEEDED));
}

/**
 * The same at a refresh. A sender-constrained token is valid with its key only. A bearer refresh token of a public client
 * cannot be bound later, because a thief could bind it to another key; a client that begins to use proofs has to ask the
 * person again.
 *
 * @param bound the key that the refresh token is bound to
 * @param isPublic whether the client does not authenticate
 */
export function bindingOfRefreshed(
  policy: DpopPolicy,
  presentedKey: string | undefined,
  { bound, isPublic }: { readonly bound: string | undefined; readonly isPublic: boolean },
): Binding {
  if (bound !== undefined && bound !== presentedKey) {
    return refused(asMisused(invalidRefreshToken('it came without a proof of the key that it is bound to')));
  }
  const binding = bindingOf(policy, presentedKey);
  const wouldBind = binding.ok ? binding.key !== undefined : true;
  return isPublic && bound === undefined && wouldBind
    ? refused(invalidRefreshToken('it is bound to no key, and its tokens are to be'))
    : binding;
}

const NEEDED = 'tokens for this API are bound to a key of the client: send a DPoP proof';

const refused = (refusal: TokenRefusal): Binding => ({ ok: false, refusal });
