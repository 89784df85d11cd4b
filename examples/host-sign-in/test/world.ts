import { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
import { freePort } from '@vestibule/testing/port';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { createAcme } from '../src/acme.ts';
import { type Browser, createBrowser, type Shown } from './browser.ts';

export const ADA = { username: 'Ada', password: 'a horse of her own' };
export const GRACE = { username: 'Grace', password: 'another horse' };
/** What a person who approves without changing anything posts, besides the fields of the form. */
export const APPROVE = { decision: 'approve', lasting: 'until-revoked' };
const CALLBACK = 'https://agent.example/callback';

/** Acme on a port, with an app that has registered. */
export async function startAcme() {
  let passed = 0;
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const { app, vestibule } = await createAcme(issuer, () => Date.now() + passed);
  const listening = app.listen(Number(new URL(issuer).port), '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(async () => {
    listening.closeAllConnections();
    listening.close();
    await vestibule.stop();
  });
  const registered = await fetch(`${issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Agent', redirect_uris: [CALLBACK] }),
  });
  const { client_id: clientId } = Object(await registered.json());

  function authorizeUrl(more: Readonly<Record<string, string>> = {}): URL {
    const url = new URL(`${issuer}/connect/authorize`);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      resource: `${issuer}/mcp`,
      state: 'state-of-the-app',
      ...more,
    }).toString();
    return url;
  }

  return {
    issuer,
    authorizeUrl,
    newBrowser: (): Browser => createBrowser(issuer),
    /** Moves the clock on, in seconds. */
    pass: (seconds: number) => void (passed += seconds * 1_000),
    /** The subject of the token that the app gets for the response page. */
    async subjectOf({ html }: Shown): Promise<string> {
      const code = /[?&;]code=([\w-]+)/.exec(html)?.[1] ?? '';
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        code_verifier: VERIFIER,
        resource: `${issuer}/mcp`,
      });
      const response = await fetch(`${issuer}/connect/token`, { method: 'POST', body });
      const { access_token: token = '..' } = Object(await response.json());
      const [, payload = ''] = String(token).split('.');
      const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}');
      return String(Object(claims).sub);
    },
  };
}

/** The `state` with which a browser was sent to the login page. */
export const stateOf = ({ url }: Shown): string => url.searchParams.get('state') ?? '';
