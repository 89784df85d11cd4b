import type { ServerStores } from '../ports/stores.ts';
import type { TokenContext } from './token-context.ts';
import { after, askGates, equalInConstantTime } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { approvedDocument, compareIdentity } from '../client/approved-document.ts';
import type { ClientRequest } from '../client/authentication/request.ts';
import { bindingMethod, methodProblem } from '../client/bound-method.ts';
import { isRegistered } from '../client/is-registered.ts';
import { APPROVED_BEFORE_CHANGE } from '../errors/authorization-error.ts';
import { gateError } from '../errors/gate-error.ts';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { Grant } from '../records/grant.ts';
import { codeKey, grantIdFor } from '../grant/code.ts';
import { sha256 } from '../web/digest.ts';
import { bindingOf } from './dpop-binding.ts';
import { dpopPolicyOf } from '../dpop/policy.ts';
import { expiryWithin, lifetimeWithin } from '../grant/grant-end.ts';
import { idleLifetime } from '../client/idle-lifetime.ts';
import { firstToken, refreshTokenRecord } from '../grant/refresh-token.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import {
  type GrantOutcome,
  type GrantRefused,
  denied,
  type Settlement,
  usedBefore,
} from './grant-outcome.ts';
import {
  asMisused,
  closedGate,
  invalidCode,
  personNotAllowed,
  refuse,
  type TokenRefusal,
} from '../errors/token-refusal.ts';
import { isStillAllowed } from '../person/memberships-for.ts';
import type { TokenReads } from './token-reads.ts';
import { wrongResource } from './resource-parameter.ts';

/** RFC 7636 §4.1. */
const CODE_VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/**
 * Judges the exchange of a code. The code is consumed only if everything else is valid: a client that omitted something gets
 * an error and can retry. A verifier that does not match consumes it at once, because the code may be stolen.
 *
 * @param shown the key of the proof of the request
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 RFC 6749 §4.1.3}
 */
export async function exchangeCode(
  context: TokenContext & Pick<ServerStores, 'codes'>,
  realm: Realm,
  { client, method, use, parameters }: ClientRequest,
  shown: string | undefined,
  reads: Pick<TokenReads, 'code' | 'unopened'>,
): Promise<GrantOutcome> {
  const { codes, clock, generateToken } = context;
  const presented = parameters.get('code');
  const verifier = parameters.get('code_verifier');
  if (presented === null) return denied(refuse('invalid_request', 'code is missing'));
  if (verifier === null) {
    return denied(refuse('invalid_request', 'code_verifier is missing; PKCE is required'));
  }

  const now = clock();
  const key = codeKey(presented);
  const code = await reads.code(presented);
  const grant = code && (await reads.unopened(code.grantId));
  if (code === undefined || grant === undefined) return endReplayed(context, realm, client.id, presented);
  if (grant.clientId !== client.id) return denied(asMisused(invalidCode('it was issued to another client')));
  if (!fits(challengeOf(verifier), code)) {
    await codes.take(realm.id, key, now);
    return denied(asMisused(invalidCode('code_verifier does not fit the challenge')));
  }
  const refusal = judgeExchange(code, grant, { client, method, parameters }, shown);
  if (refusal !== undefined) return denied(refusal);
  const { lifetimes } = realm.settings;
  if (lifetimeWithin(grant, now, lifetimes.accessToken) === 0) {
    return denied(invalidCode('what the person allowed has ended'));
  }
  const binding = bindingOf(dpopPolicyOf(realm, grant.resource), shown);
  if (!binding.ok) return denied(binding.refusal);
  const gates = askGates({ realm, client, resource: grant.resource, requested: grant.scopes });
  if (!gates.open) {
    // A code that a closed gate refused does not become valid when the gate opens again.
    await codes.take(realm.id, key, now);
    return denied(
      closedGate(gateError(gates.gate, { resource: grant.resource, scope: grant.scopes.join(' ') })),
    );
  }

  if (!(await isStillAllowed(context, realm, gates.api, grant))) {
    await codes.take(realm.id, key, now);
    return denied(personNotAllowed);
  }

  // What the client has registered since the decision is not part of the decision.
  const isRefreshed = code.refreshable && client.grantTypes.includes('refresh_token');
  const refreshToken = isRefreshed ? firstToken(generateToken(), generateToken()) : undefined;
  const lifetime = refreshToken === undefined ? lifetimes.accessToken : idleLifetime(client, realm.settings);
  const expiresAt = expiryWithin(grant, now, lifetime);
  const token = refreshToken === undefined ? {} : { token: refreshTokenRecord(refreshToken, expiresAt) };
  const proofKey = binding.key;
  const clientMethod = bindingMethod(client, method);
  // A client that authenticates in another way can change the key of its refresh token.
  const bound = {
    ...(proofKey !== undefined && method === 'none' && { proofKey }),
    ...(clientMethod !== undefined && { clientMethod }),
  };
  const consumption = { kind: 'code.consume', realm: realm.id, key, at: now } as const;
  const opened = { realm: realm.id, id: grant.id, at: now, expiresAt, ...token, ...bound };
  return {
    ok: true,
    grant,
    scopes: gates.scopes,
    ...(proofKey !== undefined && { proofKey }),
    ...(code.nonce !== undefined && { nonce: code.nonce }),
    settle: async (issued, beside): Promise<Settlement> => {
      const exchange = await commitRecorded(
        context,
        [...beside, consumption, { kind: 'grant.open', ...opened }],
        [issued],
      );
      if (exchange.committed) return { ok: true, ...(refreshToken !== undefined && { refreshToken }) };
      const { unmet } = exchange;
      switch (unmet.kind) {
        case 'replay.note':
          return usedBefore(beside[exchange.index], use);
        case 'code.consume':
          // A concurrent exchange of the code came first: its grant is ended.
          return endReplayed(context, realm, client.id, presented);
        case 'grant.open':
          return denied(invalidCode(`its grant is ${unmet.reason}`));
      }
    },
  };
}

