import { canonicalHostPattern, claimedVendor, parseRedirectUri } from '@vestibule/core';
import { describe, expect, test } from 'vitest';
import { vendors } from '../src/index.ts';
import { judge } from './judge.ts';

test('there are many vendors, each once', () => {
  expect(vendors.length).toBeGreaterThanOrEqual(60);
  expect(new Set(vendors.map(({ name }) => name)).size).toBe(vendors.length);
});

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('%s', (name, vendor) => {
  const { aliases = [], commonWords = [], neighbours = [], hosts, schemes = [] } = vendor;
  const isFoundBy = (text: string, one = vendor): boolean => claimedVendor([text], [one]) === one;

  test('is found by each of its names', () => {
    expect([name, ...aliases, ...commonWords].filter((one) => !isFoundBy(one))).toEqual([]);
  });

  test('is not found by its neighbours, and would be if it did not name them', () => {
    const alone = { ...vendor, neighbours: [] };
    expect(neighbours.filter((one) => isFoundBy(`${one} garden`))).toEqual([]);
    expect(neighbours.filter((one) => !isFoundBy(`${one} garden`, alone) && !isFoundBy(one, alone))).toEqual(
      [],
    );
  });

  test('has hosts and schemes as redirect URIs have them', () => {
    expect(hosts.map(canonicalHostPattern)).toEqual(hosts);
    for (const host of hosts) expect(host.replace('*.', '')).toContain('.');
    for (const entry of schemes) {
      const [scheme, authority = 'cb'] = entry.split('://');
      expect(parseRedirectUri(`${scheme}://${authority}/cb`)).toMatchObject({
        ok: true,
        uri: { kind: 'private-use', scheme, authority },
      });
    }
  });

  test('says each thing once', () => {
    for (const list of [aliases, commonWords, neighbours, hosts, schemes]) {
      expect(new Set(list).size).toBe(list.length);
    }
    expect(aliases).not.toContain(name);
  });
});

/** Hosts where anyone can get a subdomain or a page, which proves nothing. */
const OPEN_TO_ALL = [
  'workers.dev',
  'pages.dev',
  'vercel.app',
  'netlify.app',
  'github.io',
  'githubusercontent.com',
  'gitlab.io',
  'herokuapp.com',
  'replit.app',
  'replit.dev',
  'lovable.app',
  'notion.site',
  'hf.space',
  'supabase.co',
  'ondigitalocean.app',
  'sites.google.com',
  'script.google.com',
  'googleusercontent.com',
  'web.app',
  'firebaseapp.com',
  'amazonaws.com',
  'amazoncognito.com',
  'azurewebsites.net',
  'sharepoint.com',
  'acme.slack.com',
  'acme.okta.com',
  'acme.auth0.com',
  'acme.atlassian.net',
  'acme.zendesk.com',
  'acme.my.salesforce.com',
  'acme.monday.com',
  'acme.zoom.us',
  'acme.box.com',
  'acme.1password.com',
  'acme.squarespace.com',
  'acme.sentry.io',
  'acme.myshopify.com',
];

test.each(OPEN_TO_ALL)('%s belongs to no vendor', (host) => {
  const [, ...parent] = host.split('.');
  const claims = vendors.filter(
    ({ hosts }) => hosts.includes(host) || hosts.includes(`*.${parent.join('.')}`),
  );
  expect(claims.map(({ name }) => name)).toEqual([]);
});

/** Addresses that pass responses on to software of others, which proves nothing. */
const HANDED_ON = [
  'vscode://evil.ext/cb',
  'vscode:/cb',
  'vscode-insiders://evil.ext/cb',
  'cursor://evil.ext/cb',
  'cursor://anysphere.cursor-mcp.evil/cb',
  'cursor://ANYSPHERE.cursor-mcp/cb',
  'cursor:/anysphere.cursor-mcp/cb',
  'windsurf://evil.ext/cb',
  'jetbrains://idea/evil/cb',
  'obsidian://evil-plugin/cb',
  'raycast://extensions/evil/cb',
  'https://raycast.com/redirect',
  'https://www.raycast.com/redirect',
  'postman://app/cb',
  'https://oauth.pstmn.io/v1/callback',
  'https://zapier.com/dashboard/auth/oauth/return/EvilCLIAPI/',
  'metamask://dapp/evil.example',
  'tg://resolve/evil',
  'viber://pa/evil',
  'weixin://dl/business/',
];

test.each(HANDED_ON)('%s belongs to no vendor', (uri) => {
  expect(vendors.filter(({ name }) => judge(name, [uri]).ok).map(({ name }) => name)).toEqual([]);
});
