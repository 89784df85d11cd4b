import { expect, test } from 'vitest';
import { closesConnection, headersOf, ResponseReader } from './response-reader.ts';

const CASES: readonly (readonly [title: string, text: string, body: string])[] = [
  ['a body with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello'],
  [
    'a chunked body',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n',
    'hello',
  ],
  ['no body', 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', ''],
  [
    'an interim response',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok',
    'ok',
  ],
];

test.each(CASES)('a response with %s is read whole, however its bytes arrive', (_title, text, body) => {
  for (let split = 1; split < text.length; split += 1) {
    const reader = new ResponseReader();
    const early = reader.push(Buffer.from(text.slice(0, split)));
    const response = early ?? reader.push(Buffer.from(text.slice(split)));
    expect(early).toBeUndefined();
    expect(response?.body.toString()).toBe(body);
  }
});

test('a response without a length ends with its connection', () => {
  const reader = new ResponseReader();
  expect(reader.push(Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhel'))).toBeUndefined();
  expect(reader.push(Buffer.from('lo'))).toBeUndefined();
  const response = reader.close();
  expect(response?.body.toString()).toBe('hello');
  expect(response !== undefined && closesConnection(response)).toBe(true);
});

test('a reader reads the next response after the first one', () => {
  const reader = new ResponseReader();
  const text = (status: number): Buffer => Buffer.from(`HTTP/1.1 ${status} X\r\nContent-Length: 1\r\n\r\nx`);
  expect(reader.push(text(200))?.status).toBe(200);
  expect(reader.push(text(404))?.status).toBe(404);
});

test('every value of a header is found, whatever the case of its name', () => {
  const head = 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nX-Set-Cookie: c=3';
  expect(headersOf(head, 'Set-Cookie')).toEqual(['a=1', 'b=2']);
});
