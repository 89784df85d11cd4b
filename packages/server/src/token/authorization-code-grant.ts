import { askGates, equalInConstantTime, type Realm } from '@vestibule/core';
import type { ClientRequest } from '../client-authentication/request.ts';
import { isPublic } from '../client/is-public.ts';
import { isRegistered } from '../client/is-registered.ts';
import { gateError } from '../gate/gate-error.ts';
import { type AuthorizationCode, codeKey, grantIdFor } from '../code/authorization-code.ts';
import type { ServerContext } from '../context.ts';
import { sha256 } from '../crypto/digest.ts';
import { bindingOf } from '../dpop/binding.ts';
import { dpopPolicyOf } from '../dpop/policy.ts';
import { expiryWithin, lifetimeWithin } from '../grant/end.ts';
import { refreshTokenHash } from '../grant/refresh-token.ts';
import { type GrantOutcome, no } from './granted.ts';
import { closedGate, invalidCode, refuse, type TokenRefusal } from './refusal.ts';
import { wrongResource } from './resource-parameter.ts';

/** RFC 7636 §4.1. */
const CODE_VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/**
 * Exchanges a code. It is taken before it is judged: whoever shows a code with a wrong verifier has used it up,
 * so nobody can try twice.
 *
 * @param shown the key of the proof that came with the request
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 RFC 6749 §4.1.3}
 */
export async function exchangeCode(
  context: ServerContext,
  realm: Realm,
  { client, parameters }: ClientRequest,
  shown: string | undefined,
): Promise<GrantOutcome> {
  const { codes, grants, clock, entropy } = context;
  const presented = parameters.get('code');
  const verifier = parameters.get('code_verifier');
  if (presented === null) return no(refuse('invalid_request', 'code is missing'));
  if (verifier === null) return no(refuse('invalid_request', 'code_verifier is missing; PKCE is required'));

  const now = clock();
  const code = await codes.take(realm.id, await codeKey(presented), now);
  if (code === undefined) return endReplayed(context, realm, client.id, presented);

  const refusal = judgeExchange(code, client.id, parameters, await challengeOf(verifier), shown);
  if (refusal !== undefined) return no(refusal);
  if (!isRegistered(client, code.redirectUri)) {
    return no(invalidCode('its redirect_uri is no longer registered by the client'));
  }
  const { lifetimes } = realm.settings;
  if (lifetimeWithin(code, now, lifetimes.accessToken) === 0) {
    return no(invalidCode('what the person allowed has ended'));
  }
  const binding = bindingOf(dpopPolicyOf(realm, code.resource), shown);
  if (!binding.ok) return no(binding.refusal);
  const gates = askGates({ realm, client, resource: code.resource, requested: code.scopes });
  if (!gates.open) {
    return no(closedGate(gateError(gates.gate, { resource: code.resource, scope: code.scopes.join(' ') })));
  }

  const refreshToken = client.grantTypes.includes('refresh_token') ? entropy() : undefined;
  const lifetime = refreshToken === undefined ? lifetimes.accessToken : lifetimes.refreshToken;
  const expiresAt = expiryWithin(code, now, lifetime);
  const token =
    refreshToken === undefined ? {} : { token: { hash: await refreshTokenHash(refreshToken), expiresAt } };
  const proofKey = binding.key;
  // Whoever proves by other means that a refresh token is its own may change its key.
  const bound = proofKey !== undefined && isPublic(client) ? { proofKey } : {};
  const opening = { realm: realm.id, id: code.grantId, at: now, expiresAt, ...token, ...bound };
  const opened = await grants.open(opening);
  if (opened !== 'opened') return no(invalidCode(`its grant is ${opened}`));

  const { grantId, clientId, subject, resource, authentication, nonce, endsAt } = code;
  const grant = {
    id: grantId,
    clientId,
    subject,
    resource,
    authentication,
    ...(endsAt !== undefined && { endsAt }),
  };
  return {
    ok: true,
    grant,
    scopes: gates.scopes,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(proofKey !== undefined && { proofKey }),
    ...(nonce !== undefined && { nonce }),
  };
}

/**
 * A code is bound to its client, its redirect URI, its PKCE challenge, its API, and to a key where the client named one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10 RFC 9449 §10}
 */
export function judgeExchange(
  code: AuthorizationCode,
  clientId: string,
  parameters: URLSearchParams,
  challenge: string | undefined,
  shown: string | undefined,
): TokenRefusal | undefined {
  if (code.clientId !== clientId) return invalidCode('it was issued to another client');
  // RFC 6749 §4.1.3: named in the authorization request, it has to be named here, and to be the same.
  const named = parameters.get('redirect_uri') ?? (code.redirectUriGiven ? undefined : code.redirectUri);
  if (named !== code.redirectUri) return invalidCode('redirect_uri is not the one of the request');
  if (challenge === undefined || !equalInConstantTime(challenge, code.codeChallenge)) {
    return invalidCode('code_verifier does not fit the challenge');
  }
  if (code.proofKey !== undefined && code.proofKey !== shown) {
    return invalidCode('it came without a proof of the key that it is bound to');
  }
  return wrongResource(parameters, code.resource);
}

/** The challenge that a verifier answers, or `undefined` where it is none. */
const challengeOf = async (verifier: string): Promise<string | undefined> =>
  CODE_VERIFIER.test(verifier) ? sha256(verifier) : undefined;

/** RFC 6749 §4.1.2: a code that comes back was in two hands, so what it opened is ended. */
async function endReplayed(
  { grants, clock }: ServerContext,
  realm: Realm,
  clientId: string,
  presented: string,
): Promise<GrantOutcome> {
  const ended = await grants.end(realm.id, await grantIdFor(presented), clock());
  if (ended === undefined) return no(invalidCode('unknown, expired or used'));
  return {
    ok: false,
    refusal: invalidCode(`used before; shown again by ${clientId}`),
    ended: { grant: ended, reason: 'code-replayed' },
  };
}
