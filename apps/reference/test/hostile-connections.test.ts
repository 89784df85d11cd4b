import { listen } from '@vestibule/node';
import { freePort } from '@vestibule/testing/port';
import { expect, onTestFinished, test } from 'vitest';
import { startBadLine } from './support/hostile/bad-line.ts';
import { HALF_CLOSED, MALFORMED } from './support/hostile/malformed.ts';
import { startHostedApp } from './support/hostile/start.ts';
import { openWire, say, send, statusesIn, type Wire } from './support/hostile/wire.ts';

const IDLE = 2_000;

test(`${IDLE} idle connections prevent no other from being served, and are closed`, async () => {
  const app = await startHostedApp();
  await app.withstand(async () => {
    const wires: Wire[] = [];
    while (wires.length < IDLE) wires.push(await openWire(app.port));
    await app.serve();
    for (const { gone } of wires) expect(statusesIn(await gone)).toEqual([408]);
  });
});

/** The beginning of a request, and the parts that follow slowly. */
const SLOW: Readonly<Record<string, readonly [start: string, piece: string]>> = {
  'a head': ['GET /healthz HTTP/1.1\r\nX-Slow: ', 'a'],
  'a registration': [post('register', 'application/json', '{"client_name":"'), 'a'],
  'a token request': [post('token'), 'a'],
  'a sign-in': [post('sign-in'), 'a'],
  'a decision': [post('consent'), 'a'],
  'an authorization request': [post('authorize'), 'a'],
  'a body that nobody reads': [post('jwks'), 'a'],
  'a body without a length': [post('token', undefined, '', 'Transfer-Encoding: chunked'), '1\r\na\r\n'],
};

function post(
  place: string,
  type: string = 'application/x-www-form-urlencoded',
  body = '',
  length = 'Content-Length: 60000',
): string {
  return `POST /connect/${place} HTTP/1.1\r\nHost: localhost\r\n${length}\r\nContent-Type: ${type}\r\n\r\n${body}`;
}

test('requests that come a byte at a time are cut off, and others are served between the bytes', async () => {
  const app = await startHostedApp();
  await app.withstand(async () => {
    const slow = await Promise.all(
      Object.entries(SLOW).map(async ([name, [start, piece]]) => {
        const wire = await openWire(app.port);
        await send(wire, start);
        return { name, piece, wire };
      }),
    );
    let sending = slow;
    while (sending.length > 0) {
      for (const { wire, piece } of sending) await send(wire, piece);
      expect((await fetch(`${app.issuer}/healthz`)).status).toBe(200);
      sending = sending.filter(({ wire }) => !wire.socket.destroyed);
    }
    for (const { name, wire } of slow) {
      expect({ name, status: statusesIn(await wire.gone).at(-1) }).toEqual({ name, status: 408 });
    }
  });
});

/** The requests of an agent, in order. */
const STEPS = [
  'POST /mcp',
  'GET /.well-known/oauth-protected-resource/mcp',
  'GET /.well-known/oauth-authorization-server',
  'POST /connect/register',
  'GET /connect/authorize',
  'GET /connect/sign-in',
  'POST /connect/sign-in',
  'GET /connect/consent',
  'POST /connect/consent',
  'GET /connect/hand-back',
  'POST /connect/token',
];

test('a client that disconnects at any step and in any way can continue, and leaves nothing behind', async () => {
  const port = await freePort();
  const app = await startHostedApp(port);
  const line = await startBadLine(port, app.port);
  await app.withstand(async () => {
    for (let round = 0; round < 6; round += 1) await app.serve();
    const requests = line.requests.map((one) => one.replace(/at\/[\w-]{43}\//, ''));
    expect([...new Set(requests)]).toEqual(expect.arrayContaining(STEPS));
    expect(line.hangUps()).toBeGreaterThan(400);
  });
});

test('a client that sends requests and reads nothing is disconnected, and leaves nothing behind', async () => {
  const app = await startHostedApp();
  await app.withstand(async () => {
    const questions = 'GET /connect/rules HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000);
    const wires: Wire[] = [];
    while (wires.length < 20) {
      const wire = await openWire(app.port);
      wire.socket.pause();
      await send(wire, questions);
      wires.push(wire);
    }
    await app.serve();
    for (const { socket, gone } of wires) {
      socket.resume();
      expect(statusesIn(await gone).length).toBeLessThanOrEqual(16);
    }
  });
});

test('a client that does not read its response is disconnected', async () => {
  const port = await freePort();
  const listening = await listen({ port, issuers: [`http://localhost:${port}`], timeouts: { idle: 500 } });
  onTestFinished(() => listening.close());
  const cutOff = new Promise<boolean>((resolve) => {
    listening.serve((_, response) => {
      response.once('close', () => resolve(!response.writableFinished));
      response.end(Buffer.alloc(64 * 2 ** 20));
    });
  });
  const wire = await openWire(port);
  wire.socket.pause();
  await send(wire, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect(await cutOff).toBe(true);
});

test(`${MALFORMED.length} things that are no requests are refused, and leave nothing behind`, async () => {
  const app = await startHostedApp();
  await app.withstand(async () => {
    for (const [what, bytes, status] of MALFORMED) {
      const came = await say(app.port, bytes);
      expect({ what, status: statusesIn(came).at(-1) }).toEqual({ what, status });
    }
    await Promise.all(
      MALFORMED.flatMap((malformed) => Array.from({ length: 20 }, () => malformed)).map(([, bytes]) =>
        say(app.port, bytes),
      ),
    );
  });
});

test('a client that closes its half of a connection is released, whatever it requested', async () => {
  const app = await startHostedApp();
  await app.withstand(async () => {
    await Promise.all(
      HALF_CLOSED.flatMap((half) => Array.from({ length: 200 }, () => half)).map(async ([, bytes]) => {
        const wire = await openWire(app.port);
        wire.socket.end(bytes, 'latin1');
        expect(statusesIn(await wire.gone).every((status) => status < 500)).toBe(true);
      }),
    );
  });
});
