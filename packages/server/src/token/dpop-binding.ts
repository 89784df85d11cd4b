import type { DpopPolicy } from '@vestibule/core';
import { asMisused, invalidRefreshToken, refuse, type TokenRefusal } from '../errors/token-refusal.ts';

/** The key that an access token is bound to (none: it is a bearer token), or why there is no token. */
export type Binding =
  { readonly ok: true; readonly key?: string } | { readonly ok: false; readonly refusal: TokenRefusal };

/**
 * What a proof, or that there is none, makes of an access token for an API. Where the API has no use for proofs, the token
 * is a bearer token, and its type tells the client so.
 *
 * @param shown the key of the proof
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-5 RFC 9449 §5}
 */
export function bindingOf(policy: DpopPolicy, shown: string | undefined): Binding {
  if (policy === 'off') return { ok: true };
  if (shown !== undefined) return { ok: true, key: shown };
  return policy === 'offered' ? { ok: true } : refused(refuse('invalid_dpop_proof', NEEDED));
}

/**
 * The same at a refresh. A token that is bound to a key is good with that key alone. One that is not stays so: whoever has it
 * cannot bind it to a key of theirs, so a client that comes with one has to ask the person again.
 *
 * @param bound the key that the refresh token is bound to
 * @param isPublic whether the client has no other means to prove that a refresh token is its own
 */
export function bindingOfRefreshed(
  policy: DpopPolicy,
  shown: string | undefined,
  { bound, isPublic }: { readonly bound: string | undefined; readonly isPublic: boolean },
): Binding {
  if (bound !== undefined && bound !== shown) {
    return refused(asMisused(invalidRefreshToken('it came without a proof of the key that it is bound to')));
  }
  const binding = bindingOf(policy, shown);
  const wouldBind = binding.ok ? binding.key !== undefined : true;
  return isPublic && bound === undefined && wouldBind
    ? refused(invalidRefreshToken('it is bound to no key, and its tokens are to be'))
    : binding;
}

const NEEDED = 'tokens for this API are bound to a key of the client: send a DPoP proof';

const refused = (refusal: TokenRefusal): Binding => ({ ok: false, refusal });
