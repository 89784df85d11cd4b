import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER, setUp } from './set-up.ts';

describe('bad forms and addresses get a page', () => {
  test.each([
    ['/connect/sign-in', 410],
    ['/connect/sign-in?transaction=', 410],
    ['/connect/sign-in?transaction=nonsense', 410],
    ['/connect/consent', 410],
    ['/connect/consent?transaction=%00', 410],
    ['/connect/consent?transaction=a&transaction=b', 410],
    ['/connect/hand-back', 410],
    ['/connect/authorize', 400],
    ['/connect/authorize?client_id=%FF%FE', 400],
  ])('%s: %i', async (path, status) => {
    const { newBrowser, errors } = setUp();
    expect(await newBrowser().open(path)).toMatchObject({ status, view: { page: 'problem' } });
    expect(errors).toEqual([]);
  });

  const bodies: [string, BodyInit, Record<string, string>][] = [
    ['JSON', '{}', { 'content-type': 'application/json' }],
    ['no type', 'transaction=x', { 'content-type': '' }],
    ['a multipart form', new FormData(), {}],
    [
      'too much',
      `transaction=${'x'.repeat(70_000)}`,
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['no UTF-8', new Uint8Array([0x61, 0xff]), { 'content-type': 'application/x-www-form-urlencoded' }],
  ];
  test.each(
    bodies.flatMap(([title, body, headers]) =>
      (['authorize', 'signIn', 'consent'] as const).map((place) => [place, title, body, headers] as const),
    ),
  )('%s: %s', async (place, _, body, headers) => {
    const { server, errors } = setUp();
    const response = await server[place](new Request(`${ISSUER}/x`, { method: 'POST', body, headers }), {
      ip: '192.0.2.1',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ page: 'problem', problem: 'form-unreadable' });
    expect(errors).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    cite('%s gets no response', 'rfc9700:2.6:no-cors-on-pages'),
    async (method) => {
      const { server } = setUp();
      for (const place of ['authorize', 'signIn', 'consent', 'handBack'] as const) {
        const response = await server[place](new Request(`${ISSUER}/x`, { method }), { ip: '192.0.2.1' });
        expect(response.status).toBe(405);
        expect(response.headers.has('access-control-allow-origin')).toBe(false);
      }
    },
  );
});
