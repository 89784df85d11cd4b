import { oauthError, readableByPages } from '@vestibule/http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { edgeError } from './edge-error.ts';

test('an error of the server itself has the headers and the body of an error of a handler', async () => {
  const more = { connection: 'close' };
  const response = readableByPages(oauthError(400, 'invalid_request', 'too long', more));
  const body = await response.text();
  expect(edgeError(400, 'invalid_request', 'too long', more)).toEqual({
    status: 400,
    headers: { ...Object.fromEntries(response.headers), 'content-length': String(body.length) },
    body,
  });
});

test('an error of the server itself loads no undici, so that a start that is polled is not slower', () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  for (const name of ['Response', 'Headers']) vi.stubGlobal(name, () => expect.unreachable());
  expect(edgeError(503, 'temporarily_unavailable', 'starting').status).toBe(503);
});
