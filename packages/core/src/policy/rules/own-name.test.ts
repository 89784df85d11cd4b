import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ownVendor } from '../../realm/own-names.ts';
import { realmSettings } from '../../realm/realm-settings.ts';
import { judgeRegistration } from '../judge-registration.ts';
import type { PolicyContext } from '../rule.ts';
import { dynamicClientPolicy } from '../dynamic-client-policy.ts';

const api = (name: string, resource: string) => ({
  id: name,
  name,
  resource,
  scopes: [],
  openToDynamicClients: true,
});

const own = ownVendor({
  name: 'Gullwing Cloud',
  issuer: 'https://id.gullwing.example/realm',
  apis: [api('Notes', 'https://notes.gullwing.example/mcp'), api('MCP API', 'https://mcp.gullwing.example')],
});

const judge = (names: object, redirectUris: readonly string[], more: Partial<PolicyContext> = {}) =>
  judgeRegistration({ ...names, redirect_uris: redirectUris }, dynamicClientPolicy, {
    settings: realmSettings().registration,
    scopes: [],
    own,
    ...more,
  });

const loopback = ['http://127.0.0.1:1/cb'];
const REFUSED = { ok: false, refusal: { code: 'invalid_client_metadata', rule: 'client-name.own' } };

describe('a name of the realm’s own is refused', () => {
  test.each([
    'Gullwing Cloud',
    'GULLWING CLOUD',
    'Official Gullwing Cloud login',
    'Gullwing Clоud',
    'Gulwing Cloud',
    'Gullwing-Cloud',
    'G u l l w i n g Cloud',
    'Notes',
    'Notes app',
    'Official Notes',
    'N o t e s',
    'Nоtes Support',
    'id.gullwing.example',
    'id.gullwing.example login',
    'ID gullwing example',
    'Gullwing Cloud IT',
    'Gullwing Cloud Administrator',
    'Gullwing Cloud System',
    'Gullwing Cloud Identity',
    'Gullwing Cloud Single Sign-On',
    'Welcome to Gullwing Cloud',
    'Gullwing Cloud wants you to approve',
    'Gullwing Clоud Operations Team',
    'Gullwing Cloud-Administrator',
    'GullwingCloudAdministrator',
    'Administrator, Gullwing Cloud',
    'Gullwing Cloud 管理员',
  ])(cite('%s', 'vestibule:brand-protection:own-names'), (client_name) => {
    for (const uris of [loopback, ['https://app.example/cb'], ['app:/cb']]) {
      expect(judge({ client_name }, uris)).toMatchObject(REFUSED);
    }
    expect(judge({ client_name: 'Zorp', 'client_name#fr': client_name }, loopback)).toMatchObject(REFUSED);
  });
});

test(
  cite(
    'a role beside an own name that holds a word for a role is refused, too',
    'vestibule:brand-protection:own-names',
  ),
  () => {
    const ours = ownVendor({ name: 'Gullwing Identity', issuer: 'https://id.gullwing.example', apis: [] });
    for (const client_name of [
      'Gullwing Identity',
      'Gullwing Identity Administrator',
      'Welcome to Gullwing Identity',
    ]) {
      expect(judge({ client_name }, loopback, { own: ours })).toMatchObject(REFUSED);
    }
    expect(judge({ client_name: 'Gullwing Administrator' }, loopback, { own: ours })).toMatchObject({
      ok: true,
    });
  },
);

describe('keeps other names', () => {
  test.each([
    'Zorp',
    'Zorp (notes)',
    'My Notes helper',
    'Field Notes',
    'Notes Exporter by Ada',
    'Cloud Notes Sync Tool',
    'MCP CLI Proxy',
    'MCP API client',
    'Simple OAuth MCP Client',
    'Gull',
    'Cloud',
    'Zorp for Gullwing Cloud',
    'Claude Code (notes)',
    'mcporter (notes)',
    'Zorp (id.gullwing.example)',
    'Demo agent',
    'Zorp System',
    'Identity Platform',
    'Welcome to Zorp for Gullwing Cloud',
  ])(cite('%s', 'vestibule:brand-protection:own-names'), (client_name) => {
    expect(judge({ client_name }, loopback)).toMatchObject({ ok: true });
  });

  test('a name of the realm is kept if the client is at the API’s own host or is verified', () => {
    const client = { client_name: 'Notes' };
    expect(judge(client, ['https://notes.gullwing.example/cb'])).toMatchObject({ ok: true });
    expect(judge(client, ['https://notes.gullwing.example/cb', ...loopback])).toMatchObject(REFUSED);
    expect(judge(client, ['https://evil.example/cb'], { vouched: true })).toMatchObject({ ok: true });
  });
});

test(
  cite(
    'the host of a document proves no name of the realm, because a first-party app can be pre-registered',
    'vestibule:brand-protection:own-names',
  ),
  () => {
    for (const documentHost of ['notes.gullwing.example', 'id.gullwing.example', 'evil.example']) {
      expect(judge({ client_name: 'Notes' }, loopback, { documentHost })).toMatchObject(REFUSED);
    }
    const atTheApi = ['https://notes.gullwing.example/cb'];
    expect(judge({ client_name: 'Notes' }, atTheApi, { documentHost: 'app.example' })).toMatchObject({
      ok: true,
    });
  },
);

test('a loopback issuer reserves no host', () => {
  const vendor = ownVendor({ name: 'Main', issuer: 'http://localhost:3000', apis: [] });
  expect(vendor).toEqual({ name: 'Main', commonWords: ['Main'], hosts: [] });
});
