import type { DynamicClient } from '@vestibule/core';
import type { RealmRecord } from '@vestibule/core/realm';
import type { Change, Decision, Rotation, Session, StoredPerson } from '@vestibule/server';
import { times } from '../../../check/times.ts';
import { codes } from '../../../sample/code.ts';
import { client, preregistered } from '../../../sample/client.ts';
import { event } from '../../../sample/event.ts';
import { grant } from '../../../sample/grant.ts';
import { interactionShelf } from '../../../sample/interaction.ts';
import { pushedRequests } from '../../../sample/pushed-request.ts';
import { initialAccessToken } from '../../../sample/initial-access-token.ts';
import { signingKey } from '../../../sample/key.ts';
import { person } from '../../../sample/person.ts';
import { realmShelf } from '../../../sample/realm.ts';
import { sessionShelf } from '../../../sample/session.ts';
import { NOW } from '../../../sample/time.ts';
import { APPROVED, DENIED } from '../changes.ts';
import type { Dice } from './dice.ts';

/** The ids, keys and hashes of everything. Few, so that changes meet. */
export const NAMES = ['a', 'b', 'c'] as const;
const REALMS = ['main', 'main', 'main', 'main', 'main', 'other'] as const;

/** Periods and times are so short that everything also expires. */
const STEP = 400;

const KINDS = [
  'quota.reserve',
  'client.insert',
  'client.replace',
  'client.use',
  'client.remove',
  'client.expire',
  'client.restore',
  'initial-access-token.use',
  'grant.end-all',
  'event.append',
  'interaction.insert',
  'interaction.decide',
  'pushed-request.insert',
  'pushed-request.consume',
  'code.insert',
  'code.consume',
  'grant.open',
  'grant.end',
  'refresh-token.rotate',
  'session.require',
  'replay.note',
  'client.forget',
  'initial-access-token.insert',
  'initial-access-token.revoke',
  'realm.insert',
  'realm.replace',
  'person.insert',
  'person.replace',
  'person.remove',
  'session.insert',
  'session.end',
  'session.end-all',
  'revoked-token.insert',
  'key.insert',
  'key.remove',
] as const satisfies readonly Change['kind'][];

/** A generator of changes. */
export interface Changes {
  /** A change of any kind, or of this one. */
  readonly next: (kind?: Change['kind']) => Change;
  /** Later changes may use the grants and tokens of this one. */
  readonly use: (change: Change) => void;
  /** The hashes of the refresh tokens so far. */
  readonly tokens: readonly string[];
}

