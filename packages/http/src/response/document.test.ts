import { describe, expect, test } from 'vitest';
import type { Handler } from '../handler.ts';
import { withCors } from './cors.ts';
import {
  ASK_EACH_TIME,
  createDocumentPreparer,
  documentEndpoint,
  documentSourceOf,
  type PreparedDocument,
} from './document.ts';

const INFO = { ip: '192.0.2.1' };
const ask = (headers: Record<string, string> = {}, method = 'GET'): Request =>
  new Request('https://id.example/document', { method, headers });
const forPages = (handler: Handler): Handler => withCors(['GET'], handler);
const prepare = createDocumentPreparer();

describe('a prepared document', () => {
  test('is the same object while neither its JSON nor its Cache-Control changes', () => {
    const made = prepare({ a: 1 }, ASK_EACH_TIME);
    expect(prepare({ a: 1 }, ASK_EACH_TIME)).toBe(made);
    expect(prepare({ a: 2 }, ASK_EACH_TIME).etag).not.toBe(made.etag);
    expect(prepare({ a: 1 }, 'max-age=1').headers['cache-control']).toBe('max-age=1');
    expect(prepare({ a: 1 }, ASK_EACH_TIME)).toEqual(made);
  });

  test('holds the bytes of the JSON', () => {
    const value = { issuer: 'https://id.example', name: 'Größe 😀' };
    expect(JSON.parse(new TextDecoder().decode(prepare(value, ASK_EACH_TIME).body))).toEqual(value);
  });
});

describe('the endpoint of a document', () => {
  const document = prepare({ a: 1 }, ASK_EACH_TIME);
  const endpoint = documentEndpoint(async () => document, forPages);

  test('responds with the bytes and headers that were prepared', async () => {
    const response = await endpoint(ask(), INFO);
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([200, document.headers]);
    expect(await response.json()).toEqual({ a: 1 });
  });

  test('responds with 304, without a body, to a client that has the document', async () => {
    const response = await endpoint(ask({ 'if-none-match': document.etag }), INFO);
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([304, document.unchangedHeaders]);
    expect(response.body).toBeNull();
  });

  test.each([
    ['POST', 405],
    ['OPTIONS', 204],
    ['HEAD', 200],
  ])('responds to %s as other endpoints do: %i', async (method, status) => {
    expect((await endpoint(ask({}, method), INFO)).status).toBe(status);
  });

  test('reads the current document for each request', async () => {
    let current: PreparedDocument = document;
    const changing = documentEndpoint(async () => current, forPages);
    const { etag } = document;
    expect((await changing(ask({ 'if-none-match': etag }), INFO)).status).toBe(304);
    current = prepare({ a: 2 }, ASK_EACH_TIME);
    const response = await changing(ask({ 'if-none-match': etag }), INFO);
    expect([response.status, await response.json()]).toEqual([200, { a: 2 }]);
  });

  test('has no shortcut past a handler that was put around it', () => {
    expect(documentSourceOf(endpoint)).toBeDefined();
    expect(documentSourceOf((request, info) => endpoint(request, info))).toBeUndefined();
  });
});
