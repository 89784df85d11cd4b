import { exportJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { other } from './client-assertion.ts';
import { FRESH_FOR } from './document-hosts.ts';
import { documentWorld, EITHER, LOOPBACK } from './document-world.ts';
import { DOCUMENT, URI } from './open-to-documents.ts';
import { CALLBACK } from './set-up.ts';

const ended = { status: 400, body: { error: 'invalid_grant' } };

const otherKeys = { keys: [{ ...(await exportJWK(other.publicKey)), kid: 'k' }] };

const OTHER_HOST = 'https://elsewhere.example/cb';

/** Changes after which a person is asked again, and others. */
const OF_IDENTITY: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
  ['its name', { client_name: 'Bank' }, ['name']],
  ['one more host', { redirect_uris: [...DOCUMENT.redirect_uris, OTHER_HOST] }, ['redirectUris']],
  ['one host less', { redirect_uris: [CALLBACK] }, ['redirectUris', 'applicationType']],
  ['its keys', { jwks: otherKeys }, ['authentication']],
  ['its methods', { token_endpoint_auth_methods_supported: ['private_key_jwt'] }, ['authentication']],
  ['a name in another language', { 'client_name#fr': 'Journal' }, ['translations']],
];

const OF_DETAILS: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
  ['its logo', { logo_uri: 'https://app.example/logo' }, ['logoUri']],
  [
    'one more redirect URI at the same host',
    { redirect_uris: [...DOCUMENT.redirect_uris, `${CALLBACK}/2`] },
    ['redirectUris'],
  ],
  ['its terms', { tos_uri: 'https://app.example/terms' }, ['tosUri']],
  [
    'the order of its redirect URIs',
    { redirect_uris: DOCUMENT.redirect_uris.toReversed() },
    ['redirectUris'],
  ],
];

describe('a change is recorded, and says whether a person is asked again', () => {
  test.each([
    ...OF_IDENTITY.map((row) => [...row, true] as const),
    ...OF_DETAILS.map((row) => [...row, false] as const),
  ])('%s', async (_, members, changed, isAskedAgain) => {
    const { ask, changeTo, audit } = documentWorld(EITHER);
    await ask();
    await changeTo({ ...EITHER, ...members });
    const events = audit.events.filter(({ type }) => type === 'document.changed');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ clientId: URI, changed, ...(isAskedAgain && { isAskedAgain }) });
    if (!isAskedAgain) expect(events[0]).not.toHaveProperty('isAskedAgain');
  });

  test('nothing is recorded if the document is the same', async () => {
    const { ask, changeTo, audit } = documentWorld(EITHER);
    await ask();
    await changeTo(EITHER);
    expect(audit.events.filter(({ type }) => type === 'document.changed')).toEqual([]);
  });
});

test('the fingerprint of the document stands in the event of the approval and in the grant', async () => {
  const { attach, audit, stores, options } = documentWorld(EITHER);
  await attach('none');
  const fingerprintOf = (type: string) => {
    const event = audit.events.find((one) => one.type === type);
    return event !== undefined && 'fingerprint' in event ? event.fingerprint : undefined;
  };
  const fingerprint = fingerprintOf('document.accepted');
  expect(fingerprint).toEqual(expect.stringMatching(/^[\w-]{43}$/));
  expect(fingerprintOf('consent.approved')).toBe(fingerprint);
  const [grant] = await stores.grants.listOf('main', 'person-ada', options.clock());
  expect(grant?.displayed?.document).toEqual({ fingerprint, identity: expect.stringMatching(/^[\w-]{43}$/) });
});

describe('while a person decides', () => {
  /** The answer to a consent form that was displayed before the document changed. */
  async function answerAfterChange(members: Readonly<Record<string, unknown>>) {
    const { attach, ask, answer, publish, pass } = documentWorld(EITHER);
    await attach('none');
    pass(FRESH_FOR - 1);
    const { browser, consent } = await ask();
    publish({ ...EITHER, ...members });
    pass(2);
    await ask();
    const approve = (shown: typeof consent) => answer(browser, shown, { decision: 'approve' });
    return { answered: await approve(consent), approve };
  }

  const approved = { view: { page: 'hand-back', outcome: 'approved' } };

  test.each(OF_IDENTITY)('they are asked again after a change of %s', async (_, members) => {
    const { answered, approve } = await answerAfterChange(members);
    expect(answered).toMatchObject({ status: 409, view: { page: 'consent', stale: true } });
    expect(await approve(answered)).toMatchObject(approved);
  });

  test.each(OF_DETAILS)('they go on after a change of %s', async (_, members) => {
    expect((await answerAfterChange(members)).answered).toMatchObject(approved);
  });
});

