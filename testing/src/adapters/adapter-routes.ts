/** The handler types of `@vestibule/http`, which this package does not import. */
type Endpoint = (request: Request, info: { readonly ip: string }) => Promise<Response | undefined>;

interface Route {
  readonly path: string;
  readonly below?: boolean | number;
  readonly endpoint: Endpoint;
}

/** A list of routes to mount under an origin. */
export interface AdapterMount {
  readonly origin: string;
  readonly routes: readonly Route[];
  readonly anyHost?: boolean;
}

/** The functions of `@vestibule/http` that the endpoints use. */
export interface HttpParts {
  readonly json: (status: number, body: unknown) => Response;
  readonly readText: (request: Request, limit?: number) => Promise<{ readonly ok: boolean }>;
  readonly programEndpoint: (options: {
    readonly methods: readonly string[];
    readonly onError: (error: unknown) => void;
    readonly handler: () => Promise<{
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }>;
  }) => Endpoint;
}

/** What every adapter has to serve in the cases of `adapter-cases.ts`. */
export interface AdapterApp {
  /** To mount one after the other in one app. An unknown path has the status 404. */
  readonly mounts: readonly AdapterMount[];
  /** To be called by the error handler of the app, which responds 500. */
  record(error: unknown): void;
}

/** The origin of the routes, which is not where the tests reach them. */
export const ORIGIN = 'https://id.example';

/** Resolves in another turn. A Worker may not wait for what another request does, so the endpoints look again and again. */
const later = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1);
  });

/** The routes of the cases. They keep what happened, because a server may run in another process. */
export function createAdapterApp({ json, readText, programEndpoint }: HttpParts): AdapterApp {
  const events: string[] = [];
  const released = new Set<string>();
  const isReleased = async (key: string): Promise<void> => {
    while (!released.has(key)) await later();
  };
  const keyOf = ({ url }: Request): string => new URL(url).searchParams.get('key') ?? '';
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

  const echo: Endpoint = async (request, { ip }) =>
    json(200, {
      url: request.url,
      method: request.method,
      ip,
      body: await readText(request),
      header: request.headers.get('x-a'),
      cookie: request.headers.get('cookie'),
    });

  const endpoints: Readonly<Record<string, Endpoint>> = {
    '/echo': echo,
    '/events': async () => json(200, events),
    '/limited': async (request) => json((await readText(request, 10)).ok ? 200 : 413, {}),
    '/unread': async () => new Response('not read'),
    '/none': async () => undefined,
    '/a.b(c)*:d+e!': async () => new Response('found'),
    '/fails': async (request) => {
      throw new Error(`bug ${keyOf(request)}`);
    },
    '/cookies': async () => {
      const headers = new Headers([
        ['set-cookie', 'a=1; Path=/'],
        ['set-cookie', 'b=2; Expires=Thu, 01 Jan 2026 00:00:00 GMT'],
        ['x-a', 'y'],
      ]);
      return new Response('x', { status: 201, headers });
    },
    '/redirect': async () =>
      new Response(null, { status: 303, headers: { location: 'https://app.example/cb?code=a#' } }),
    '/hop': async () => {
      const headers = {
        connection: 'close, X-Hop',
        'keep-alive': 'timeout=1000',
        'x-hop': 'a',
        'x-end': 'b',
      };
      return new Response('a body', { headers });
    },
    '/empty': async () => new Response(null, { status: 204 }),
    '/pieces': async (request) => {
      let sent = 0;
      return new Response(
        new ReadableStream({
          async pull(controller) {
            sent += 1;
            if (sent === 2) await isReleased(keyOf(request));
            controller.enqueue(bytes(sent === 1 ? 'first' : 'second'));
            if (sent === 2) controller.close();
          },
        }),
      );
    },
    '/release': async (request) => {
      released.add(keyOf(request));
      return new Response(null, { status: 204 });
    },
    '/breaks': async () => {
      let sent = 0;
      return new Response(
        new ReadableStream({
          pull(controller) {
            sent += 1;
            if (sent === 1) controller.enqueue(bytes('half'));
            else controller.error(new Error('bug in the stream'));
          },
        }),
      );
    },
    '/endless': async (request) =>
      new Response(
        new ReadableStream(
          { cancel: () => void events.push(`canceled ${keyOf(request)}`) },
          { highWaterMark: 0 },
        ),
      ),
    '/hangs': async (request) => {
      events.push(`reached ${keyOf(request)}`);
      request.signal.addEventListener('abort', () => void events.push(`aborted ${keyOf(request)}`));
      while (!request.signal.aborted) await later();
      return new Response('late');
    },
    '/program': programEndpoint({
      methods: ['GET', 'POST'],
      onError: (error) => void events.push(String(error)),
      handler: async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'Größe' }),
    }),
  };
  const told: Endpoint = async ({ url }) => new Response(new URL(url).pathname);
  const routes: readonly Route[] = [
    ...Object.entries(endpoints).map(([path, endpoint]) => ({ path, endpoint })),
    { path: '/then', endpoint: async () => undefined },
    { path: '/then', endpoint: async (request) => new Response(await request.text()) },
    { path: '/below', below: true, endpoint: told },
    { path: '/two', below: 2, endpoint: told },
  ];
  return {
    mounts: [
      { origin: ORIGIN, routes },
      { origin: 'http://localhost:4000', routes: [{ path: '/local', endpoint: told }] },
      { origin: 'http://localhost:4000', routes: [{ path: '/any', endpoint: told }], anyHost: true },
      // Reached because the first mount passes on what it has no response for.
      {
        origin: 'https://second.example',
        routes: [
          { path: '/none', endpoint: echo },
          { path: '/second', endpoint: echo },
        ],
      },
    ],
    record: (error) => void events.push(String(error)),
  };
}
