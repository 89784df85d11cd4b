import type { TokenContext } from './token-context.ts';
import { after, askGates, parseScope } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { hasApprovedHost } from '../client/approved-document.ts';
import type { ClientRequest } from '../client/authentication/request.ts';
import { methodProblem } from '../client/bound-method.ts';
import { gateError } from '../errors/gate-error.ts';
import { bindingOfRefreshed } from './dpop-binding.ts';
import { dpopPolicyOf } from '../dpop/policy.ts';
import { expiryWithin, lifetimeWithin } from '../grant/grant-end.ts';
import { idleLifetime } from '../client/idle-lifetime.ts';
import { refreshTokenRecord, successorOf } from '../grant/refresh-token.ts';
import {
  type BesideTokens,
  type GrantOutcome,
  denied,
  type Settlement,
  type TokenIssued,
  usedBefore,
} from './grant-outcome.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import {
  asMisused,
  closedGate,
  invalidRefreshToken,
  personNotAllowed,
  refuse,
} from '../errors/token-refusal.ts';
import { isStillAllowed } from '../person/memberships-for.ts';
import type { TokenReads } from './token-reads.ts';
import { wrongResource } from './resource-parameter.ts';

/**
 * Refreshes a grant. Everything is judged before the token is consumed, so that a request that fails for another reason, for
 * example a closed gate, can be repeated.
 *
 * @param presentedKey the key of the proof of the request
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749 §6}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 */
export async function refreshGrant(
  context: TokenContext,
  realm: Realm,
  { client, method, use, parameters }: ClientRequest,
  presentedKey: string | undefined,
  reads: Pick<TokenReads, 'refreshed'>,
): Promise<GrantOutcome> {
  const { clock, generateToken } = context;
  const token = parameters.get('refresh_token');
  if (token === null) return denied(refuse('invalid_request', 'refresh_token is missing'));
  const { presented, grant } = await reads.refreshed(token);
  if (grant === undefined) return denied(invalidRefreshToken('unknown, or its grant has ended'));
  if (grant.clientId !== client.id) {
    return denied(asMisused(invalidRefreshToken('it was issued to another client')));
  }
  const problem = methodProblem(client, method, grant.clientMethod, 'refresh');
  if (problem !== undefined) return denied(asMisused(invalidRefreshToken(problem)));
  if (!hasApprovedHost(client, grant.displayed)) {
    return denied(
      invalidRefreshToken('the document of the client no longer has the host that the person allowed'),
    );
  }
  const policy = dpopPolicyOf(realm, grant.resource);
  const binding = bindingOfRefreshed(policy, presentedKey, {
    bound: grant.proofKey,
    isPublic: method === 'none',
  });
  if (!binding.ok) return denied(binding.refusal);
  const wrong = wrongResource(parameters, grant.resource);
  if (wrong !== undefined) return denied(wrong);

  const gates = askGates({ realm, client, resource: grant.resource, requested: grant.scopes });
  if (!gates.open) {
    return denied(
      closedGate(gateError(gates.gate, { resource: grant.resource, scope: grant.scopes.join(' ') })),
    );
  }
  if (!(await isStillAllowed(context, realm, gates.api, grant))) return denied(personNotAllowed);
  const scopes = narrowed(gates.scopes, parameters.get('scope'));
  if (scopes === undefined || scopes.length === 0) {
    return denied(refuse('invalid_scope', 'none of these scopes was granted'));
  }

  const now = clock();
  const { accessToken, refreshGrace: grace } = realm.settings.lifetimes;
  const lifetime = idleLifetime(client, realm.settings);
  if (lifetimeWithin(grant, now, accessToken) === 0) {
    return denied(invalidRefreshToken('what the person allowed has ended'));
  }
  const repeatableSince = after(now, -grace);
  const seed = generateToken();
  const next = successorOf(token, seed);
  const successor = { ...refreshTokenRecord(next, expiryWithin(grant, now, lifetime)), seed };
  const rotation = { realm: realm.id, presented, successor, now, repeatableSince };
  const settle = async (issued: TokenIssued, beside: readonly BesideTokens[]): Promise<Settlement> => {
    const rotated = await commitRecorded(
      context,
      [...beside, { kind: 'refresh-token.rotate', ...rotation }],
      [issued],
    );
    if (rotated.committed) return { ok: true, refreshToken: next };
    const { unmet } = rotated;
    if (unmet.kind === 'replay.note') return usedBefore(beside[rotated.index], use);
    switch (unmet.reason) {
      case 'repeated': {
        const repeated = await commitRecorded(context, beside, [{ ...issued, repeated: true }]);
        if (!repeated.committed) return usedBefore(beside[repeated.index], use);
        return { ok: true, refreshToken: successorOf(token, unmet.seed) };
      }
      case 'replayed':
        return {
          ok: false,
          refusal: asMisused(invalidRefreshToken('used before')),
          ends: { grant, reason: 'refresh-token-replayed' },
        };
      case 'invalid':
        return denied(invalidRefreshToken('expired, or its grant has ended'));
    }
  };
  const refresh = {
    presented: presented.hash,
    approved: grant.scopes,
    expiresAt: successor.expiresAt,
  };
  return {
    ok: true,
    grant,
    scopes,
    refresh,
    ...(binding.key !== undefined && { proofKey: binding.key }),
    settle,
  };
}

/**
 * The scopes of the new access token: those of the grant, or the requested ones among them. Agents repeat the scope of their
 * first request, which may exceed the grant; the excess is ignored instead of refused.
 */
function narrowed(granted: readonly string[], scope: string | null): readonly string[] | undefined {
  return scope === null ? granted : parseScope(scope)?.filter((name) => granted.includes(name));
}
