import type { Client } from '@vestibule/core';
import type { Realm, RegistrationSettings } from '@vestibule/core/realm';
import { sourceOf } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { APPROVE, DAY, DENY, HOUR, withRegistration } from './aging.ts';
import { ADA, CALLBACK, realmWith, setUp, type Toggles } from './set-up.ts';

const UNKNOWN = { status: 400, view: { page: 'problem', problem: 'client-unknown' } };
const BLOCKED = { status: 403, view: { page: 'problem', problem: 'client-blocked' } };

const deferredRealm = (toggles: Toggles = {}, settings: Partial<RegistrationSettings> = {}): Realm =>
  withRegistration(realmWith(toggles), { persistence: 'deferred', ...settings });

/** A server that stores clients at their first approval. */
function deferred(realm: Realm = deferredRealm()) {
  const world = setUp(realm);
  const { clients, audit, newBrowser, openConsent, authorizeUrl, answer } = world;
  return {
    ...world,
    stored: async (): Promise<readonly Client[]> => (await clients.list('main', { limit: 100 })).items,
    types: (): readonly string[] => audit.events.map(({ type }) => type),
    open: (clientId: string, username?: string) =>
      openConsent(newBrowser(), authorizeUrl(clientId), username),
    async approve(clientId: string, username?: string, ip?: string) {
      const browser = newBrowser(ip);
      return answer(browser, await openConsent(browser, authorizeUrl(clientId), username), APPROVE);
    },
    async deny(clientId: string) {
      const browser = newBrowser();
      return answer(browser, await openConsent(browser, authorizeUrl(clientId)), DENY);
    },
  };
}

describe('a registration in a realm that stores clients at their first approval', () => {
  test(cite('stores no client, no quota and no event', 'vestibule:persistence:nothing-stored'), async () => {
    const { register, stored, audit } = deferred();
    const before = audit.events.length;
    const ids = new Set<string>();
    for (let i = 0; i < 50; i += 1) ids.add(await register());
    expect(ids.size).toBe(50);
    expect(await stored()).toEqual([]);
    // The key that they are sealed with is generated once.
    expect(audit.events.slice(before).map(({ type }) => type)).toEqual(['sealing-key.made']);
  });

  test(
    cite('gets a client_id of at most 1,024 unreserved characters', 'vestibule:persistence:client-id'),
    async () => {
      const { register } = deferred();
      for (const length of [1, 40, 80]) {
        const id = await register({ client_name: 'x'.repeat(length), redirect_uris: [CALLBACK] });
        expect(id).toMatch(/^[A-Za-z0-9\-._~]{1,1024}$/);
      }
    },
  );

  test(
    cite('gets the response of a client that is stored at once', 'vestibule:persistence:same-response'),
    async () => {
      const responseOf = async (realm: Realm): Promise<object> => {
        const { registrar } = deferred(realm);
        const admission = await registrar.admit('main', sourceOf('192.0.2.1'));
        if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
        const body = {
          client_name: 'Ferns',
          redirect_uris: [CALLBACK],
          'client_name#de': 'Farne',
          scope: 'read',
        };
        const outcome = await registrar.register(admission, body);
        if (outcome.outcome !== 'registered') throw new Error(JSON.stringify(outcome));
        const { client_id: _id, ...rest } = outcome.response;
        return rest;
      };
      expect(await responseOf(deferredRealm())).toEqual(await responseOf(realmWith()));
    },
  );

  test(
    cite('is stored at once if its metadata is too long for a client_id', 'vestibule:persistence:too-long'),
    async () => {
      const { register, stored, types } = deferred();
      // Paths that cannot be compressed.
      const uris = Array.from({ length: 9 }, (_, i) => `https://app.example/${uniqueText(i)}`);
      const id = await register({ redirect_uris: uris });
      expect(id).toMatch(/^dyn-/);
      expect(await stored()).toMatchObject([{ id, redirectUris: uris }]);
      expect(types()).toContain('registration.accepted');
    },
  );

  test(
    cite(
      'is stored at once with an initial access token, whose use is counted',
      'vestibule:persistence:token',
    ),
    async () => {
      const { registrar, operator, stored } = deferred(deferredRealm({}, { mode: 'both' }));
      const issued = await operator.tokens.issue(ADA, 'main', { expiresAt: 10 ** 13, maxUses: 1 });
      const admission = await registrar.admit('main', sourceOf('192.0.2.1'), issued?.token);
      if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
      await registrar.register(admission, { redirect_uris: [CALLBACK], client_name: 'App' });
      expect(await stored()).toHaveLength(1);
      expect((await registrar.admit('main', sourceOf('192.0.2.1'), issued?.token)).outcome).toBe(
        'unauthorized',
      );
    },
  );

  test(
    cite('cannot be managed, whatever an earlier version allowed', 'vestibule:persistence:unmanaged'),
    async () => {
      const { registrar } = deferred(deferredRealm({}, { management: { enabled: true, rotateToken: true } }));
      expect(await registrar.isManageable('main')).toBe(false);
    },
  );
});

