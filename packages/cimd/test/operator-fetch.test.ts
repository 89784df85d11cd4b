import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOperatorFetch } from '../src/node/index.ts';
import { head, NAME, REACHED, respondWith, startAgentHost } from './support/agent-host.ts';

/** A server with plain http on this computer. */
async function startPlain(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const LOOPBACK = { allowOperators: ['127.0.0.0/8', '::1/128'] };

describe('what is sent and received', () => {
  test('a form is posted, and a response with any status and type is returned', async () => {
    const host = await startAgentHost(
      respondWith('HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 3\r\n\r\nno!'),
    );
    const fetch = createOperatorFetch(REACHED);
    const response = await fetch(`https://${NAME}:${host.port}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code: 'a b' }),
    });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Basic']);
    expect(await response.text()).toBe('no!');
    expect(host.requests[0]).toMatch(/^POST \/token HTTP\/1\.1/);
    expect(host.requests[0]).toMatch(/content-length: 8/i);
  });

  test('a redirect is returned, and not followed', async () => {
    const host = await startAgentHost(
      respondWith('HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n'),
    );
    const response = await createOperatorFetch(REACHED)(`https://${NAME}:${host.port}/`);
    expect(response.status).toBe(302);
    expect(host.requests.length).toBe(1);
  });

  test('a body that is too large is an error', async () => {
    const host = await startAgentHost(respondWith(head('Content-Length: 600000') + 'x'.repeat(600_000)));
    await expect(createOperatorFetch(REACHED)(`https://${NAME}:${host.port}/`)).rejects.toThrow(/bytes/);
  });
});

describe('where a request may go', () => {
  test.each([
    ['http://127.0.0.1:9/', {}, /127\.0\.0\.0\/8/],
    ['https://10.0.0.1/', {}, /10\.0\.0\.0\/8/],
    ['https://169.254.169.254/', LOOPBACK, /169\.254/],
    ['http://93.184.215.14/', {}, /begins with http/],
    ['http://10.0.0.1/', { allowOperators: ['10.0.0.0/8'] }, /begins with http/],
    ['ftp://login.example/', LOOPBACK, /does not begin with https/],
    ['https://ada:secret@login.example/', LOOPBACK, /user name or a password/],
  ])('%s with %j is refused before a connection', async (url, options, reason) => {
    await expect(createOperatorFetch(options)(url)).rejects.toThrow(reason);
  });

  test.each(['localhost', '127.0.0.1'])(
    'plain http is accepted at %s, if loopback is allowed',
    async (name) => {
      const port = await startPlain((_, response) => void response.end('here'));
      const response = await createOperatorFetch(LOOPBACK)(`http://${name}:${port}/`);
      expect(await response.text()).toBe('here');
    },
  );

  test('a name that leads to an address inside is refused', async () => {
    const resolver = { resolve: async () => ['10.0.0.7'] };
    await expect(createOperatorFetch({ resolver })('https://login.example/')).rejects.toThrow(/10\.0\.0\.7/);
  });
});
