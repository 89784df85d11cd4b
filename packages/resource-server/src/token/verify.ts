import { orUnavailable } from '../issuer/unavailable.ts';
import { checkResourceServerOptions } from '../option-tables.ts';
import type { ResourceServerOptions } from '../options.ts';
import { createRevocations } from '../revocations/revocations.ts';
import type { VerifyToken } from './access-token.ts';
import { verifyByIntrospection } from './introspect.ts';
import { verifyByKeys } from './verify-jwt.ts';

/** Verifies tokens, including sender-constrained ones. The caller checks the proof of such a token. */
export function createTokenReader(options: ResourceServerOptions): VerifyToken {
  const { introspection, scopesNow } = options;
  const verify = unlessRevoked(
    options,
    introspection === undefined ? verifyByKeys(options) : verifyByIntrospection(options, introspection),
  );
  if (scopesNow === undefined) return verify;
  return async (text) => {
    const verified = await verify(text);
    if (!verified.ok) return verified;
    const { token } = verified;
    const scopes = await orUnavailable('Whether the token still counts cannot be found out.', () =>
      scopesNow(token),
    );
    return scopes === undefined ? ENDED : { ok: true, token: { ...token, scopes } };
  };
}

const ENDED = { ok: false, reason: 'it was revoked, or its grant has ended' } as const;

function unlessRevoked(options: ResourceServerOptions, verify: VerifyToken): VerifyToken {
  const { revocations } = options;
  if (revocations === undefined) return verify;
  const isRevoked = createRevocations(options, revocations);
  return async (text) => {
    const verified = await verify(text);
    return verified.ok && (await isRevoked(verified.token)) ? ENDED : verified;
  };
}

/**
 * Verifies bearer tokens. Refuses sender-constrained tokens, because no proof is available.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 */
export function createTokenVerifier(options: ResourceServerOptions): VerifyToken {
  checkResourceServerOptions('createTokenVerifier', options);
  const read = createTokenReader(options);
  return async (text) => {
    const verified = await read(text);
    return verified.ok && verified.token.proofKey !== undefined
      ? { ok: false, reason: 'it is bound to a key, and came without a proof' }
      : verified;
  };
}
