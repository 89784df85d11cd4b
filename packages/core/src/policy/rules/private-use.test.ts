import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { realmSettings } from '../../realm/realm-settings.ts';
import type { Vendor } from '../../brand/vendor.ts';
import { judgeRegistration } from '../judge-registration.ts';
import type { PolicyContext } from '../rule.ts';
import { dynamicClientPolicy } from '../dynamic-client-policy.ts';

const warp: Vendor = { name: 'Warp', hosts: [], schemes: ['warp'] };
const editor: Vendor = { name: 'Acme Sync', hosts: [], schemes: ['raycast://acme.sync'] };

const judge = (uri: string, more: Partial<PolicyContext> = {}, client_name = 'Notes') =>
  judgeRegistration({ client_name, redirect_uris: [uri, 'http://localhost/cb'] }, dynamicClientPolicy, {
    settings: realmSettings().registration,
    scopes: [],
    ...more,
  });

const refusedBy = (rule: string) => ({ ok: false, refusal: { code: 'invalid_redirect_uri', rule } });

describe('a private-use redirect URI with a query', () => {
  test.each(['app:/cb?x=1', 'app:/cb?', 'app://place?x', 'app:/?run=1&x=2', 'com.example.app:/cb?a'])(
    cite('%s is refused for an unverified client', 'vestibule:metadata:private-use-query'),
    (uri) => {
      expect(judge(uri)).toMatchObject(refusedBy('redirect-uris.private-use-query'));
      expect(judge(uri, { vouched: true })).toMatchObject({ ok: true });
    },
  );

  test.each(['app:/cb', 'app:/cb%3Fx', 'https://app.example/cb?x=1', 'http://127.0.0.1/cb?x=1'])(
    '%s does not act, and is accepted',
    (uri) => {
      expect(judge(uri)).toMatchObject({ ok: true });
    },
  );

  test('is dropped with its scheme where the realm has none', () => {
    const { registration: settings } = realmSettings({ registration: { privateUseSchemes: false } });
    expect(judge('app:/cb?x=1', { settings })).toMatchObject({
      ok: true,
      metadata: { redirect_uris: ['http://localhost/cb'] },
    });
  });
});

describe('a scheme whose program acts at once', () => {
  const ACTING = [
    'arc://cb',
    'Yandexbrowser-Open-Url:/cb',
    'rustdesk://cb',
    'zoommtg://zoom.example/join',
    'teamviewer10://control',
    'iterm2:/command',
    'raycast://script-commands/x',
    'shortcuts-production://x',
    'WARP://action/new_tab',
    'com.epicgames.launcher://apps/x',
    'macappstore://x',
    'flatpak+https://x',
    'bitcoin:/x',
    'upi://pay',
    'twint-issuer12://x',
    'bank100000000004://x',
    'web+stellar:/pay',
    'vscode://file/etc/passwd',
    'vscode:/cb',
    'vscode-insiders://vscode-remote/ssh-remote+evil.example/',
    'cursor://settings/x',
    'ohttps://x',
    'onionhttp://x',
    'icabmobile://x',
    'googlechrome-x-callback://x',
    'exp://x',
    'itms-beta://x',
    'com.apple.shortcuts://x',
    'x-apple-reminder://x',
    'zed://x',
    'lmstudio://x',
    'webstorm://open',
    'txmt://open',
    'org-protocol://capture',
    'vscode://vscode.git/clone',
    'vscode-insiders://VSCODE.git/clone',
    'code-oss://vscode.github-authentication/x',
    'vscode://vscode.%67it/clone',
    'vscode://%76scode.git/clone',
    'vscode://ms-vscode-remote.remote-containers/x',
    'cursor://vscode.git/clone',
    'cursor://anysphere.cursor-deeplink/mcp/install',
    'cursor://Anysphere.Cursor-Deeplink/mcp/install',
    'windsurf://codeium.windsurf-deeplink/x',
    'vscode://a.b.c:80/x',
    'vscode://.git/x',
  ];
  test.each(ACTING)(cite('%s is refused', 'vestibule:metadata:acting-schemes'), (uri) => {
    expect(judge(uri)).toMatchObject(refusedBy('redirect-uris.acting-scheme'));
  });

  test.each([
    'app:/cb',
    'com.example.app:/cb',
    'warpdrive:/cb',
    'archive:/cb',
    'bank:/cb',
    'web+notes:/cb',
    'vscode://acme.notes/cb',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'cursor://anysphere.cursor-retrieval/cb',
    'windsurf://codeium.windsurf/cb',
    'vscode://codeium.codeium/cb',
    'vscode://GitHub.vscode-pull-request-github/cb',
    'vscode://ms-azuretools.vscode-docker/cb',
    'cursor://saoudrizwan.claude-dev/cb',
    'zedfactory:/cb',
    'expo:/cb',
    'com.applefarm.app:/cb',
  ])('%s does not act, and is accepted', (uri) => {
    expect(judge(uri)).toMatchObject({ ok: true });
  });

  test(cite('is accepted if it is a known vendor’s', 'vestibule:metadata:acting-schemes'), () => {
    expect(judge('warp://cb', { vendors: [warp] }, 'Warp')).toMatchObject({ ok: true });
    expect(judge('warp://cb', { vendors: [warp] }, 'Warp (notes)')).toMatchObject({ ok: true });
    const { registration: settings } = realmSettings({ registration: { vendors: [editor] } });
    expect(judge('raycast://acme.sync/cb', { settings }, 'Acme Sync')).toMatchObject({ ok: true });
    expect(judge('raycast://evil.sync/cb', { settings }, 'Acme Sync')).toMatchObject({ ok: false });
    expect(judge('warp://cb', { settings }, 'Warp')).toMatchObject({ ok: false });
  });

  test('is refused to a client that does not bear the vendor’s name', () => {
    const vendors = [warp, editor];
    for (const name of ['Notes', 'Acme Sync', '', 'Warped Notes']) {
      expect(judge('warp://cb', { vendors }, name)).toMatchObject(refusedBy('redirect-uris.acting-scheme'));
    }
  });

  test('is refused to a client that does not bear the vendor’s name in every language', () => {
    const names = { client_name: 'Warp', 'client_name#de': 'Meine Notizen' };
    const context = { settings: realmSettings().registration, scopes: [], vendors: [warp] };
    const body = { ...names, redirect_uris: ['warp://cb'] };
    expect(judgeRegistration(body, dynamicClientPolicy, context)).toMatchObject(
      refusedBy('redirect-uris.acting-scheme'),
    );
  });

  test('is accepted for a verified client', () => {
    expect(judge('warp://cb', { vouched: true })).toMatchObject({ ok: true });
  });
});
