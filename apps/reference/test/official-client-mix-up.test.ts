import { expect, test } from 'vitest';
import { AgentMemory } from '@vestibule/example-agent';
import { openApp, OPEN_SEED, startApp } from './support/app.ts';
import { authorizeUrl, register } from './support/oauth.ts';
import { v2 } from './support/official.ts';

const CALLBACK = 'http://127.0.0.1:4711/cb';

test('the official client does not send a code to a server that did not issue it', async () => {
  const app = await startApp();
  const other = await openApp(OPEN_SEED);
  try {
    const memory = new AgentMemory('Mixed up', CALLBACK);
    // It starts at one server, and the browser returns with a code of the other.
    const { body: client } = await register(other, { redirect_uris: [CALLBACK] });
    const redirect = memory.redirectToAuthorization.bind(memory);
    memory.redirectToAuthorization = (url) => {
      redirect(url);
      const state = { redirect_uri: CALLBACK, state: memory.state() };
      memory.authorizationUrl = authorizeUrl(other, client.client_id, state);
    };
    await expect(v2.attach(app, memory)).rejects.toThrow(/iss/i);
    expect(memory.tokens()).toBeUndefined();
  } finally {
    await other.stop();
  }
});
