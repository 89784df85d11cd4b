import type { Change } from '@vestibule/server';
import { hash } from 'node:crypto';

/** Quotas are stored under hashes: their keys contain addresses and request data. */
export const quotaKey = (key: string): string => hash('sha256', key, 'base64url');

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
      return [quotaKey(change.key)];
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
    case 'event.append':
    case 'interaction.insert':
    case 'code.insert':
    case 'grant.open':
    case 'session.require':
      return [];
  }
}
