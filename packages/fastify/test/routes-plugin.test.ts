import { cite } from '@vestibule/requirements';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { type Endpoint, programEndpoint } from '@vestibule/http';
import { expect, onTestFinished, test } from 'vitest';
import { routesPlugin, type RoutesOptions } from '../src/index.ts';

const origin = 'https://id.example';
const routes: RoutesOptions['routes'] = [
  { path: '/here', endpoint: async (_request, { ip }) => new Response(ip) },
  { path: '/none', endpoint: async () => undefined },
  {
    path: '/breaks',
    endpoint: async () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode('half')),
          pull: (controller) => controller.error(new Error('bug in the stream')),
        }),
      ),
  },
];

/** An app that listens. @param before adds what comes before the routes */
async function listen(
  options: FastifyServerOptions = {},
  before: (app: FastifyInstance) => void = () => undefined,
  more: Partial<RoutesOptions> = {},
): Promise<string> {
  const app = fastify({ ...options, forceCloseConnections: true });
  before(app);
  await app.register(routesPlugin, { origin, routes, ...more });
  onTestFinished(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const ipAt = async (at: string, forwardedFor: string): Promise<string> =>
  (await fetch(`${at}/here`, { headers: { 'x-forwarded-for': forwardedFor } })).text();

test.each([
  [false, '203.0.113.9', '127.0.0.1'],
  [true, '203.0.113.9', '203.0.113.9'],
  [true, '2001:db8::9', '2001:db8::9'],
  [true, 'unknown', '127.0.0.1'],
  [true, 'x'.repeat(1_000), '127.0.0.1'],
])(
  cite('trusts X-Forwarded-For only if configured and an address: %s, %s: %s', 'rfc9700:4.13:forwarded'),
  async (trustProxy, entry, ip) => {
    expect(await ipAt(await listen({ trustProxy }), entry)).toBe(ip);
  },
);

const WITH_COOKIES: Readonly<Record<string, Endpoint>> = {
  'a Response': async () =>
    new Response('cookies', {
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }),
  'a plain reply': programEndpoint({
    methods: ['GET'],
    onError: () => undefined,
    handler: async () => ({ status: 200, headers: {}, cookies: ['a=1', 'b=2'], body: 'cookies' }),
  }),
};

test.each(Object.entries(WITH_COOKIES))(
  'keeps the cookies of hooks beside those of %s',
  async (_, endpoint) => {
    const at = await listen(
      {},
      (app) => {
        app.addHook('onRequest', async (_request, reply) => void reply.header('set-cookie', 'hook=1'));
      },
      { routes: [{ path: '/cookies', endpoint }] },
    );
    const { headers } = await fetch(`${at}/cookies`);
    expect(headers.getSetCookie()).toEqual(['hook=1', 'a=1', 'b=2']);
  },
);

test('takes the address from a function of the app', async () => {
  const at = await listen({}, undefined, { ip: ({ headers }) => String(headers['x-forwarded-for']) });
  expect(await ipAt(at, '203.0.113.9')).toBe('203.0.113.9');
});

test('sends the headers that hooks before it have set, also if it passes the request on', async () => {
  const at = await listen({}, (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('x-frame-options', 'DENY'));
    app.addHook('onSend', async (_request, reply) => void reply.removeHeader('x-frame-options'));
  });
  expect((await fetch(`${at}/here`)).headers.get('x-frame-options')).toBe('DENY');
  expect((await fetch(`${at}/none`)).headers.get('x-frame-options')).toBeNull();
});

test('lets Fastify run its hooks after a response', async () => {
  const ended = Promise.withResolvers<number>();
  const at = await listen({}, (app) => {
    app.addHook('onResponse', async (_request, { statusCode }) => ended.resolve(statusCode));
  });
  await fetch(`${at}/here`);
  expect(await ended.promise).toBe(200);
});

test('does not respond if a hook before it has responded', async () => {
  const at = await listen({}, (app) => {
    app.addHook('onRequest', async (_request, reply) => reply.status(503).send('closed'));
  });
  const response = await fetch(`${at}/here`);
  expect([response.status, await response.text()]).toEqual([503, 'closed']);
});

test('a body that breaks while it is sent reaches the error handler', async () => {
  const errors: unknown[] = [];
  const at = await listen({}, (app) => {
    app.setErrorHandler(async (error) => void errors.push(error));
  });
  await expect(fetch(`${at}/breaks`).then((response) => response.text())).rejects.toThrow();
  expect(errors).toEqual([new Error('bug in the stream')]);
  expect((await fetch(`${at}/here`)).status).toBe(200);
});

test('is part of the whole app although it is registered as a plugin', async () => {
  const at = await listen({}, (app) => {
    app.register(async (inner) => void inner.get('/here', async () => 'a route of the app'));
  });
  expect(await (await fetch(`${at}/here`)).text()).toBe('127.0.0.1');
});

test.each([
  [{ anyhost: true }, 'routesPlugin: unknown option "anyhost". Did you mean "anyHost"?'],
  [{ origin: 'https://id.example/' }, 'must be scheme, host and port alone'],
])('refuses to register with %j', async (wrong, message) => {
  const app = fastify();
  await expect(app.register(routesPlugin, { origin, routes, ...wrong })).rejects.toThrow(message);
});

test('refuses to register with an app that speaks HTTP/2', async () => {
  const app = fastify({ http2: true });
  await expect(app.register(routesPlugin, { origin, routes })).rejects.toThrow('http2 is not supported');
});

test('responds to injected requests', async () => {
  const app = fastify();
  await app.register(routesPlugin, { origin, routes });
  expect((await app.inject('/here')).body).toBe('127.0.0.1');
  expect((await app.inject('/none')).statusCode).toBe(404);
});