/** Creates a generator of changes. Times only increase, and the ids of grants and tokens are new. */
export function createChanges(dice: Dice): Changes {
  let count = 0;
  const tokens: string[] = [];
  const grants: string[] = [];
  const kids: string[] = [];
  const newest = (names: readonly string[]): string =>
    names[Math.max(0, names.length - 1 - dice.below(5))] ?? 'none';
  const name = (): string => dice.pick(NAMES);
  const realm = (): string => dice.pick(REALMS);
  let used = 0;
  const now = (): number => NOW + used * STEP;
  const soon = (): number => now() + dice.below(30) * STEP;
  const version = (): number => 1 + dice.below(3);
  const dynamic = (): DynamicClient => ({
    ...client({ realm: realm(), key: name() }, `Client ${count}`),
    issuedAt: now(),
    ...(dice.chance(0.1) && { blockedAt: now() }),
    registration: {
      ...(dice.chance(0.5) && { fingerprint: dice.pick(['f', 'g']) }),
      ...(dice.chance(0.2) && { hibernatedAt: now() }),
    },
  });
  /** Clients that are active, with the largest number of them, or any without one. */
  const counted = (): { readonly client: DynamicClient; readonly mostActive?: number } => {
    const { blockedAt: _blockedAt, ...added } = dynamic();
    const { hibernatedAt: _hibernatedAt, ...registration } = added.registration;
    return dice.chance(0.5)
      ? { client: { ...added, registration }, mostActive: dice.below(4) }
      : { client: dynamic() };
  };
  const decision = (): Decision => (dice.chance(0.7) ? { ...APPROVED, at: now() } : { ...DENIED, at: now() });
  const rotation = (): Rotation => ({
    realm: realm(),
    presented: { hash: newest(tokens) },
    successor: { hash: `t${count}`, seed: `seed-${count}`, expiresAt: soon() },
    now: now(),
    repeatableSince: now() - dice.below(20) * STEP,
  });

  const subject = (): string => dice.pick(['person-1', 'person-1', 'person-2']);
  const realmNamed = (): RealmRecord => ({
    ...realmShelf.make({ realm: 'main', key: realm() }),
    name: `Realm ${count}`,
  });
  const personNamed = (): StoredPerson =>
    person({ realm: realm(), key: name() }, dice.pick(['Ada', 'Grace']));
  /** Each is authenticated at another time, so that one of them is the oldest. */
  const session = (): Session => {
    const made = sessionShelf.make({ realm: realm(), key: name() });
    const authentication = { ...made.authentication, at: NOW + count };
    return { ...made, authentication, person: { ...made.person, subject: subject() } };
  };

  const kinds: { readonly [Kind in Change['kind']]: () => Change } = {
    'quota.reserve': () => ({
      kind: 'quota.reserve',
      key: name(),
      limit: { uses: dice.below(5), seconds: 1 + dice.below(20) },
      at: now(),
    }),
    'client.insert': () => ({
      kind: 'client.insert',
      ...(dice.chance(0.85) ? counted() : { client: preregistered(dynamic()) }),
      ...(dice.chance(0.5) && { duplicateSince: now() - dice.below(40) * STEP }),
    }),
    'client.replace': () => ({ kind: 'client.replace', client: dynamic(), expectedVersion: version() }),
    'client.use': () => ({ kind: 'client.use', realm: realm(), id: name(), at: now() }),
    'client.remove': () => ({
      kind: 'client.remove',
      realm: realm(),
      id: name(),
      expectedVersion: version(),
    }),
    'client.expire': () => ({
      kind: 'client.expire',
      expired: { ...dynamic(), expiredAt: now() },
      expectedVersion: version(),
    }),
    'client.restore': () => ({ kind: 'client.restore', ...counted() }),
    'initial-access-token.use': () => ({
      kind: 'initial-access-token.use',
      realm: realm(),
      hash: name(),
      at: now(),
    }),
    'grant.end-all': () => ({
      kind: 'grant.end-all',
      realm: realm(),
      clientId: dice.pick(['notes', 'other', ...times(8, () => 'third')]),
      at: now(),
    }),
    'event.append': () => ({ kind: 'event.append', event: event(count, now(), realm()) }),
    'interaction.insert': () => ({
      kind: 'interaction.insert',
      interaction: { ...interactionShelf.make({ realm: realm(), key: name() }), expiresAt: soon() },
    }),
    'interaction.decide': () => {
      const place = { realm: realm(), key: name() };
      const granted = { ...grant({ ...place, key: `g${count}` }), createdAt: now() };
      const clientId = dice.pick(['notes', 'other']);
      return {
        kind: 'interaction.decide',
        realm: place.realm,
        id: place.key,
        decision: decision(),
        ...(dice.chance(0.8) && { grant: { ...granted, clientId } }),
      };
    },
    'pushed-request.insert': () => ({
      kind: 'pushed-request.insert',
      realm: realm(),
      key: name(),
      request: pushedRequests.valueOf(`client-${count}`),
      expiresAt: soon(),
    }),
    'pushed-request.consume': () => ({
      kind: 'pushed-request.consume',
      realm: realm(),
      key: name(),
      at: now(),
    }),
    'code.insert': () => ({
      kind: 'code.insert',
      realm: realm(),
      key: name(),
      code: codes.valueOf(`grant-${count}`),
      expiresAt: soon(),
    }),
    'code.consume': () => ({ kind: 'code.consume', realm: realm(), key: name(), at: now() }),
    'grant.open': () => ({
      kind: 'grant.open',
      realm: realm(),
      id: newest(grants),
      at: now(),
      expiresAt: soon(),
      ...(dice.chance(0.8) && { token: { hash: `t${count}`, expiresAt: soon() } }),
      ...(dice.chance(0.3)
        ? { proofKey: `key-${count}` }
        : dice.chance(0.3) && { clientMethod: 'private_key_jwt' }),
    }),
    'grant.end': () => ({ kind: 'grant.end', realm: realm(), id: newest(grants), at: now() }),
    'refresh-token.rotate': () => ({ kind: 'refresh-token.rotate', ...rotation() }),
    'session.require': () => ({
      kind: 'session.require',
      realm: realm(),
      hash: name(),
      subject: subject(),
    }),
    'replay.note': () => ({ kind: 'replay.note', realm: realm(), key: name(), expiresAt: soon() }),
    'client.forget': () => ({ kind: 'client.forget', realm: realm(), id: name() }),
    'initial-access-token.insert': () => ({
      kind: 'initial-access-token.insert',
      token: { ...initialAccessToken({ realm: realm(), key: name() }, `${count}`), expiresAt: soon() },
    }),
    'initial-access-token.revoke': () => ({
      kind: 'initial-access-token.revoke',
      realm: realm(),
      id: `id-of-${name()}`,
      at: now(),
    }),
    'realm.insert': () => ({ kind: 'realm.insert', realm: realmNamed() }),
    'realm.replace': () => ({ kind: 'realm.replace', realm: realmNamed(), expectedVersion: version() }),
    'person.insert': () => ({ kind: 'person.insert', person: personNamed() }),
    'person.replace': () => {
      const next = personNamed();
      return {
        kind: 'person.replace',
        person: next,
        replaced: { ...next, name: dice.pick(['Ada', 'Grace']) },
      };
    },
    'person.remove': () => ({ kind: 'person.remove', realm: realm(), subject: `subject-of-${name()}` }),
    'session.insert': () => ({
      kind: 'session.insert',
      session: session(),
      ...(dice.chance(0.5) && { most: 1 + dice.below(3) }),
    }),
    'session.end': () => ({ kind: 'session.end', realm: realm(), hash: name() }),
    'session.end-all': () => ({ kind: 'session.end-all', realm: realm(), subject: subject() }),
    'revoked-token.insert': () => ({
      kind: 'revoked-token.insert',
      realm: realm(),
      tokenId: name(),
      expiresAt: soon(),
    }),
    'key.insert': () => ({
      kind: 'key.insert',
      key: { ...signingKey({ realm: realm(), key: `k${count}` }), createdAt: now() },
      after: dice.chance(0.3) ? undefined : newest(kids),
    }),
    'key.remove': () => ({ kind: 'key.remove', realm: realm(), kid: newest(kids) }),
  };

  return {
    tokens,
    next: (kind = dice.pick(KINDS)) => {
      count += 1;
      return kinds[kind]();
    },
    use: (change) => {
      used += 1;
      if (change.kind === 'grant.open' && change.token !== undefined) tokens.push(change.token.hash);
      if (change.kind === 'key.insert') kids.push(change.key.kid);
      if (change.kind === 'refresh-token.rotate') tokens.push(change.successor.hash);
      if (change.kind === 'interaction.decide' && change.grant !== undefined) grants.push(change.grant.id);
    },
  };
}
