import { freePort } from '@vestibule/testing/port';
import { startWorker } from '@vestibule/testing/worker';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { compilePrograms, pageProgram } from './page-program.ts';

/** Asks a server as soon as it listens. */
async function ask(url: string, headers: Record<string, string> = {}): Promise<Response> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const response = await fetch(url, { headers }).catch(() => undefined);
    if (response !== undefined) return response;
    await setImmediate();
  }
  throw new Error(`Nothing listens at ${url}.`);
}

const HERE = { url: 'https://id.example/here', method: 'GET' };

const ON_NODE = ['Express', 'Fastify', 'Hono', 'Plain `node:http`'];

test('every program on the page about adapters compiles strictly', async () => {
  await expect(compilePrograms([...ON_NODE, 'Cloudflare Workers', 'Next.js'])).resolves.toBeUndefined();
});

// The servers end with the process of the test.
test.each(ON_NODE)(
  'the program for %s on the page about adapters serves routes at the configured origin',
  async (section) => {
    const port = await freePort();
    await import(await pageProgram(section, port));
    const response = await ask(`http://localhost:${port}/here`, { 'x-forwarded-for': '203.0.113.9' });
    expect(await response.json()).toEqual({
      ...HERE,
      ip: expect.stringMatching(/^(?:::1|(?:::ffff:)?127\.0\.0\.1)$/),
    });
    expect((await ask(`http://localhost:${port}/other`)).status).toBe(404);
  },
);

test('the program for Cloudflare Workers on the page about adapters serves routes in workerd', async () => {
  const worker = await startWorker(await pageProgram('Cloudflare Workers'));
  onTestFinished(() => worker.close());
  const response = await ask(`${worker.at}/here`, { 'cf-connecting-ip': '203.0.113.9' });
  expect(await response.json()).toEqual({ ...HERE, ip: '203.0.113.9' });
  expect((await ask(`${worker.at}/other`)).status).toBe(404);
});

test('the program for Next.js on the page about adapters is a route handler', async () => {
  const { handler }: { readonly handler: (request: Request) => Promise<Response> } = await import(
    await pageProgram('Next.js')
  );
  const headers = { host: 'evil.example', 'x-forwarded-for': '198.51.100.1, 203.0.113.9' };
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const response = await handler(new Request('http://localhost:3000/here', { method, headers }));
    expect(await response.json()).toEqual({ ...HERE, method, ip: '203.0.113.9' });
  }
  expect((await handler(new Request('http://localhost:3000/here', { method: 'HEAD' }))).status).toBe(200);
  expect((await handler(new Request('http://localhost:3000/other'))).status).toBe(404);
});
