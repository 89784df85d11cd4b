import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { DynamicClient } from '../client/client.ts';

/** A client, and a change to it between the read and the write of an update. */
async function setUpWith(rotateToken: boolean) {
  const all = setUp(realmWith({ management: { enabled: true, rotateToken } }));
  const { client_id: clientId, registration_access_token: token } = await all.registered(BODY);
  const request = { realm: 'main', clientId, token, source: sourceAt('192.0.2.7') };
  return {
    ...all,
    clientId,
    update: (name: string) =>
      all.registrar.update(request, { ...BODY, client_id: clientId, client_name: name }),
    remove: () => all.registrar.remove(request),
    /** Once, before the next commit. */
    meanwhile: (happen: (client: DynamicClient) => Promise<unknown>) =>
      all.meanwhile(async () => {
        const client = await all.stored(clientId);
        if (client.kind === 'dynamic') await happen(client);
      }),
  };
}

describe.each([true, false])('with tokens that rotate: %s', (rotateToken) => {
  test(
    cite(
      'one of two concurrent updates wins, and the other changes nothing',
      'vestibule:management:two-at-once',
    ),
    async () => {
      const { update, stored, clientId, types } = await setUpWith(rotateToken);
      const outcomes = await Promise.all([update('One'), update('Two')]);
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'updated']);
      const winner = outcomes[0].outcome === 'updated' ? 'One' : 'Two';
      expect(await stored(clientId)).toMatchObject({ name: winner, version: 2 });
      expect(types()).toEqual(['registration.accepted', 'client.updated']);
    },
  );

  test(cite('one of many concurrent updates wins', 'vestibule:management:two-at-once'), async () => {
    const { update, stored, clientId } = await setUpWith(rotateToken);
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, place) => update(`App ${place}`)));
    const won = outcomes.filter(({ outcome }) => outcome === 'updated');
    expect(won).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(19);
    expect(won[0]).toMatchObject({ response: { client_name: (await stored(clientId)).name } });
  });

  test(
    cite(
      'a client that is used at the same moment is updated all the same, and its use is kept',
      'vestibule:management:used-meanwhile',
    ),
    async () => {
      const { update, meanwhile, clients, clientId, stored } = await setUpWith(rotateToken);
      meanwhile(() => clients.touch('main', clientId, NOW + 5));
      expect(await update('Other')).toMatchObject({ outcome: 'updated' });
      expect(await stored(clientId)).toMatchObject({ name: 'Other', lastUsedAt: NOW + 5, version: 3 });
    },
  );

  test(cite('so is a hibernated one', 'vestibule:management:used-meanwhile'), async () => {
    const { update, meanwhile, clients, clientId, stored } = await setUpWith(rotateToken);
    meanwhile((client) =>
      clients.replace(
        { ...client, registration: { ...client.registration, hibernatedAt: NOW } },
        client.version,
      ),
    );
    expect(await update('Other')).toMatchObject({ outcome: 'updated' });
    expect(await stored(clientId)).toMatchObject({ name: 'Other', registration: { hibernatedAt: NOW } });
  });

  test('one that is blocked at the same moment stays blocked, and as it was', async () => {
    const { update, meanwhile, operator, clientId, stored, types } = await setUpWith(rotateToken);
    meanwhile(() => operator.clients.block(ADA, 'main', clientId));
    expect(await update('Other')).toEqual({ outcome: 'conflict' });
    expect(await stored(clientId)).toMatchObject({ name: 'Notes app', blockedAt: NOW });
    expect(types()).not.toContain('client.updated');
  });

  test('one that is deleted at the same moment stays deleted', async () => {
    const { update, meanwhile, remove, everyClient } = await setUpWith(rotateToken);
    meanwhile(remove);
    expect(await update('Other')).toEqual({ outcome: 'conflict' });
    expect(await everyClient()).toEqual([]);
  });
});
