import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { realmSettings } from '../../realm/settings.ts';
import type { Vendor } from '../../brand/vendor.ts';
import { judgeRegistration } from '../judge-registration.ts';
import type { PolicyContext } from '../rule.ts';
import { selfIntroduced } from '../self-introduced.ts';

const warp: Vendor = { name: 'Warp', hosts: [], schemes: ['warp'] };
const editor: Vendor = { name: 'Acme Sync', hosts: [], schemes: ['raycast://acme.sync'] };

const judge = (uri: string, more: Partial<PolicyContext> = {}) =>
  judgeRegistration({ client_name: 'Notes', redirect_uris: [uri, 'http://localhost/cb'] }, selfIntroduced, {
    settings: realmSettings().registration,
    scopes: [],
    ...more,
  });

const refusedBy = (rule: string) => ({ ok: false, refusal: { code: 'invalid_redirect_uri', rule } });

describe('a private-use redirect URI with a query', () => {
  test.each(['app:/cb?x=1', 'app:/cb?', 'app://place?x', 'app:/?run=1&x=2', 'com.example.app:/cb?a'])(
    cite('%s is refused a client that nobody vouches for', 'vestibule:metadata:private-use-query'),
    (uri) => {
      expect(judge(uri)).toMatchObject(refusedBy('redirect-uris.private-use-query'));
      expect(judge(uri, { vouched: true })).toMatchObject({ ok: true });
    },
  );

  test.each(['app:/cb', 'app:/cb%3Fx', 'https://app.example/cb?x=1', 'http://127.0.0.1/cb?x=1'])(
    '%s is none, and is accepted',
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
  ])('%s is none, and is accepted', (uri) => {
    expect(judge(uri)).toMatchObject({ ok: true });
  });

  test(cite('is accepted if it is a known vendor’s', 'vestibule:metadata:acting-schemes'), () => {
    expect(judge('warp://cb', { vendors: [warp] })).toMatchObject({ ok: true });
    const { registration: settings } = realmSettings({ registration: { vendors: [editor] } });
    expect(judge('raycast://acme.sync/cb', { settings })).toMatchObject({ ok: true });
    expect(judge('raycast://evil.sync/cb', { settings })).toMatchObject({ ok: false });
    expect(judge('warp://cb', { settings })).toMatchObject({ ok: false });
  });

  test('is accepted of a client that is vouched for', () => {
    expect(judge('warp://cb', { vouched: true })).toMatchObject({ ok: true });
  });
});
