import { cite } from '@vestibule/requirements';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { routesMiddleware, type RoutesOptions } from '../src/index.ts';

const origin = 'https://id.example';
const routes: RoutesOptions['routes'] = [
  { path: '/here', endpoint: async (_request, { ip }) => new Response(JSON.stringify(ip)) },
];
const mounted = (ip: RoutesOptions['ip']): Hono => new Hono().use(routesMiddleware({ origin, routes, ip }));

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8::9', '2001:db8::9'],
  ['unknown', ''],
  ['x'.repeat(1_000), ''],
  ['', ''],
  [undefined, ''],
])(cite('counts %j as the address %j', 'rfc9700:4.13:forwarded'), async (address, expected) => {
  expect(await (await mounted(() => address).request('/here')).json()).toBe(expected);
});

test('reads the address from the context', async () => {
  const app = mounted((context) => context.req.header('cf-connecting-ip'));
  const response = await app.request('/here', { headers: { 'cf-connecting-ip': '203.0.113.9' } });
  expect(await response.json()).toBe('203.0.113.9');
});

test('lets a middleware before it change the response', async () => {
  const app = new Hono()
    .use(async (context, next) => {
      await next();
      context.header('x-frame-options', 'DENY');
    })
    .use(routesMiddleware({ origin, routes, ip: () => undefined }));
  expect((await app.request('/here')).headers.get('x-frame-options')).toBe('DENY');
});

test('a body that was read before is an error that says what to do', async () => {
  const errors: unknown[] = [];
  const app = new Hono()
    .use(async (context, next) => {
      await context.req.json();
      await next();
    })
    .use(routesMiddleware({ origin, routes, ip: () => undefined }))
    .onError((error, context) => {
      errors.push(error);
      return context.body(null, 500);
    });
  expect((await app.request('/here', { method: 'POST', body: '{}' })).status).toBe(500);
  expect(String(errors[0])).toContain('Mount these routes before body parsers.');
});

test('names an option that is missing', () => {
  const options: Partial<RoutesOptions> = { origin, routes };
  expect(() => routesMiddleware(options as RoutesOptions)).toThrow('routesMiddleware: "ip" is missing.');
});
