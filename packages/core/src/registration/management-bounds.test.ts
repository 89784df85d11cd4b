import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA } from '../../test/support/realm.ts';
import { managed } from '../../test/support/managed.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';

describe(
  cite(
    'an update is held to what the token named that the client registered with',
    'vestibule:initial-access-tokens:update',
  ),
  () => {
    const mode = { mode: 'initial-access-token', management: { enabled: true } } as const;

    async function boundClient() {
      const all = setUp(managed(mode));
      const { token: initial, record } = await all.issue({
        redirectHosts: ['app.example'],
        scopes: ['notes:read'],
        resources: ['https://notes.example/mcp'],
      });
      const { client_id: clientId, registration_access_token: token } = await all.registered(BODY, {
        token: initial,
      });
      const update = (over: object) =>
        all.registrar.update(
          { realm: 'main', clientId, token, source: sourceAt('192.0.2.7') },
          { ...BODY, client_id: clientId, ...over },
        );
      return { ...all, clientId, update, id: record.id };
    }

    test.each<[string, object, object]>([
      [
        'a host',
        { redirect_uris: ['https://other.example/cb'] },
        { refusal: { rule: 'redirect-uris.accepted-host' } },
      ],
      ['a scope alone', { scope: 'notes:write' }, { refusal: { rule: 'initial-access-token.scopes' } }],
      ['a scope among others', { scope: 'notes:read notes:write' }, { response: { scope: 'notes:read' } }],
      ['no scope', {}, { response: { scope: 'notes:read' } }],
    ])('%s', async (_, over, expected) => {
      const { update, stored, clientId } = await boundClient();
      expect(await update(over)).toMatchObject(expected);
      expect(await stored(clientId)).toMatchObject({
        scope: ['notes:read'],
        registration: {
          bounds: {
            redirectHosts: ['app.example'],
            scopes: ['notes:read'],
            resources: ['https://notes.example/mcp'],
          },
        },
      });
    });

    test('also when that token is long gone', async () => {
      const { update, operator, id, stored, clientId } = await boundClient();
      await operator.tokens.revoke(ADA, 'main', id);
      expect(await update({ scope: 'notes:read notes:write' })).toMatchObject({
        response: { scope: 'notes:read' },
      });
      expect(await stored(clientId)).toMatchObject({ registration: { initialAccessTokenId: id } });
    });
  },
);
