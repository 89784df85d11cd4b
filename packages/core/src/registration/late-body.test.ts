import { describe, expect, test } from 'vitest';
import { realmWith } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';

/** A registration is admitted, and its body arrives after the realm has changed. */
async function lateIn(registration: object) {
  const all = setUp();
  const admission = await all.registrar.admit('main', sourceAt('192.0.2.1'));
  if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
  const realm = await all.realms.find('main');
  if (realm === undefined) throw new Error('no realm');
  const { version, ...current } = realm;
  const settings = {
    ...current.settings,
    registration: { ...current.settings.registration, ...registration },
  };
  await all.realms.replace({ ...current, settings }, version);
  all.pass(1);
  const outcome = await all.registrar.register(admission, BODY);
  const { items } = await all.clients.list('main', { limit: 10 });
  return { outcome, stored: items.length };
}

describe('a registration that arrives late', () => {
  test('does not come through a door that was closed meanwhile', async () => {
    expect(await lateIn({ open: false })).toEqual({ outcome: { outcome: 'closed' }, stored: 0 });
  });

  test('needs the token that is asked for by then', async () => {
    expect(await lateIn({ mode: 'initial-access-token' })).toEqual({
      outcome: { outcome: 'unauthorized', token: 'missing' },
      stored: 0,
    });
  });

  test('is judged by the policy of then', async () => {
    const { outcome, stored } = await lateIn({ allowedRedirectHosts: ['other.example'] });
    expect(outcome).toMatchObject({
      outcome: 'refused',
      refusal: { rule: 'redirect-uris.accepted-host' },
    });
    expect(stored).toBe(0);
  });

  test('is registered where nothing changed', async () => {
    expect(await lateIn({})).toMatchObject({ outcome: { outcome: 'registered' }, stored: 1 });
    expect(realmWith().settings.registration.open).toBe(true);
  });
});