describe('after a person has approved', () => {
  test.each(OF_IDENTITY.filter(([what]) => what !== 'its methods'))(
    'the code is not exchanged after a change of %s, and the person is asked again',
    async (_, members) => {
      const { ask, approve, codeOf, exchange, publish, pass } = documentWorld(EITHER);
      await ask();
      pass(FRESH_FOR - 1);
      const code = codeOf(await approve(await ask()));
      publish({ ...EITHER, ...members });
      pass(2);
      const again = await ask();
      const refusal = await exchange(code);
      expect(refusal).toMatchObject(ended);
      expect(refusal.body.error_description).toContain('has changed since the person approved it');
      expect(await exchange(codeOf(await approve(again)))).toMatchObject({ status: 200 });
    },
  );

  test.each(OF_DETAILS)('the code is exchanged after a change of %s', async (_, members) => {
    const { ask, approve, codeOf, exchange, publish, pass } = documentWorld(EITHER);
    await ask();
    pass(FRESH_FOR - 1);
    const code = codeOf(await approve(await ask()));
    publish({ ...EITHER, ...members });
    pass(2);
    await ask();
    expect(await exchange(code)).toMatchObject({ status: 200 });
  });

  test('the page that leads back hands out an error instead of the code if the app has changed', async () => {
    const { ask, answer, changeAtOnce, intercept, audit, stores, options } = documentWorld();
    const { browser, consent } = await ask();
    intercept({ kind: 'interaction.decide', after: () => changeAtOnce({ name: 'Bank' }) });
    const shown = await answer(browser, consent, { decision: 'approve' });
    expect(shown).toMatchObject({ view: { page: 'hand-back', outcome: 'refused' } });
    const response = new URL(shown.view.location).searchParams;
    expect(response.get('error')).toBe('consent_required');
    expect(response.has('code')).toBe(false);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'consent_required' });
    const [grant] = await stores.grants.listOf('main', 'person-ada', options.clock());
    expect(grant).toMatchObject({ isUnopened: true });
  });

  test('a removed redirect URI stops its code at once', async () => {
    const { ask, approve, codeOf, exchange, changeAtOnce } = documentWorld();
    const code = codeOf(await approve(await ask()));
    await changeAtOnce({ redirectUris: [`${CALLBACK}/2`, 'http://127.0.0.1/callback'] });
    const refusal = await exchange(code);
    expect(refusal).toMatchObject(ended);
    expect(refusal.body.error_description).toContain('no longer one that this client registered');
  });

  test('what was allowed to the former app is asked anew', async () => {
    const { attach, ask, changeTo } = documentWorld();
    await attach('none', { scope: 'read' });
    const heldIn = async () => {
      const { consent } = await ask({ scope: 'read write' });
      const names = (scopes: readonly { readonly name: string }[]) => scopes.map(({ name }) => name);
      return { scopes: names(consent.view.scopes), held: names(consent.view.held) };
    };
    expect(await heldIn()).toEqual({ scopes: ['write'], held: ['read'] });
    await changeTo({ logo_uri: 'https://app.example/logo' });
    expect(await heldIn()).toEqual({ scopes: ['write'], held: ['read'] });
    await changeTo({ client_name: 'Bank' });
    expect(await heldIn()).toEqual({ scopes: ['read', 'write'], held: [] });
    await changeTo({});
    expect(await heldIn()).toEqual({ scopes: ['write'], held: ['read'] });
  });
});

describe('a refresh token of the former app', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['another name', { client_name: 'Bank' }],
    ['another redirect URI at the same host', { redirect_uris: [`${CALLBACK}/2`] }],
    ['one more host', { redirect_uris: [CALLBACK, OTHER_HOST] }],
  ])('goes on with %s, until the person is asked again', async (_, members) => {
    const { attach, changeTo, refresh } = documentWorld();
    const { refresh_token: first } = await attach('none');
    await changeTo(members);
    expect(await refresh(first)).toMatchObject({ status: 200 });
  });

  test.each<[string, string, readonly string[]]>([
    ['host', CALLBACK, [OTHER_HOST, 'http://127.0.0.1/callback']],
    ['computer', LOOPBACK, [CALLBACK]],
  ])(
    'is refused while the %s that the person allowed is gone from the document',
    async (_, redirectUri, uris) => {
      const { attach, changeTo, refresh, audit } = documentWorld();
      const { refresh_token: first } = await attach('none', { redirect_uri: redirectUri });
      await changeTo({ redirect_uris: uris });
      expect(await refresh(first)).toMatchObject(ended);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'token.refused',
        reason: 'the document of the client no longer has the host that the person allowed',
      });
      await changeTo({});
      expect(await refresh(first)).toMatchObject({ status: 200 });
    },
  );
});
