import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOTES, setUp } from './set-up.ts';

/** A client with a refresh token and an unused code for the API `notes`. */
async function attached() {
  const world = setUp();
  const clientId = await world.register();
  const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
  const code = await world.obtainCode(clientId);
  let refreshToken = String(body.refresh_token);
  const refresh = async () => {
    const response = await world.refresh(clientId, refreshToken);
    if (response.status === 200) refreshToken = String(response.body.refresh_token);
    return response;
  };
  return { ...world, clientId, code, refresh };
}

describe('what an operator removes', () => {
  test(
    cite(
      'an API ends its codes and refresh tokens at once, until it is added again',
      'vestibule:operator:apis',
    ),
    async () => {
      const { operator, realms, clientId, code, exchange, refresh, newBrowser, authorizeUrl } =
        await attached();
      const api = (await realms.find('main'))?.apis.find(({ id }) => id === 'notes');
      expect((await refresh()).status).toBe(200);
      expect(await operator.apis.remove(ADA, 'main', 'notes')).toBe('removed');
      expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
      expect((await exchange(clientId, code)).status).toBe(400);
      expect((await newBrowser().open(authorizeUrl(clientId))).view.page).not.toBe('sign-in');

      expect(await operator.apis.add(ADA, 'main', { ...api, resource: NOTES })).toEqual({
        outcome: 'changed',
      });
      expect((await refresh()).status).toBe(200);
    },
  );

  test(cite('a scope is in no token any more', 'vestibule:operator:scopes'), async () => {
    const { operator, refresh } = await attached();
    expect((await refresh()).body.scope.split(' ')).toContain('read');
    expect(await operator.scopes.remove(ADA, 'main', 'read')).toBe('removed');
    expect((await refresh()).body.scope ?? '').not.toContain('read');
  });
});
