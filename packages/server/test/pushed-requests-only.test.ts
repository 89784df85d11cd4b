import type { Realm } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { push, withReference } from './pushing.ts';
import { CALLBACK, ISSUER, MAIL, NOTES, realmWith, setUp } from './set-up.ts';

describe('where requests have to be pushed', () => {
  const apis = realmWith().apis.map((api) =>
    Object.assign({}, api, { pushedRequestsOnly: api.id === 'notes' }),
  );
  const wholeRealm = realmWith({}, { authorization: { pushedRequestsOnly: true } });
  const oneApi = { ...realmWith(), apis };

  /** What a request that was not pushed leads to in the person's browser. */
  async function unpushed(realm: Realm, redirectUri: string, resource: string) {
    const { register, authorizeUrl, newBrowser, audit } = setUp(realm);
    const clientId = await register({ redirect_uris: [redirectUri] });
    const shown = await newBrowser().open(authorizeUrl(clientId, { redirect_uri: redirectUri, resource }));
    return { ...shown, last: audit.events.at(-1) };
  }

  test.each([
    ['the whole realm, for one API', wholeRealm, NOTES],
    ['the whole realm, for another API', wholeRealm, MAIL],
    ['one API, for that', oneApi, NOTES],
  ])(
    cite('one that was not is refused before the person is asked: %s', 'rfc9126:4:pushed-only'),
    async (_, realm, resource) => {
      const shown = await unpushed(realm, CALLBACK, resource);
      expect(shown.view).toMatchObject({
        page: 'hand-back',
        outcome: 'refused',
        detail: expect.stringMatching(/^invalid_request: .*pushed/),
      });
      expect(shown.last).toMatchObject({ type: 'authorization.refused', error: 'invalid_request' });
    },
  );

  test('one for another API than the one that requires it continues', async () => {
    expect((await unpushed(oneApi, CALLBACK, MAIL)).view).toMatchObject({ page: 'sign-in' });
  });

  test.each([
    ['the whole realm', wholeRealm],
    ['one API', oneApi],
  ])(cite('one that was pushed continues: %s', 'rfc9126:4:pushed-only'), async (_, realm) => {
    const world = setUp(realm);
    const clientId = await world.register();
    const { status, body } = await push(world, { client_id: clientId });
    expect(status).toBe(201);
    const url = withReference({ client_id: clientId, request_uri: body.request_uri });
    expect((await world.newBrowser().open(url)).view).toMatchObject({ page: 'sign-in' });
  });

  test.each([
    ['the whole realm: true', wholeRealm, true],
    ['one API alone: not advertised, because a client can request others without it', oneApi, undefined],
    ['nowhere: not advertised', realmWith(), undefined],
  ])(cite('the metadata advertises it for %s', 'rfc9126:5:require'), async (_, realm, expected) => {
    const { server } = setUp(realm);
    const response = await server.metadata(new Request(`${ISSUER}/.well-known/oauth-authorization-server`), {
      ip: '192.0.2.1',
    });
    const metadata: Record<string, unknown> = await response.json();
    expect(metadata['require_pushed_authorization_requests']).toBe(expected);
  });
});
