import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { describe, expect, test } from 'vitest';
import { ADA, setUp } from './set-up.ts';

describe('the grant of a client that was blocked a moment later', () => {
  test('stays ended where the last page was never opened before', async () => {
    const world = setUp();
    const operator = createOperator({
      ...world.options,
      ...world.stores,
      realms: world.realms,
      clients: world.clients,
      generateToken: randomToken,
      hash: sha256,
    });
    const clientId = await world.register();
    // A browser that does not follow the redirect of the form yet.
    const browser = world.newBrowser();
    const { view } = await world.openConsent(browser, world.authorizeUrl(clientId));
    const answered = await world.server.consent(
      new Request(new URL(view.action, world.options.issuer), {
        method: 'POST',
        headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        body: new URLSearchParams({
          transaction: view.interaction,
          csrf: view.csrf,
          decision: 'approve',
          scope: 'read',
          lasting: 'until-revoked',
        }),
      }),
      { ip: '192.0.2.10' },
    );
    expect(answered.status).toBe(303);
    await operator.clients.block(ADA, 'main', clientId);
    await operator.clients.unblock(ADA, 'main', clientId);
    const shown = await browser.open(new URL(answered.headers.get('location') ?? '', world.options.issuer));
    const code = new URL(shown.view.location).searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    expect(await world.exchange(clientId, code)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });
});
