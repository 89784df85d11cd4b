import { orUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServerOptions } from '../options.ts';
import { createRevocations } from '../revocations/revocations.ts';
import type { VerifyToken } from './access-token.ts';
import { verifyByIntrospection } from './introspect.ts';
import { verifyByKeys } from './verify-jwt.ts';

/** Verifies tokens, bound or not: whether one that is bound comes with a proof, whoever asks must find out. */
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
