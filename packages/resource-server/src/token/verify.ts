import type { ResourceServerOptions } from '../options.ts';
import { createRevocations } from '../revocations/revocations.ts';
import type { VerifyToken } from './access-token.ts';
import { verifyByIntrospection } from './introspect.ts';
import { verifyByKeys } from './verify-jwt.ts';

/** Verifies tokens, bound or not: whether one that is bound comes with a proof, whoever asks must find out. */
export function createTokenReader(options: ResourceServerOptions): VerifyToken {
  const { introspection, revocations } = options;
  const verify =
    introspection === undefined ? verifyByKeys(options) : verifyByIntrospection(options, introspection);
  if (revocations === undefined) return verify;
  const isRevoked = createRevocations(options, revocations);
  return async (text) => {
    const verified = await verify(text);
    return verified.ok && (await isRevoked(verified.token))
      ? { ok: false, reason: 'it was revoked, or its grant has ended' }
      : verified;
  };
}

/** Verifies bearer tokens. One that is bound to a key is refused: a token alone is no proof of it. */
export function createTokenVerifier(options: ResourceServerOptions): VerifyToken {
  const read = createTokenReader(options);
  return async (text) => {
    const verified = await read(text);
    return verified.ok && verified.token.proofKey !== undefined
      ? { ok: false, reason: 'it is bound to a key, and came without a proof' }
      : verified;
  };
}
