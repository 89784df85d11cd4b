import { expect, test } from 'vitest';
import { withCors } from './cors.ts';
import { json, oauthError, tooMany } from './json.ts';
import { allowMethods } from './methods.ts';

const INFO = { ip: '192.0.2.1' };
const ask = (method: string): Request => new Request('https://id.example/', { method });
const bare = async (): Promise<Response> => Response.json({});

test.each<[string, () => Response | Promise<Response>]>([
  ['an answer', () => json(200, {})],
  ['an error', () => oauthError(400, 'invalid_request', 'x is missing')],
  ['too many requests', () => tooMany('registrations', 60)],
  ['a method that is not answered', () => allowMethods(['GET'], bare)(ask('PUT'), INFO)],
  ['responses of other handlers, to pages', () => withCors(['GET'], bare)(ask('GET'), INFO)],
])('no browser takes JSON for something else: %s', async (_, answer) => {
  const { headers } = await answer();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
