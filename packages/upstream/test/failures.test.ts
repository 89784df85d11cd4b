import { asksForConsent, headingOf, newBrowser } from '@vestibule/testing/browser';
import { startOpenIdProvider, without } from '@vestibule/testing/openid-provider';
import { describe, expect, test } from 'vitest';
import type { UpstreamRule } from '../src/index.ts';
import { signInThere, startWorld } from './support/world.ts';

const DECLINED = 'You are not signed in';
const UNAVAILABLE = 'Sign-in does not work at the moment';

describe('an error of the provider leads to a page from which the person can try again', () => {
  test.each<[string, UpstreamRule, string]>([
    ['access_denied', 'upstream.declined', DECLINED],
    ['login_required', 'upstream.declined', DECLINED],
    ['temporarily_unavailable', 'upstream.unreachable', UNAVAILABLE],
    ['invalid_scope', 'upstream.client', UNAVAILABLE],
    ['<script>alert(1)</script>', 'upstream.client', UNAVAILABLE],
  ])('%s', async (error, rule, heading) => {
    const world = await startWorld();
    world.provider.lies.response = (parameters) => {
      parameters.delete('code');
      parameters.set('error', error);
      parameters.set('error_description', 'No <b>way</b>\u0007');
    };
    const shown = await signInThere(world, world.url());
    expect([headingOf(shown), world.failures.map((one) => one.rule)]).toEqual([heading, [rule]]);
    expect(shown.text).not.toMatch(/<script>|<b>way/);
    expect((await world.events()).map(({ type }) => type)).toContain('transaction.refused');
    delete world.provider.lies.response;
    const again = shown.page.querySelector('a.primary')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '';
    const consent = await signInThere(world, new URL(again, shown.url), shown.browser);
    expect(asksForConsent(consent)).toBe(true);
  });
});

describe('a token endpoint that refuses', () => {
  test.each<[string, UpstreamRule, string]>([
    ['invalid_client', 'upstream.client', UNAVAILABLE],
    ['invalid_grant', 'upstream.response', DECLINED],
  ])('%s', async (error, rule, heading) => {
    const world = await startWorld();
    world.provider.lies.token = { status: 400, body: { error } };
    const shown = await signInThere(world, world.url());
    expect([headingOf(shown), world.failures.map((one) => one.rule)]).toEqual([heading, [rule]]);
  });
});

describe('metadata that cannot be used', () => {
  test('a provider that is down is told to the person, and works again when it is back', async () => {
    const provider = await startOpenIdProvider();
    const world = await startWorld({ issuer: provider.issuer }, provider);
    provider.stop();
    const shown = await newBrowser().open(world.url());
    expect([shown.status, headingOf(shown)]).toEqual([503, UNAVAILABLE]);
    expect(world.failures).toMatchObject([{ rule: 'upstream.unreachable' }]);
    await newBrowser().open(world.url());
    expect(world.failures.length).toBe(2);
  });

  test.each<[string, (metadata: Record<string, unknown>) => Record<string, unknown>, RegExp]>([
    ['another issuer', (metadata) => ({ ...metadata, issuer: 'https://evil.example' }), /issuer/],
    [
      'another issuer by a slash',
      (metadata) => ({ ...metadata, issuer: `${String(metadata['issuer'])}/` }),
      /issuer/,
    ],
    ['no token endpoint', (metadata) => without(metadata, 'token_endpoint'), /no token_endpoint/],
    ['no keys', (metadata) => without(metadata, 'jwks_uri'), /no jwks_uri/],
  ])('%s', async (_, lie, detail) => {
    const world = await startWorld();
    world.provider.lies.metadata = lie;
    const shown = await newBrowser().open(world.url());
    expect(headingOf(shown)).toBe(UNAVAILABLE);
    expect(world.failures[0]?.rule).toBe('upstream.metadata');
    expect(world.failures[0]?.detail).toMatch(detail);
  });

  test('a failure counts for a few seconds, so that a provider in trouble is left alone', async () => {
    const world = await startWorld();
    world.provider.lies.metadata = (metadata) => without(metadata, 'jwks_uri');
    const urls = [world.url(), world.url(), world.url()];
    for (const url of urls) await newBrowser().open(url);
    expect(world.provider.requested.length).toBe(1);
    delete world.provider.lies.metadata;
    world.pass(6);
    expect((await newBrowser().open(world.url())).away?.origin).toBe(world.provider.issuer);
  });

  test('old metadata counts for a day while the provider does not serve it', async () => {
    const world = await startWorld();
    await newBrowser().open(world.url());
    world.provider.lies.metadata = () => ({});
    world.pass(3_700);
    expect((await newBrowser().open(world.url())).away?.origin).toBe(world.provider.issuer);
    world.pass(86_400);
    expect(headingOf(await newBrowser().open(world.url()))).toBe(UNAVAILABLE);
  });
});

describe('addresses that are not public', () => {
  test('a provider inside the network is reached only if that is allowed', async () => {
    const world = await startWorld({ issuer: 'https://10.255.255.1/realms/acme' });
    await newBrowser().open(world.url());
    expect(world.failures).toMatchObject([{ rule: 'upstream.unreachable' }]);
    expect(world.failures[0]?.detail).toContain('10.0.0.0/8');
  });
});
