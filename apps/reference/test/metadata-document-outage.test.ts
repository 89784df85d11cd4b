import type { AuditEvent } from '@vestibule/core/audit';
import { headingOf, newBrowser } from '@vestibule/testing/browser';
import type { Respond } from '@vestibule/testing/https-host';
import { expect, test } from 'vitest';
import { startDocumentApp } from './support/document-app.ts';
import { approve, authorizeUrl, exchange, token } from './support/oauth.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REDIRECT_URI = 'http://localhost:8093/callback';

const DOCUMENT = { client_name: 'Weathered', redirect_uris: ['http://localhost/callback'] };

const answer =
  (head: string, body: string): Respond =>
  (socket) =>
    socket.end(`HTTP/1.1 ${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);

test.each<[how: string, respond: Respond, reason: string]>([
  ['closes every connection', (socket) => socket.destroy(), 'connection'],
  ['is overloaded', answer('503 Service Unavailable', ''), 'status'],
  [
    'has a challenge for browsers',
    answer('403 Forbidden\r\ncontent-type: text/html', '<title>Just a moment...</title>'),
    'status',
  ],
])(
  'an app whose website %s is used as it was described, then named in a page that says what to do, then used again',
  async (_, respond, reason) => {
    let now = Date.now();
    const events: AuditEvent[] = [];
    const app = await startDocumentApp(DOCUMENT, {
      clock: () => now,
      onEvent: (event) => void events.push(event),
      metadataDocuments: { stale: 2 * (DAY / 1_000) },
    });
    const { clientId } = app;
    const url = authorizeUrl(app, clientId, { redirect_uri: REDIRECT_URI });
    const connect = async () => exchange(app, clientId, REDIRECT_URI, await approve(url));
    const refresh = (refreshToken: string) =>
      token(app, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });
    const unavailable = () => events.filter(({ type }) => type === 'document.unavailable');

    const { body: tokens } = await connect();
    now += 2 * HOUR;
    app.respondWith(respond);
    expect(await connect()).toMatchObject({ status: 200 });
    await expect.poll(unavailable).toContainEqual(expect.objectContaining({ reason, isStaleUsed: true }));
    const { status, body: refreshed } = await refresh(tokens.refresh_token);
    expect(status).toBe(200);
    // Waits for the fetch that the refresh began.
    expect(await newBrowser().open(url)).toMatchObject({ status: 200 });

    now += 2 * DAY;
    const page = await newBrowser().open(url);
    expect([page.status, headingOf(page)]).toEqual([503, 'This app cannot be checked right now']);
    expect(page.headers.get('retry-after')).toBe('30');
    expect(page.text).not.toContain(reason);
    expect(await refresh(refreshed.refresh_token)).toMatchObject({ status: 401 });
    // Such events are recorded behind the response.
    await expect.poll(() => unavailable().at(-1)).not.toHaveProperty('isStaleUsed');

    app.respondWith(undefined);
    expect(await refresh(refreshed.refresh_token)).toMatchObject({ status: 200 });
    expect(await connect()).toMatchObject({ status: 200 });
  },
);
