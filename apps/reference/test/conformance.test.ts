import { expect, test } from 'vitest';
import { startApp } from './support/app.ts';
import { runConformance, scenarios } from './support/conformance.ts';
import { register } from './support/oauth.ts';

/** What the official suite only advises, and is not there. */
const NOT_THERE: ReadonlySet<string> = new Set(['authorization-server-metadata-cimd']);

test('every scenario of the official conformance suite for authorization servers passes', async () => {
  const app = await startApp();
  const found = await runConformance(app, async (redirectUri) => {
    const { body } = await register(app, { redirect_uris: [redirectUri], client_name: 'Conformance' });
    return body.client_id;
  });
  expect([...found.keys()].toSorted()).toEqual((await scenarios()).toSorted());
  for (const { id, status, errorMessage } of [...found.values()].flat()) {
    expect({ id, status, errorMessage }).toMatchObject({ status: NOT_THERE.has(id) ? 'WARNING' : 'SUCCESS' });
  }
});
