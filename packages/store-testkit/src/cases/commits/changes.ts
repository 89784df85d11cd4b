import type { Client, Limit } from '@vestibule/core';
import type { Change, Decision, Interaction } from '@vestibule/server';
import { codes } from '../../sample/code.ts';
import { event } from '../../sample/event.ts';
import { HERE, type Place } from '../../sample/place.ts';
import { interactionShelf } from '../../sample/interaction.ts';
import { pushedRequests } from '../../sample/pushed-request.ts';
import { DAY, MINUTE, NOW } from '../../sample/time.ts';

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** A change whose condition never holds. */
export const IMPOSSIBLE: ChangeOf<'session.require'> = {
  kind: 'session.require',
  realm: 'main',
  hash: 'nothing',
  subject: 'nobody',
};

/** One use of a limit for a minute. */
export const reserve = (
  key: string,
  limit: Partial<Limit> = {},
  at: number = NOW,
): ChangeOf<'quota.reserve'> => ({
  kind: 'quota.reserve',
  key,
  limit: { uses: 5, seconds: 60, ...limit },
  at,
});

export const insertClient = (
  client: Client,
  conditions: Partial<ChangeOf<'client.insert'>> = {},
): ChangeOf<'client.insert'> => ({ kind: 'client.insert', client, ...conditions });

/** An event that differs by its number. */
export const append = (number = 0, realm = 'main'): ChangeOf<'event.append'> => ({
  kind: 'event.append',
  event: event(number, NOW + number, realm),
});

export const interaction = (place: Place = HERE): Interaction => interactionShelf.make(place);

export const insertInteraction = (place: Place = HERE): ChangeOf<'interaction.insert'> => ({
  kind: 'interaction.insert',
  interaction: interaction(place),
});

export const DENIED: Decision = { kind: 'denied', at: NOW };

export const APPROVED: Decision = {
  kind: 'approved',
  refreshable: true,
  subject: 'ada',
  scopes: ['write', 'read'],
  at: NOW,
  authentication: { at: NOW - 1, methods: ['pwd'] },
};

export const decide = (
  decision: Decision = APPROVED,
  { realm, key }: Place = HERE,
): ChangeOf<'interaction.decide'> => ({ kind: 'interaction.decide', realm, id: key, decision });

export const pushRequest = (
  { realm, key }: Place = HERE,
  mark?: string,
): ChangeOf<'pushed-request.insert'> => ({
  kind: 'pushed-request.insert',
  realm,
  key,
  request: pushedRequests.valueOf(mark),
  expiresAt: NOW + MINUTE,
});

export const consumeRequest = ({ realm, key }: Place = HERE): ChangeOf<'pushed-request.consume'> => ({
  kind: 'pushed-request.consume',
  realm,
  key,
  at: NOW,
});

export const insertCode = ({ realm, key }: Place = HERE, mark?: string): ChangeOf<'code.insert'> => ({
  kind: 'code.insert',
  realm,
  key,
  code: codes.valueOf(mark),
  expiresAt: NOW + MINUTE,
});

export const consumeCode = ({ realm, key }: Place = HERE): ChangeOf<'code.consume'> => ({
  kind: 'code.consume',
  realm,
  key,
  at: NOW,
});

/** Opens a grant with a first refresh token. */
export const openGrant = ({ realm, key }: Place = HERE, hash = 'r1'): ChangeOf<'grant.open'> => ({
  kind: 'grant.open',
  realm,
  id: key,
  at: NOW,
  expiresAt: NOW + DAY,
  token: { hash, expiresAt: NOW + DAY },
});

export const endGrant = ({ realm, key }: Place = HERE): ChangeOf<'grant.end'> => ({
  kind: 'grant.end',
  realm,
  id: key,
  at: NOW,
});

export const requireSession = (
  { realm, key }: Place = HERE,
  subject = 'person-1',
): ChangeOf<'session.require'> => ({
  kind: 'session.require',
  realm,
  hash: key,
  subject,
});

export const noteReplay = ({ realm, key }: Place = HERE): ChangeOf<'replay.note'> => ({
  kind: 'replay.note',
  realm,
  key,
  expiresAt: NOW + MINUTE,
});
