import { type Fixture, fixtures, runFixtures } from '@vestibule/client-fixtures';
import type { Persistence } from '@vestibule/core/realm';
import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { ACTOR } from '@vestibule/testing/operator';
import { describe, expect, test } from 'vitest';
import { OPEN_SEED, type SeedFile, startApp, type TestApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';

const agents = fixtures.map((fixture): [string, Fixture] => [fixture.id, fixture]);

/** In addition to what agents need, this server supports for all of them: loopback on any port, and without one. */
function variants(registered: string): readonly string[] {
  const [, origin, , path = ''] =
    /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(:\d+)?(\/.*)?$/.exec(registered) ?? [];
  return origin === undefined ? [] : [`${origin}:61234${path}`, `${origin}${path}`];
}

const storing = (persistence: Persistence): SeedFile => {
  const { realm } = OPEN_SEED;
  const registration = { ...realm.settings?.registration, persistence };
  return { ...OPEN_SEED, realm: { ...realm, settings: { ...realm.settings, registration } } };
};

/** When the realm stores clients: at their registration, or when a person first approves them. */
describe.each(['immediate', 'deferred'] as const)('with %s persistence', (persistence) => {
  test(cite('every check of every agent passes', 'vestibule:client-fixtures:ours'), async () => {
    const app = await startApp(storing(persistence));
    const outcomes = await runFixtures({ issuer: app.issuer, resource: app.notes.href });
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(new Set(outcomes.map(({ agent }) => agent)).size).toBe(fixtures.length);
  });
});

test(
  cite(
    'every check passes within the default limits, with an initial access token',
    'vestibule:client-fixtures:ours',
    'vestibule:client-fixtures:token',
    'vestibule:client-fixtures:resource',
    'vestibule:initial-access-tokens:lifts-limits',
  ),
  async () => {
    const settings = { registration: { open: true, mode: 'initial-access-token' } } as const;
    const { issuer, stores, realm } = await startApp({
      ...OPEN_SEED,
      realm: { ...OPEN_SEED.realm, settings },
    });
    const operator = createOperator({
      ...stores,
      clock: Date.now,
      generateToken: randomToken,
      hash: sha256,
    });
    const terms = { expiresAt: Date.now() + 3_600_000, maxUses: fixtures.length };
    const issued = await operator.tokens.issue(ACTOR, realm.id, terms);
    const outcomes = await runFixtures({ issuer, token: issued.token });
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  },
);

const stored = agents.flatMap(([id, fixture]) => [
  [id, 'immediate', fixture] as const,
  [id, 'deferred', fixture] as const,
]);

describe.each(stored)('%s, with %s persistence', (_, persistence, { client, registration, redirects }) => {
  test(
    cite(
      `${client} registers, as a public client, with arrays where agents need them`,
      'rfc7591:3.2.1:nothing-empty',
      'rfc7591:3.2.1:no-cache',
      'rfc7591:2:redirect-uris-kept',
      'rfc7591:2:auth-method-none',
      'rfc7591:2:auth-method-default',
      'rfc7591:2:grant-types-default',
      'rfc7591:2:response-types-default',
      'rfc7591:3.2.1:replaced',
    ),
    async () => {
      const app = await startApp(storing(persistence));
      const { status, headers, body } = await register(app, registration);
      expect(status).toBe(201);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({
        client_id: expect.stringMatching(
          persistence === 'deferred' ? /^sealed1\.[A-Za-z0-9._~-]{1,1016}$/ : /^dyn-[A-Za-z0-9._~-]+$/,
        ),
        client_id_issued_at: expect.any(Number),
        client_name: registration.client_name,
        redirect_uris: registration.redirect_uris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      });
      expect(body).not.toHaveProperty('client_secret');
      expect(Object.values(body)).not.toContain(null);
      expect(Object.values(body)).not.toContain('');
    },
  );

  test(
    cite(
      'comes back from each redirect URI, on any port where it is on this computer',
      'vestibule:client-fixtures:end-to-end',
      'vestibule:metadata:redirect-uri-match',
    ),
    async () => {
      const app = await startApp(storing(persistence));
      const { body } = await register(app, registration);
      const needed = redirects.filter(({ works }) => works).map(({ uri }) => uri);
      for (const uri of new Set([...needed, ...registration.redirect_uris.flatMap(variants)])) {
        const url = authorizeUrl(app, body.client_id, {
          redirect_uri: uri,
          scope: registration.scope ?? '',
          prompt: 'consent',
        });
        const arrived = await approve(url);
        expect(arrived.href.replace(/\/?\?.*/, '')).toBe(uri.replace(/\/$/, ''));
        const { status, body: tokens } = await exchange(app, body.client_id, uri, arrived);
        expect([uri, status]).toEqual([uri, 200]);
        const refreshed = await token(app, {
          grant_type: 'refresh_token',
          client_id: body.client_id,
          refresh_token: tokens.refresh_token,
          scope: registration.scope ?? '',
          resource: app.notes.href,
        });
        expect(refreshed.status).toBe(200);
      }
    },
  );

  test(
    cite(
      'comes back from nowhere else',
      'rfc7591:5:only-registered',
      'vestibule:metadata:redirect-uri-match',
      'rfc9700:4.1.3:look-alikes',
      'mcp:open-redirection:exact',
      'rfc6749:3.1.2.4:redirect-uri',
    ),
    async () => {
      const app = await startApp(storing(persistence));
      const { body } = await register(app, registration);
      for (const { uri } of redirects.filter(({ works }) => !works)) {
        const response = await fetch(authorizeUrl(app, body.client_id, { redirect_uri: uri }), {
          redirect: 'manual',
        });
        expect([uri, response.status, response.headers.get('location')]).toEqual([uri, 400, null]);
        expect(await response.text()).toContain('This link leads somewhere else');
      }
    },
  );
});

describe('what their notes say besides', () => {
  const registerFrom = async (app: TestApp, metadata: object) => (await register(app, metadata)).status;
  const redirect = { redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] };

  test.each([
    [
      cite(
        'claude.ai asks for a secret, and sends scope "claudeai"',
        'rfc7591:2:auth-method-replaced',
        'rfc7591:2:scope-none-left',
      ),
      { ...redirect, token_endpoint_auth_method: 'client_secret_post', scope: 'claudeai' },
    ],
    [
      cite('Gemini CLI sends an empty scope if none is advertised', 'rfc7591:2:null-is-absent'),
      { ...redirect, scope: '' },
    ],
    [
      cite('older mcp-remote sends the scopes of another server', 'rfc7591:2:scope-none-left'),
      { ...redirect, scope: 'openid email profile' },
    ],
    [
      cite('an agent sends null for what it does not have', 'rfc7591:2:null-is-absent'),
      { ...redirect, client_uri: null, logo_uri: null, scope: null },
    ],
  ])('%s', async (_, metadata) => {
    expect(await registerFrom(await startApp(), metadata)).toBe(201);
  });

  test(
    cite(
      'scopes of another server take nothing away: the agent can still ask for what is here',
      'rfc7591:2:scope-none-left',
      'mcp:refresh-tokens:offline-access',
    ),
    async () => {
      const app = await startApp();
      const { body } = await register(app, { ...redirect, scope: 'claudeai' });
      const arrived = await approve(
        authorizeUrl(app, body.client_id, { scope: 'claudeai notes:read offline_access' }),
      );
      expect(arrived.searchParams.has('code')).toBe(true);
    },
  );

  test('the metadata advertises the grants, so that VS Code leaves the device grant out', async () => {
    const app = await startApp();
    const metadata = await (await fetch(`${app.issuer}/.well-known/oauth-authorization-server`)).json();
    expect(metadata).toMatchObject({
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: expect.arrayContaining(['none']),
      authorization_response_iss_parameter_supported: true,
    });
  });
});
