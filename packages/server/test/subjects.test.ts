import { cite } from '@vestibule/requirements';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { realmThatAsks } from './apis.ts';
import { setUp } from './set-up.ts';

test(cite('a person has one sub, whichever client asks', 'oidc-core:8:public'), async () => {
  const { register, obtainCode, exchange } = setUp(await realmThatAsks());
  const answers = [];
  for (const client_name of ['One', 'Another']) {
    const clientId = await register({ client_name });
    answers.push((await exchange(clientId, await obtainCode(clientId, { scope: 'openid read' }))).body);
  }
  const tokens = answers.flatMap(({ access_token, id_token }) => [access_token, id_token]);
  expect(tokens.map((token) => decodeJwt(token).sub)).toEqual(tokens.map(() => 'person-ada'));
});
