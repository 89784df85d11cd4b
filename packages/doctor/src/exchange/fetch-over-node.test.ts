import { createServer, type RequestListener } from 'node:http';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { expect, test } from 'vitest';
import { fetchOverNode } from './fetch-over-node.ts';

async function startServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return `${await listeningUntilEnd(server)}/`;
}

test('sends the given headers and no other that a browser would set', async () => {
  const url = await startServer((request, response) => response.end(JSON.stringify(request.headers)));
  const sent = await fetchOverNode(url, { headers: { host: 'other.invalid', 'sec-fetch-mode': 'navigate' } });
  expect(await sent.json()).toEqual({
    host: 'other.invalid',
    'sec-fetch-mode': 'navigate',
    connection: expect.any(String),
  });
});

test('sends a body, and returns the status, every header and the body', async () => {
  const url = await startServer((request, response) => {
    response.writeHead(302, { location: '/there', 'set-cookie': ['a=1', 'b=2'] });
    request.pipe(response);
  });
  const sent = await fetchOverNode(url, { method: 'POST', body: 'text' });
  expect([sent.status, sent.headers.get('location'), sent.headers.getSetCookie(), await sent.text()]).toEqual(
    [302, '/there', ['a=1', 'b=2'], 'text'],
  );
});

test.each([204, 304])('returns a response without a body for status %d', async (status) => {
  const url = await startServer((_, response) => response.writeHead(status).end());
  expect(await fetchOverNode(url)).toMatchObject({ status, body: null });
});

test('ends with the reason of its signal if the server is silent', async () => {
  const url = await startServer(() => {});
  const sent = fetchOverNode(url, { signal: AbortSignal.timeout(20) });
  await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('ends with a TypeError if the response is not HTTP, or its status cannot be one', async () => {
  const url = await startServer((_, response) => response.socket?.end('nonsense\r\n\r\n'));
  await expect(fetchOverNode(url)).rejects.toThrow(TypeError);
  const other = await startServer((_, response) => response.socket?.end('HTTP/1.1 999 Odd\r\n\r\n'));
  await expect(fetchOverNode(other)).rejects.toThrow(TypeError);
});
