import { expect, test } from 'vitest';
import { knownBodyOf, streamOf } from './known-body.ts';

const respond = (): Response => new Response(streamOf('téxt'), { status: 201 });

test('a response with a known body is a standard response', async () => {
  const response = respond();
  const copy = response.clone();
  expect(await response.text()).toBe('téxt');
  expect(await copy.text()).toBe('téxt');
  expect(await new Response(respond().body).bytes()).toEqual(new TextEncoder().encode('téxt'));
  expect(await new Response(streamOf('')).text()).toBe('');
});

test('keeps the body known in a response that was made from the body of another', () => {
  expect(knownBodyOf(new Response(respond().body))).toBe('téxt');
});

test.each<[string, (response: Response) => unknown]>([
  ['read', (response) => response.text()],
  ['being read', (response) => response.body?.getReader()],
  ['cloned', (response) => response.clone()],
  ['given up', (response) => response.body?.cancel()],
])('does not know the body of a response that was %s', (_, use) => {
  const response = respond();
  void use(response);
  expect(knownBodyOf(response)).toBeUndefined();
});

test.each([new Response(null), new Response('text'), Response.json({})])(
  'does not know other bodies',
  (response) => {
    expect(knownBodyOf(response)).toBeUndefined();
  },
);