describe('a client that is not stored', () => {
  test(
    cite(
      'is stored by the first approval, which names the person, and works under its id from then on',
      'vestibule:persistence:first-approval',
    ),
    async () => {
      const { register, approve, exchange, refresh, stored, audit, pass } = deferred();
      const clientId = await register({ client_name: 'Ferns' });
      const done = await approve(clientId);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      const { status, body } = await exchange(clientId, code);
      expect(status).toBe(200);
      expect(await stored()).toMatchObject([
        { id: clientId, kind: 'dynamic', name: 'Ferns', redirectUris: [CALLBACK] },
      ]);
      expect(Object.keys((await stored())[0] ?? {})).not.toContain('sealedUntil');
      expect(audit.events.filter(({ type }) => type === 'client.stored')).toMatchObject([
        { clientId, clientName: 'Ferns', subject: 'person-ada', ip: '192.0.2.10' },
      ]);
      pass(4 * DAY);
      expect((await refresh(clientId, body.refresh_token)).status).toBe(200);
    },
  );

  test('stays unverified on every consent page, before and after it is stored', async () => {
    const { register, approve, open } = deferred();
    const clientId = await register();
    const before = await open(clientId);
    await approve(clientId);
    for (const shown of [before, await open(clientId, 'grace')]) {
      expect(shown.view).toMatchObject({ page: 'consent' });
      expect(shown.view).not.toHaveProperty('client.verifiedBy');
      expect(shown.view).not.toHaveProperty('client.isPreregistered');
    }
  });

  test(cite('stays unstored if a person denies', 'vestibule:persistence:denied'), async () => {
    const { register, deny, stored, types, approve } = deferred();
    const clientId = await register();
    expect(await deny(clientId)).toMatchObject({ view: { outcome: 'denied' } });
    expect(await stored()).toEqual([]);
    expect(types()).not.toContain('client.stored');
    await approve(clientId);
    expect(await stored()).toHaveLength(1);
  });

  test.each([
    [29, 'consent'],
    [31, 'problem'],
  ])(cite('is taken up after %i days: %s', 'vestibule:persistence:expires'), async (days, page) => {
    const { register, open, pass } = deferred();
    const clientId = await register();
    pass(days * DAY);
    expect(await open(clientId)).toMatchObject(page === 'problem' ? UNKNOWN : { view: { page } });
  });

  test('can be approved by a person who began before it expired', async () => {
    const { register, newBrowser, openConsent, authorizeUrl, answer, stored, pass, open } = deferred();
    const clientId = await register();
    pass(30 * DAY - 60);
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    pass(120);
    expect(await open(clientId)).toMatchObject(UNKNOWN);
    expect((await answer(browser, consent, APPROVE)).view.outcome).toBe('approved');
    expect(await stored()).toHaveLength(1);
  });

  test('expires earlier if an operator shortens the time, and never later', async () => {
    const { register, open, pass, change } = deferred();
    const clientId = await register();
    const lasting = (seconds: number): Realm => {
      const realm = deferredRealm();
      const lifecycle = { ...realm.settings.lifecycle, deferred: seconds };
      return { ...realm, settings: { ...realm.settings, lifecycle } };
    };
    pass(2 * DAY);
    await change(lasting(DAY));
    expect(await open(clientId)).toMatchObject(UNKNOWN);
    await change(lasting(300 * DAY));
    expect(await open(clientId)).toMatchObject({ view: { page: 'consent' } });
    pass(29 * DAY);
    expect(await open(clientId)).toMatchObject(UNKNOWN);
  });

  test(cite('is judged by the current policy at each request', 'vestibule:persistence:today'), async () => {
    const { register, open, change, newBrowser, openConsent, authorizeUrl, answer, stored } = deferred();
    const clientId = await register({ client_name: 'Acme Mail' });
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    await change(deferredRealm({}, { reservedNames: ['Acme'] }));
    const refused = { view: { page: 'problem', problem: 'client-unacceptable' } };
    expect(await open(clientId)).toMatchObject(refused);
    expect(await answer(browser, consent, APPROVE)).toMatchObject(refused);
    expect(await stored()).toEqual([]);
  });

  test('gets no token', async () => {
    const { register, token } = deferred();
    const clientId = await register();
    const asked = await token({ grant_type: 'refresh_token', client_id: clientId, refresh_token: 'x' });
    expect(asked).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('still works after the realm stores clients at once again', async () => {
    const { register, change, approve, stored } = deferred();
    const clientId = await register();
    await change(realmWith());
    await approve(clientId);
    expect(await stored()).toMatchObject([{ id: clientId }]);
  });

  test('is not approved past the gates', async () => {
    const { register, approve, change, stored } = deferred();
    const clientId = await register();
    await change(deferredRealm({ notes: false }));
    await approve(clientId).catch(() => undefined);
    expect(await stored()).toEqual([]);
  });
});

describe('approvals at once', () => {
  test(
    cite('two people at once store the client once, and both approvals count', 'vestibule:persistence:once'),
    async () => {
      const { register, newBrowser, openConsent, authorizeUrl, answer, stored, types } = deferred();
      const clientId = await register();
      const [one, other] = [newBrowser(), newBrowser()];
      const first = await openConsent(one, authorizeUrl(clientId), 'ada');
      const second = await openConsent(other, authorizeUrl(clientId), 'grace');
      const done = await Promise.all([answer(one, first, APPROVE), answer(other, second, APPROVE)]);
      expect(done.map(({ view }) => view.outcome)).toEqual(['approved', 'approved']);
      expect(await stored()).toHaveLength(1);
      expect(types().filter((type) => type === 'client.stored')).toHaveLength(1);
      expect(types().filter((type) => type === 'consent.approved')).toHaveLength(2);
    },
  );

  test('an approval of a client that was stored a moment ago approves the stored one', async () => {
    const { register, newBrowser, openConsent, authorizeUrl, answer, stored, approve, intercept, types } =
      deferred();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    intercept({ kind: 'client.insert', before: () => approve(clientId, 'grace') });
    expect((await answer(browser, consent, APPROVE)).view.outcome).toBe('approved');
    expect(await stored()).toHaveLength(1);
    expect(types().filter((type) => type === 'client.stored')).toHaveLength(1);
  });

  test('an approval of a client that was blocked a moment ago does not count', async () => {
    const { register, newBrowser, openConsent, authorizeUrl, answer, operator, intercept, types } =
      deferred();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    intercept({ kind: 'client.insert', before: () => operator.clients.block(ADA, 'main', clientId) });
    expect(await answer(browser, consent, APPROVE)).toMatchObject(BLOCKED);
    expect(types()).not.toContain('consent.approved');
  });
});

describe('a limit for stored clients', () => {
  const LIMITS = realmWith().settings.registration.limits;

  test(
    cite(
      'counts approvals and not registrations, and an approval beyond it decides nothing',
      'vestibule:persistence:limits',
    ),
    async () => {
      const { register, approve, stored, types, pass } = deferred(
        deferredRealm({}, { limits: { ...LIMITS, perAddressPerHour: 1 } }),
      );
      const ids = [await register(), await register(), await register()] as const;
      expect((await approve(ids[0])).view.outcome).toBe('approved');
      const refused = await approve(ids[1]);
      expect(refused).toMatchObject({ status: 429, view: { problem: 'too-many' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(types().filter((type) => type === 'authorization.limited')).toHaveLength(1);
      expect(await stored()).toHaveLength(1);
      // The stored one is approved again without a use.
      expect((await approve(ids[0], 'grace')).view.outcome).toBe('approved');
      expect((await approve(ids[2], 'ada', '198.51.100.7')).view.outcome).toBe('approved');
      pass(HOUR);
      expect((await approve(ids[1])).view.outcome).toBe('approved');
    },
  );

  test('on active clients holds at the first approval', async () => {
    const { register, approve, stored } = deferred(
      deferredRealm({}, { limits: { ...LIMITS, awakeClients: 2 } }),
    );
    for (let i = 0; i < 3; i += 1) await approve(await register());
    expect(await stored()).toHaveLength(2);
  });
});

describe('an operator', () => {
  test(cite('blocks a client that is not stored, by its id', 'vestibule:persistence:blocked'), async () => {
    const { register, operator, open, stored, types } = deferred();
    const clientId = await register();
    expect(await operator.clients.block(ADA, 'main', clientId)).toBe('changed');
    expect(await operator.clients.block(ADA, 'main', clientId)).toBe('unchanged');
    expect(await open(clientId)).toMatchObject(BLOCKED);
    expect(await stored()).toMatchObject([{ id: clientId, blockedAt: expect.any(Number) }]);
    expect(types()).toContain('client.blocked');
    expect(await operator.clients.unblock(ADA, 'main', clientId)).toBe('changed');
    expect(await open(clientId)).toMatchObject({ view: { page: 'consent' } });
  });

  test('blocks a client that was approved', async () => {
    const { register, operator, open, approve } = deferred();
    const clientId = await register();
    await approve(clientId);
    await operator.clients.block(ADA, 'main', clientId);
    expect(await open(clientId)).toMatchObject(BLOCKED);
  });

  test.each([
    ['that was approved', true],
    ['that is not stored', false],
  ])(cite('deletes a client %s for good', 'vestibule:persistence:deleted'), async (_, isApproved) => {
    const { register, operator, open, approve, stored, stores, pass, options } = deferred();
    const clientId = await register();
    if (isApproved) await approve(clientId);
    expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('changed');
    expect(await stored()).toEqual([]);
    expect(await open(clientId)).toMatchObject(UNKNOWN);
    expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('missing');
    expect(await operator.clients.block(ADA, 'main', clientId)).toBe('missing');
    // What is kept for that is swept after the client_id has expired, and not before.
    for (const days of [29, 4]) {
      pass(days * DAY);
      await stores.sweep(options.clock(), 1_000);
      expect(await open(clientId)).toMatchObject(UNKNOWN);
    }
  });

  test('does not find a client_id that was not sealed here', async () => {
    const { operator, stored } = deferred();
    const elsewhere = await deferred().register();
    for (const id of [elsewhere, 'sealed1.AAAAAAAA.AAAA', 'dyn-x', '']) {
      expect(await operator.clients.block(ADA, 'main', id)).toBe('missing');
      expect(await operator.clients.remove(ADA, 'main', id)).toBe('missing');
    }
    expect(await stored()).toEqual([]);
  });
});

/** 120 characters that no compression shortens much, the same for the same number. */
function uniqueText(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 120 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}
