import type { Change } from '@vestibule/server';
import { hash } from 'node:crypto';

/** The characters that the stored keys of a limit and of its shares have in common: 72 bits. */
const SHARED = 12;

/**
 * The key of a quota in the table: a hash, because the key contains addresses and request data. That of a share begins as that of
 * the whole limit does, so that both are in the same page of the index.
 */
export function quotaKey({ key, partOf }: Pick<Quota, 'key' | 'partOf'>): string {
  const own = hash('sha256', key, 'base64url');
  return partOf === undefined ? own : hash('sha256', partOf, 'base64url').slice(0, SHARED) + own;
}

type Quota = Extract<Change, { readonly kind: 'quota.reserve' }>;

/**
 * What statements lock before they change anything: the keys that several requests may want, sorted, so that no two
 * statements wait for each other. None for a single key, whose row is lock enough, and none for what only its request knows.
 */
export function locksOf(commits: readonly (readonly Change[])[]): readonly string[] {
  const keys = new Set(commits.flat().flatMap(lockOf));
  return keys.size > 1 ? [...keys].toSorted() : [];
}

function lockOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'quota.reserve':
      return [quotaKey(change)];
    case 'client.insert': {
      const { client } = change;
      const fingerprint = client.kind === 'dynamic' ? client.registration.fingerprint : undefined;
      return fingerprint === undefined ? [] : [`fingerprint ${client.realm} ${fingerprint}`];
    }
    case 'client.replace':
    case 'client.restore':
      return [`client ${change.client.realm} ${change.client.id}`];
    case 'client.expire':
      return [`client ${change.expired.realm} ${change.expired.id}`];
    case 'client.use':
    case 'client.forget':
    case 'client.remove':
      return [`client ${change.realm} ${change.id}`];
    case 'grant.end-all':
      return [`client ${change.realm} ${change.clientId}`];
    case 'refresh-token.rotate':
      return [`token ${change.presented.family ?? change.presented.hash}`];
    case 'initial-access-token.use':
      return [`initial access token ${change.hash}`];
    case 'interaction.decide':
    case 'grant.end':
      return [`${change.kind} ${change.realm} ${change.id}`];
    case 'pushed-request.insert':
    case 'pushed-request.consume':
      return [`pushed request ${change.key}`];
    case 'code.consume':
    case 'replay.note':
      return [`${change.kind} ${change.key}`];
    case 'realm.replace':
      return [`realm ${change.realm.id}`];
    case 'person.replace':
      return [`person ${change.person.realm} ${change.person.subject}`];
    case 'person.remove':
    case 'session.end-all':
      return [`person ${change.realm} ${change.subject}`];
    case 'session.insert':
      return [`person ${change.session.realm} ${change.session.person.subject}`];
    case 'session.end':
      return [`session ${change.realm} ${change.hash}`];
    case 'initial-access-token.revoke':
      return [`${change.kind} ${change.realm} ${change.id}`];
    case 'revoked-token.insert':
      return [`revoked token ${change.realm} ${change.tokenId}`];
    case 'key.insert':
      return [`keys ${change.key.realm}`];
    case 'key.remove':
      return [`keys ${change.realm}`];
    // Only one of concurrent insertions is made: a unique index decides.
    case 'realm.insert':
    case 'person.insert':
    case 'initial-access-token.insert':
    case 'event.append':
    case 'interaction.insert':
    case 'code.insert':
    case 'grant.open':
    case 'session.require':
      return [];
  }
}
