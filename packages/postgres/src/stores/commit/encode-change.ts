import { type Client, type ExpiredClient, toClientRow, toExpiredClientRow } from '@vestibule/core';
import type { Change } from '@vestibule/server';
import { newEventId } from '../audit-log.ts';
import { bindingColumn, toRow } from '../grant/grant-row.ts';
import { toTokenRow } from '../initial-access-token-store.ts';
import { toKeyRow } from '../key-store.ts';
import { toPersonRow } from '../person-store.ts';
import { toRealmRow } from '../realm-store.ts';
import { toSessionRow } from '../session-store.ts';
import { quotaKey } from './locks.ts';

/** A change as the function `make_change` of the database reads it: the values of its rows. Absent members are null. */
export type EncodedChange = Readonly<Record<string, unknown>> & { readonly kind: Change['kind'] };

export function encodeChange(change: Change): EncodedChange {
  const { kind } = change;
  switch (kind) {
    case 'quota.reserve': {
      const { limit, at } = change;
      return { kind, key: quotaKey(change), uses: limit.uses, until: at + limit.seconds * 1_000, at };
    }
    case 'client.insert':
      return { kind, row: newRow(change.client), since: sinceOf(change), most: mostOf(change.mostActive) };
    case 'client.replace':
      return { kind, row: toClientRow({ ...change.client, version: change.expectedVersion + 1 }) };
    // Their members are what the database reads.
    case 'client.use':
    case 'pushed-request.consume':
    case 'code.consume':
    case 'grant.end':
    case 'initial-access-token.use':
    case 'session.require':
    case 'session.end':
    case 'session.end-all':
    case 'client.forget':
    case 'initial-access-token.revoke':
    case 'person.remove':
    case 'key.remove':
      return change;
    case 'replay.note':
      return { kind, realm: change.realm, key: change.key, expires_at: change.expiresAt };
    case 'client.remove':
      return { kind, realm: change.realm, id: change.id, version: change.expectedVersion };
    case 'client.expire':
      return { kind, ...keptOf(change.expired), version: change.expectedVersion };
    case 'client.restore':
      return { kind, row: newRow(change.client), most: mostOf(change.mostActive) };
    case 'grant.end-all':
      return { kind, realm: change.realm, client_id: change.clientId, at: change.at };
    case 'event.append': {
      const { realm, at, type } = change.event;
      return { kind, id: newEventId(), realm, at, type, event: JSON.stringify(change.event) };
    }
    case 'session.insert': {
      const { session, most = Number.MAX_SAFE_INTEGER } = change;
      const { realm, hash, subject } = toSessionRow(session);
      return { kind, realm, hash, subject, row: toSessionRow(session), others: most - 1 };
    }
    case 'revoked-token.insert':
      return { kind, realm: change.realm, id: change.tokenId, expires_at: change.expiresAt };
    case 'initial-access-token.insert':
      return { kind, row: toTokenRow(change.token) };
    case 'realm.insert':
      return { kind, row: toRealmRow(change.realm, 1) };
    case 'realm.replace':
      return { kind, row: toRealmRow(change.realm, change.expectedVersion) };
    case 'person.insert':
      return { kind, row: toPersonRow(change.person) };
    case 'person.replace':
      return { kind, row: toPersonRow(change.person), replaced: toPersonRow(change.replaced) };
    case 'key.insert':
      return { kind, row: toKeyRow(change.key), after: change.after };
    case 'interaction.insert': {
      const { realm, id, browserHash, request, decision, startedAt, expiresAt } = change.interaction;
      return {
        kind,
        realm,
        id,
        browser_hash: browserHash,
        request: JSON.stringify(request),
        decision: decision && JSON.stringify(decision),
        started_at: startedAt,
        expires_at: expiresAt,
      };
    }
    case 'interaction.decide': {
      const { realm, id, decision, grant } = change;
      return { kind, realm, id, decision: JSON.stringify(decision), grant: grant && toRow(grant) };
    }
    case 'pushed-request.insert': {
      const { realm, key, request, expiresAt } = change;
      return { kind, realm, key, value: JSON.stringify(request), expires_at: expiresAt };
    }
    case 'code.insert': {
      const { realm, key, code, expiresAt } = change;
      return { kind, realm, key, value: JSON.stringify(code), expires_at: expiresAt };
    }
    case 'grant.open': {
      const { realm, id, at, expiresAt, token } = change;
      return {
        kind,
        realm,
        id,
        at,
        expires_at: expiresAt,
        proof_key: bindingColumn(change),
        hash: token?.hash,
        token_expires_at: token?.expiresAt,
        family: token?.family,
      };
    }
    case 'refresh-token.rotate': {
      const { realm, presented, successor, now, repeatableSince } = change;
      return {
        kind,
        realm,
        hash: presented.hash,
        presented_family: presented.family,
        successor: successor.hash,
        seed: successor.seed,
        family: successor.family,
        expires_at: successor.expiresAt,
        at: now,
        repeatable_since: repeatableSince,
      };
    }
  }
}

const newRow = (client: Client) => toClientRow({ ...client, version: 1 });

/** Only a client that registered itself can be a duplicate. */
const sinceOf = ({ client, duplicateSince }: Extract<Change, { readonly kind: 'client.insert' }>) =>
  client.kind === 'dynamic' && client.registration.fingerprint !== undefined ? duplicateSince : undefined;

/** JSON has no infinity. */
const mostOf = (most = Infinity): number | undefined => (most === Infinity ? undefined : most);

function keptOf(expired: ExpiredClient) {
  const { realm, id, client, expired_at: at } = toExpiredClientRow(expired);
  return { realm, id, kept: client, at };
}
