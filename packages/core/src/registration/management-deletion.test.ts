import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA } from '../../test/support/realm.ts';
import { registeredIn } from '../../test/support/managed.ts';

const invalid = { outcome: 'unauthorized', token: 'invalid' };

describe('a deletion', () => {
  test(
    cite(
      'takes the client away, with its grants and its token, and is an event',
      'rfc7592:2.3:delete',
      'rfc7592:2.3:no-client',
      'rfc7592:5:ends-with-the-client',
      'vestibule:management:audit',
    ),
    async () => {
      const { remove, read, clientId, ended, audit, everyClient } = await registeredIn();
      expect(await remove()).toEqual({ outcome: 'removed' });
      expect(await everyClient()).toEqual([]);
      expect(ended).toEqual([clientId]);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'client.removed',
        clientId,
        clientName: 'Notes app',
        reason: 'client',
        ip: '192.0.2.7',
      });
      expect(await remove()).toEqual(invalid);
      expect(await read()).toEqual(invalid);
      expect(ended).toEqual([clientId]);
    },
  );

  test('records one event for many concurrent deletions', async () => {
    const { remove, audit } = await registeredIn();
    await Promise.all(Array.from({ length: 5 }, () => remove()));
    expect(audit.events.filter(({ type }) => type === 'client.removed')).toHaveLength(1);
  });

  test('changes and records nothing if it cannot be committed, and can be repeated', async () => {
    const { remove, audit, ended, everyClient, meanwhile } = await registeredIn();
    meanwhile(() => Promise.reject(new Error('away')));
    await expect(remove()).rejects.toThrow('away');
    expect(await everyClient()).toHaveLength(1);
    expect(ended).toEqual([]);
    expect(audit.events.map(({ type }) => type)).toEqual(['registration.accepted']);
    expect(await remove()).toEqual({ outcome: 'removed' });
  });
});

test(
  cite(
    'a client that is blocked may look, and changes nothing',
    'rfc7592:2.2:blocked',
    'rfc7592:2.3:blocked',
  ),
  async () => {
    const { operator, clientId, read, update, own, remove, stored, answer } = await registeredIn();
    await operator.clients.block(ADA, 'main', clientId);
    const before = await stored(clientId);
    expect(await read()).toEqual({ outcome: 'read', response: answer });
    expect(await update(own({ client_name: 'Other' }))).toEqual({ outcome: 'blocked' });
    expect(await update({})).toEqual({ outcome: 'blocked' });
    expect(await remove()).toEqual({ outcome: 'blocked' });
    expect(await stored(clientId)).toEqual(before);
    expect(await read({ token: 'x' })).toEqual(invalid);
    await operator.clients.unblock(ADA, 'main', clientId);
    expect(await update(own())).toMatchObject({ outcome: 'updated' });
  },
);
