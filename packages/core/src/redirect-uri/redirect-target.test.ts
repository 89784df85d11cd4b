import { expect, test } from 'vitest';
import { redirectTarget } from './redirect-target.ts';

test.each([
  ['https://app.example/cb', 'https://app.example'],
  ['https://APP.example:443/other?x=1', 'https://app.example'],
  ['https://app.example:8443/cb', 'https://app.example:8443'],
  ['https://a.app.example/cb', 'https://a.app.example'],
  ['https://localhost/cb', 'https://localhost'],
  ['http://localhost/callback', 'loopback'],
  ['http://localhost:4711/callback', 'loopback'],
  ['http://127.0.0.1:4711/callback', 'loopback'],
  ['http://127.0.0.1', 'loopback'],
  ['http://[::1]:9/other', 'loopback'],
  ['vscode://acme.notes/cb', 'vscode://acme.notes'],
  ['vscode://acme.mail/cb', 'vscode://acme.mail'],
  ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor://anysphere.cursor-mcp'],
  ['com.example.app:/cb', 'com.example.app://'],
  ['com.example.app:/other', 'com.example.app://'],
  ['http://app.example/cb', 'http://app.example/cb'],
  ['loopback', 'loopback'],
  ['', ''],
])('the redirect URI %s leads to %s', (uri, target) => {
  expect(redirectTarget(uri)).toBe(target);
});
