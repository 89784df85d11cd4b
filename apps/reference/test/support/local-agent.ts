import { listenForCallback } from '@vestibule/example-agent';
import { onTestFinished } from 'vitest';
import type { TestApp } from './app.ts';
import { authorizeUrl, exchange, register } from './oauth.ts';

/** Registers an agent that listens on this computer, until the end of the test. */
export async function startLocalAgent(app: TestApp, name = 'Agent') {
  const callback = await listenForCallback();
  onTestFinished(() => callback.close());
  const { body } = await register(app, { client_name: name, redirect_uris: [callback.url] });
  const clientId = String(body.client_id);
  const start = authorizeUrl(app, clientId, { redirect_uri: callback.url, scope: 'notes:read' });
  return {
    callback,
    clientId,
    /** The authorization request. */
    start: start.href,
    /** Waits for the authorization response, and exchanges its code. */
    async exchangeArrived() {
      const arrived = new URL(`${callback.url}?${(await callback.arrival).toString()}`);
      return exchange(app, clientId, callback.url, arrived);
    },
  };
}
