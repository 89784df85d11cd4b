import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type Registration } from '../../test/support/realm.ts';
import { managed, registeredIn } from '../../test/support/managed.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';

describe(cite('updates by many clients', 'vestibule:limits:updates-of-network'), () => {
  /** The given number of registered clients, each updating itself as often as given. */
  async function manyIn(limits: NonNullable<Registration['limits']>) {
    const { register, registrar, audit } = setUp(
      managed({ coalesce: false, management: { enabled: true, rotateToken: false }, limits }),
    );
    return {
      audit,
      async update(from: string, times: number, origin?: string): Promise<readonly string[]> {
        const outcome = await register(BODY, { from: `${from.replaceAll('.', '')}.1.1.1` });
        if (outcome.outcome !== 'registered') throw new Error('The client is not registered.');
        const { client_id: clientId, registration_access_token: token } = outcome.response;
        const request = { realm: 'main', clientId, token, source: sourceAt(from, origin) };
        const outcomes = [];
        for (let time = 0; time < times; time += 1) {
          outcomes.push((await registrar.update(request, { ...BODY, client_id: clientId })).outcome);
        }
        return outcomes;
      },
    };
  }

  test('are limited for one address to sixty in an hour, and those of pages separately', async () => {
    const { update } = await manyIn({ perRealmPerDay: 1_000 });
    expect(await update('192.0.2.1', 59)).not.toContain('limited');
    expect(await update('192.0.2.1', 2)).toEqual(['updated', 'limited']);
    expect(await update('192.0.2.1', 1, 'https://page.example')).toEqual(['updated']);
    expect(await update('192.0.2.2', 1)).toEqual(['updated']);
  });

  test('are limited for one organization to a multiple of that', async () => {
    const { update } = await manyIn({ perRealmPerDay: 1_000, organizationTimes: 2 });
    for (const from of ['192.0.2.1', '192.0.2.2']) expect(await update(from, 60)).not.toContain('limited');
    expect(await update('192.0.2.3', 1)).toEqual(['limited']);
    expect(await update('198.51.100.1', 1)).toEqual(['updated']);
  });

  test('are limited for the realm, of which an organization may use a quarter', async () => {
    const { update, audit } = await manyIn({ perRealmPerDay: 1_000, updatesPerRealmPerDay: 6 });
    expect(await update('192.0.2.1', 3)).toEqual(['updated', 'updated', 'limited']);
    for (const from of ['198.51.100.1', '203.0.113.1']) {
      expect(await update(from, 2)).toEqual(['updated', 'updated']);
    }
    expect(await update('192.0.3.1', 1)).toEqual(['limited']);
    expect(audit.events.filter(({ type }) => type === 'client.updated')).toHaveLength(6);
  });

  test('in a network that the realm names may use half of the realm’s day, from one address', async () => {
    const egressRanges = [{ name: 'hosted', ranges: ['198.51.'], perHour: 10 }];
    const { update } = await manyIn({ perRealmPerDay: 1_000, updatesPerRealmPerDay: 160, egressRanges });
    for (const times of [40, 40]) expect(await update('198.51.100.1', times)).not.toContain('limited');
    expect(await update('198.51.100.1', 1)).toEqual(['limited']);
    expect(await update('192.0.2.1', 1)).toEqual(['updated']);
  });

  test('record no more than one can read of redirect URIs', async () => {
    const { update, own, audit } = await registeredIn();
    const long = `https://app.example/${'x'.repeat(2_000)}`;
    const redirect_uris = Array.from({ length: 10 }, (_, index) => `${long}/${index}`.slice(-2_048));
    await update(own({ redirect_uris: redirect_uris.map((uri) => uri.slice(0, 2_040)) }));
    const [event] = audit.events.slice(-1);
    expect(event?.type).toBe('client.updated');
    expect(JSON.stringify(event).length).toBeLessThan(8_000);
  });
});