/**
 * Judges what a client sends with a code and its verifier. The sender of both gets specific errors.
 *
 * @param shown the key of the proof of the request
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-4.1.3 OAuth 2.1 §4.1.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10 RFC 9449 §10}
 */
export function judgeExchange(
  code: AuthorizationCode,
  { resource, clientMethod, displayed }: Pick<Grant, 'resource' | 'clientMethod' | 'displayed'>,
  { client, method, parameters }: ClientRequest,
  shown: string | undefined,
): TokenRefusal | undefined {
  // PKCE binds the code to the request, so `redirect_uri` is optional. If it is sent, it has to be the same.
  const named = parameters.get('redirect_uri') ?? code.redirectUri;
  if (named !== code.redirectUri) {
    return refuse('invalid_grant', 'redirect_uri is not the one of the authorization request');
  }
  if (!isRegistered(client, code.redirectUri)) {
    return refuse('invalid_grant', 'redirect_uri is no longer one that this client registered');
  }
  const problem = methodProblem(client, method, clientMethod, 'exchange');
  if (problem !== undefined) return refuse('invalid_grant', `client authentication does not fit: ${problem}`);
  if (compareIdentity(approvedDocument(client), displayed) === 'other') {
    return refuse('invalid_grant', APPROVED_BEFORE_CHANGE.description);
  }
  if (code.proofKey !== undefined && code.proofKey !== shown) {
    return refuse(
      shown === undefined ? 'invalid_dpop_proof' : 'invalid_grant',
      'the authorization code is bound to a key by dpop_jkt: send a DPoP proof of that key',
    );
  }
  return wrongResource(parameters, resource);
}

const fits = (challenge: string | undefined, { codeChallenge }: AuthorizationCode): boolean =>
  challenge !== undefined && equalInConstantTime(challenge, codeChallenge);

/** The challenge of a verifier, or `undefined` if it is malformed. */
const challengeOf = (verifier: string): string | undefined =>
  CODE_VERIFIER.test(verifier) ? sha256(verifier) : undefined;

/** How long after its expiry the second use of a code still ends the grant, in seconds: clients retry, and clocks differ. */
const REPLAY_MARGIN = 60;

/**
 * Ends the grant of a code that is presented a second time, because two parties had it. Only until a minute after the expiry
 * of the code, and only for its client: later the code is worthless, and finding one in the history of a browser must not
 * allow to end a grant.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 */
async function endReplayed(
  { grants, clock }: Pick<TokenContext, 'grants' | 'clock'>,
  realm: Realm,
  clientId: string,
  presented: string,
): Promise<GrantRefused> {
  const unknown = denied(invalidCode('unknown, expired or used'));
  const id = grantIdFor(presented);
  const opened = await grants.find(realm.id, id);
  const now = clock();
  if (opened === undefined) return unknown;
  if (opened.clientId !== clientId) return denied(asMisused(invalidCode('unknown, expired or used')));
  if (after(opened.createdAt, realm.settings.lifetimes.code + REPLAY_MARGIN) < now) return unknown;
  return {
    ok: false,
    refusal: asMisused(invalidCode(`used before`)),
    ends: { grant: opened, reason: 'code-replayed' },
  };
}
