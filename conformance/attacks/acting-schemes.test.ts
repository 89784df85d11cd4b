/**
 * A redirect URI that opens another program and gives it commands: a browser that opens a page, a remote control, a shell, a
 * store, a wallet, or any program that reads the query.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.1 RFC 8252 §7.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7595#section-3.7 RFC 7595 §3.7}
 *
 * Taken out: packages/core/src/policy/rules/private-use.ts: `if (uri === undefined) return kept;` → `return kept;`
 * Then fails: refuses a redirect URI to a program that acts at once
 * Taken out: packages/core/src/policy/rules/private-use.ts: `names.every((named) => named.has(vendor.name)) && ` → ``
 * Then fails: refuses a redirect URI to a program that acts at once
 * Taken out: packages/core/src/redirect-uri/acting-schemes.ts: `if (publisher === undefined) return true;` → `if (publisher === undefined) return !authority.includes('.');`
 * Then fails: refuses a redirect URI to a program that acts at once
 * Taken out: packages/core/src/policy/rules/private-use.ts: `if (vouched || uri === undefined) return kept;` → `return kept;`
 * Then fails: refuses a redirect URI with a query that could command an app
 */
import { describe, expect, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

/** Registers a client whose other redirect URI is valid. */
async function tryToRegister(uri: string): Promise<unknown> {
  const { status, body } = await register(app(), { redirect_uris: [CALLBACK, uri] });
  return [status, body.error];
}

const REFUSED = [400, 'invalid_redirect_uri'];

describe('refuses a redirect URI to a program that acts at once', () => {
  test.each([
    'arc://evil.example/',
    'yandexbrowser-open-url:/evil.example',
    'ARC://evil.example/',
    'anydesk:/123456789',
    'teamviewer10://control',
    'zoommtg://zoom.example/join',
    'iterm2:/command',
    'raycast://script-commands/evil',
    'vscode://file/home',
    'cursor://vscode-remote/x',
    'vscode-insiders://vscode-remote/ssh-remote+evil.example/',
    'shortcuts-production://run/evil',
    'macappstore://evil',
    'altstore://install',
    'flatpak+https://evil.example/x',
    'roblox://x',
    'bitcoin:/evil',
    'upi://pay',
    'payto://iban/XX00',
    'metamask://dapp/evil.example',
    'wc:/evil',
    'ohttps://evil.example/x',
    'onionhttps://evil.example/x',
    'icabmobile://evil.example/',
    'googlechrome-x-callback://x-callback-url/open',
    'exp://evil.example/app',
    'itms-beta://evil',
    'com.apple.shortcuts://run/evil',
    'zed://ssh/evil.example',
    'lmstudio://add_mcp',
    'pycharm://open/x',
    'phpstorm://open/x',
    'txmt://open/x',
    'subl://open/x',
    'mvim://open/x',
    'org-protocol://capture/x',
    'vscode://vscode.git/clone',
    'vscode://%76scode.git/clone',
    'cursor://anysphere.cursor-deeplink/mcp/install',
    'vscode://ms-vscode-remote.remote-ssh/evil.example',
    'warp://action/evil',
  ])('%s', async (uri) => {
    expect(await tryToRegister(uri)).toEqual(REFUSED);
  });
});

describe('refuses a redirect URI with a query that could command an app', () => {
  test.each([
    'evil-app:/cb?run=rm',
    'evil-app:/cb?',
    'cursor://anysphere.cursor-deeplink/mcp/install?name=evil&config=e30',
    'vscode://vscode.git/clone?url=https://evil.example/x.git',
    'slack://channel?team=T&id=C',
  ])('%s', async (uri) => {
    expect(await tryToRegister(uri)).toEqual(REFUSED);
  });

  test('refuses an unregistered query at authorization, too', async () => {
    const client = await newClient(app(), 'evil-app:/cb');
    const shown = await newBrowser().open(client.url({ redirect_uri: 'evil-app:/cb?run=rm' }));
    expect([shown.status, shown.away, shown.page.querySelectorAll('a')]).toEqual([400, undefined, []]);
  });
});

test('accepts apps of known vendors and extensions of editors', async () => {
  for (const [uri, client_name] of [
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'Cursor'],
    ['vscode://saoudrizwan.claude-dev/cb', 'Cline'],
    ['vscode://some.extension/cb', 'Some Extension'],
    ['warp://cb', 'Warp'],
    ['zed://cb', 'Zed'],
    ['lmstudio://cb', 'LM Studio'],
  ] as const) {
    const { status, body } = await register(app(), { redirect_uris: [uri], client_name });
    expect([uri, status, body.redirect_uris]).toEqual([uri, 201, [uri]]);
  }
});
