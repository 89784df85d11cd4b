import type { DynamicClient } from '@vestibule/core';
import { realmSettings } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { agentKey, agentOf, isSameProgram } from './agent.ts';

const CLIENT: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'dyn-a',
  version: 1,
  name: 'Notes Agent',
  redirectUris: ['http://127.0.0.1:4711/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: 0,
  registration: {},
};

const guild = {
  name: 'The Guild',
  issuer: 'https://guild.example',
  jwksUri: 'https://guild.example/k',
  algorithms: ['ES256'],
} as const;

const realm = {
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  settings: realmSettings({ registration: { softwareStatements: { issuers: [guild] } } }),
  apis: [],
  scopes: [],
};

const VOUCHED = { registration: { vouchedBy: 'https://guild.example', softwareStatement: 's' } };

const keyOf = (client: Partial<DynamicClient>): string => agentKey(agentOf({ ...CLIENT, ...client }, realm));

describe('registrations of one agent', () => {
  test.each<[string, Partial<DynamicClient>, Partial<DynamicClient>]>([
    ['differ in the server that they name', { name: 'Agent (notes)' }, { name: 'Agent (mail)' }],
    ['name a server or not', { name: 'Agent' }, { name: 'Agent (mail)' }],
    ['differ in case', { name: 'Agent' }, { name: 'AGENT' }],
    ['differ in the port', {}, { redirectUris: ['http://localhost:9/other'] }],
    [
      'differ in the order of their destinations',
      { redirectUris: ['https://a.example/1', 'app://x/cb'] },
      { redirectUris: ['app://x/other', 'https://a.example/2'] },
    ],
    ['have one software id', { name: 'Old', softwareId: 's' }, { name: 'New', softwareId: 's' }],
  ])('%s', (_, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });
});

describe('registrations of different agents', () => {
  test.each<[string, Partial<DynamicClient>, Partial<DynamicClient>]>([
    ['have other names', { name: 'Agent' }, { name: 'Agents' }],
    [
      'lead to other websites',
      { redirectUris: ['https://a.example/cb'] },
      { redirectUris: ['https://b.example/cb'] },
    ],
    [
      'lead to other extensions',
      { redirectUris: ['vscode://a.x/cb'] },
      { redirectUris: ['vscode://b.x/cb'] },
    ],
    ['have other software ids', { softwareId: 's' }, { softwareId: 't' }],
    ['have the name of a software id', { softwareId: 'agent' }, { name: 'agent' }],
    ['are verified or not', {}, VOUCHED],
  ])('%s', (_, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});

test('an agent is described by its name without the server, and by who verified it', () => {
  expect(
    agentOf({ ...CLIENT, ...VOUCHED, name: 'Claude Code (notes (test))', softwareId: 's' }, realm),
  ).toEqual({
    name: 'Claude Code (notes (test))',
    softwareId: 's',
    verifiedBy: 'The Guild',
    targets: ['loopback'],
  });
  expect(agentOf({ ...CLIENT, name: 'Claude Code (notes)' }, realm)).toEqual({
    name: 'Claude Code',
    targets: ['loopback'],
  });
});

test.each([
  ['Zed', 'zed', true],
  ['Codex', 'Codex (mail)', true],
  ['(notes)', '(mail)', false],
  ['', '', true],
  ['Zed', 'Zed Two', false],
])('the names %j and %j are of one program: %s', (one, other, expected) => {
  expect(isSameProgram(one, other)).toBe(expected);
});
