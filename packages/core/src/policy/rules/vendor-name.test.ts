import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { realmSettings } from '../../realm/realm-settings.ts';
import type { Vendor } from '../../brand/vendor.ts';
import { judgeRegistration } from '../judge-registration.ts';
import { definePolicy } from '../policy.ts';
import type { PolicyContext } from '../rule.ts';
import { dynamicClientPolicy } from '../dynamic-client-policy.ts';
import { vendorName } from './vendor-name.ts';

const acme: Vendor = {
  name: 'Acme Mail',
  aliases: ['AcmeBox'],
  hosts: ['acme.example', '*.acme.example'],
  schemes: ['acme-mail', 'editor://acme.sync'],
};
const zylo: Vendor = { name: 'Zylo', hosts: ['zylo.example'] };
const widget: Vendor = { name: 'Widget', commonWords: ['Widget'], hosts: ['widget.example'] };
const offline: Vendor = { name: 'Offlinia', hosts: [] };
const own: Vendor = { name: 'Globex', hosts: ['globex.example'] };

const policy = definePolicy('test', 'none', [dynamicClientPolicy, vendorName]);
const judge = (
  names: Readonly<Record<string, string>>,
  redirectUris: readonly string[],
  more: Partial<PolicyContext> = {},
) =>
  judgeRegistration({ ...names, redirect_uris: redirectUris }, policy, {
    settings: realmSettings({ registration: { vendors: [own] } }).registration,
    scopes: [],
    vendors: [acme, zylo, widget, offline],
    ...more,
  });

const loopback = 'http://127.0.0.1:7777/cb';
const stranger = 'https://evil.example/cb';

describe('keeps', () => {
  test.each([
    [
      cite('a vendor at its host', 'vestibule:brand-protection:proof'),
      'Acme Mail',
      ['https://acme.example/cb'],
    ],
    ['a vendor one label below its host', 'Acme Mail', ['https://login.acme.example/cb']],
    ['a vendor’s app', 'Acme Mail', ['acme-mail://cb']],
    ['a vendor on all its ways', 'Acme Mail', ['https://acme.example/cb', 'acme-mail:/cb', loopback]],
    [
      cite('only loopback redirect URIs', 'vestibule:brand-protection:loopback'),
      'Acme Mail',
      [loopback, 'http://localhost/cb'],
    ],
    ['a program that is only ever on this computer', 'Offlinia', [loopback]],
    ['a vendor’s part of a scheme that others have parts of', 'Acme Mail', ['editor://acme.sync/cb']],
    ['a vendor that names another', 'Acme Mail for Zylo', ['https://acme.example/cb']],
    [
      'a vendor that names one whose name is a common word',
      'Acme Mail in Widget',
      ['https://acme.example/cb'],
    ],
    ['a vendor behind a common word of another', 'Widget Garden by Zylo', ['https://zylo.example/cb']],
    ['an unknown name', 'Garden Notes', [stranger]],
    ['a common word among others', 'Widget Garden', [stranger]],
    [
      'a host that is called like a vendor, where that is the name',
      undefined,
      ['https://zylo.evil.example/cb'],
    ],
    ['a host that says it is itself', 'zylo.evil.example', [loopback, 'https://zylo.evil.example/cb']],
    ['a host with a port', 'zylo.evil.example:8443', ['https://zylo.evil.example:8443/cb']],
    [
      'a host on several paths',
      'zylo.evil.example',
      ['https://zylo.evil.example/a', 'https://zylo.evil.example/b'],
    ],
  ])('%s', (_, name, redirectUris) => {
    expect(judge(name === undefined ? {} : { client_name: name }, redirectUris)).toMatchObject({ ok: true });
  });

  test(cite('a verified client', 'vestibule:brand-protection:vouched'), () => {
    expect(judge({ client_name: 'Acme Mail' }, [stranger], { vouched: true })).toMatchObject({ ok: true });
    expect(judge({ client_name: 'Acme Mail' }, [stranger], { vouched: false })).toMatchObject({ ok: false });
  });

  test('names where the realm knows no vendor', () => {
    const context = { settings: realmSettings().registration, scopes: [] };
    const body = { client_name: 'Acme Mail', redirect_uris: [stranger] };
    expect(judgeRegistration(body, policy, context)).toMatchObject({ ok: true });
  });
});

test('an entry with the name of a known vendor adds hosts to it, under all its names', () => {
  const more: Vendor = { name: 'Acme Mail', hosts: ['acme.test'] };
  const { registration: settings } = realmSettings({ registration: { vendors: [more] } });
  for (const client_name of ['Acme Mail', 'AcmeBox']) {
    expect(judge({ client_name }, ['https://acme.test/cb'], { settings })).toMatchObject({ ok: true });
  }
});

describe('refuses', () => {
  test.each([
    [cite('another host', 'vestibule:brand-protection:refused'), 'Acme Mail', [stranger]],
    [cite('another name', 'vestibule:brand-protection:aliases'), 'AcmeBox Sync', [stranger]],
    ['another host and a loopback address', 'Acme Mail', [loopback, stranger]],
    ['another host beside the vendor', 'Acme Mail', ['https://acme.example/cb', stranger]],
    [
      cite('a scheme that is not the vendor’s', 'vestibule:brand-protection:schemes'),
      'Acme Mail',
      ['acme-mai1:/cb', loopback],
    ],
    ['two labels below the host', 'Acme Mail', ['https://a.b.acme.example/cb']],
    ['a host that only ends like it', 'Acme Mail', ['https://evil-acme.example/cb']],
    ['another port of the host', 'Acme Mail', ['https://acme.example:8443/cb']],
    ['another vendor that is not named', 'Acme Mail', ['https://zylo.example/cb']],
    ['another host with two names', 'Acme Mail for Zylo', [stranger]],
    ['two vendors at once', 'Acme Mail for Zylo', ['https://acme.example/cb', 'https://zylo.example/cb']],
    ['a name in disguise', 'Аcme-М4il support', [stranger]],
    ['another part of the scheme', 'Acme Mail', ['editor://evil.sync/cb']],
    ['more than the part of the scheme', 'Acme Mail', ['editor://acme.sync.evil/cb']],
    ['the scheme without a part', 'Acme Mail', ['editor:/acme.sync/cb']],
    ['a vendor that is only mentioned', 'Acme Mail for Zylo', ['https://zylo.example/cb']],
    ['a common word that is only spoken of', 'Acme Mail in Widget', ['https://widget.example/cb']],
    ['a common word behind a name', 'Acme Mail Widget', ['https://widget.example/cb']],
    ['a host that the client does not have', 'zylo.evil.example', [stranger]],
    [
      'a vendor’s host, where answers go elsewhere too',
      'zylo.example',
      ['https://zylo.example/cb', stranger],
    ],
    [
      'a host of its own, where answers go elsewhere too',
      'zylo.evil.example',
      ['https://zylo.evil.example/cb', stranger],
    ],
    [
      'a vendor’s host, where an app gets answers too',
      'zylo.example',
      ['https://zylo.example/cb', 'evil:/cb'],
    ],
    [
      'a vendor’s host, where another port gets answers too',
      'zylo.example',
      ['https://zylo.example/cb', 'https://zylo.example:8443/cb'],
    ],
    ['a host in another spelling', 'Zylo.evil.example', ['https://zylo.evil.example/cb']],
    ['a host that is nothing but a name', 'zylo', ['https://zylo/cb']],
  ])('%s', (_, name, redirectUris) => {
    expect(judge({ client_name: name }, redirectUris)).toMatchObject({
      ok: false,
      refusal: { code: 'invalid_client_metadata', rule: 'client-name.vendor' },
    });
  });

  test(cite('a vendor’s name in any language', 'vestibule:brand-protection:languages'), () => {
    const names = { client_name: 'Notes', 'client_name#fr': 'Carnet', 'client_name#ru': 'Аcme Mаil' };
    expect(judge(names, [stranger])).toMatchObject({
      ok: false,
      refusal: { description: expect.stringContaining('client_name#ru') },
    });
  });

  test('a vendor’s name in one language, though another name is proven', () => {
    const names = { client_name: 'Zylo', 'client_name#fr': 'Acme Mail' };
    expect(judge(names, ['https://zylo.example/cb'])).toMatchObject({ ok: false });
  });

  test(cite('a name of the realm’s own vendors', 'vestibule:brand-protection:own-vendors'), () => {
    expect(judge({ client_name: 'G1obex' }, [stranger])).toMatchObject({ ok: false });
    expect(judge({ client_name: 'Globex' }, ['https://globex.example/cb'])).toMatchObject({ ok: true });
  });

  test('the realm’s own vendor for one of the directory, and the other way round', () => {
    const isKept = (name: string, uri: string) => judge({ client_name: name }, [uri]).ok;
    expect(isKept('Zylo for Globex', 'https://globex.example/cb')).toBe(false);
    expect(isKept('Zylo for Globex', 'https://zylo.example/cb')).toBe(true);
    expect(isKept('Globex for Zylo', 'https://globex.example/cb')).toBe(true);
    expect(isKept('Globex for Zylo', 'https://zylo.example/cb')).toBe(false);
  });
});

describe('a document', () => {
  const at = (documentHost: string, name: string | undefined, redirectUris: readonly string[]) =>
    judge(name === undefined ? {} : { client_name: name }, redirectUris, { documentHost });

  test.each([
    ['a vendor’s host, over loopback', 'acme.example', 'Acme Mail', [loopback]],
    ['a vendor’s host, with another name of the vendor', 'login.acme.example', 'AcmeBox', [loopback]],
    ['a vendor’s host, with its own hosts', 'acme.example', 'Acme Mail', ['https://login.acme.example/cb']],
    ['a vendor’s host, with its app and loopback', 'acme.example', 'Acme Mail', ['acme-mail:/cb', loopback]],
    ['a host of the realm’s own vendor', 'globex.example', 'Globex', [loopback]],
    ['a stranger’s host, with the vendor’s hosts only', 'evil.example', 'Zylo', ['https://zylo.example/cb']],
    ['a stranger’s host, with a name of its own', 'evil.example', 'Garden Notes', [loopback, stranger]],
    ['a stranger’s host, with that host as the name', 'zylo.evil.example', 'zylo.evil.example', [loopback]],
    ['a stranger’s host, without a name', 'evil.example', undefined, ['https://zylo.evil.example/cb']],
  ])(cite('is kept from %s', 'vestibule:brand-protection:document-host'), (_, host, name, redirectUris) => {
    expect(at(host, name, redirectUris)).toMatchObject({ ok: true });
  });

  test.each([
    ['a stranger’s host, over loopback', 'evil.example', 'Acme Mail', [loopback]],
    [
      'a stranger’s host, with the vendor’s hosts and loopback',
      'evil.example',
      'Acme Mail',
      ['https://acme.example/cb', loopback],
    ],
    ['a stranger’s host, with a name in disguise', 'evil.example', 'Аcme М4il', [loopback]],
    ['a vendor’s host, with a host that is not the vendor’s', 'acme.example', 'Acme Mail', [stranger]],
    ['a vendor’s host at another port', 'acme.example:8443', 'Acme Mail', [loopback]],
    ['a host two labels below a vendor’s', 'a.b.acme.example', 'Acme Mail', [loopback]],
    ['a host of another vendor', 'zylo.example', 'Acme Mail', [loopback]],
    ['a host of a vendor that is only mentioned', 'zylo.example', 'Acme Mail for Zylo', [loopback]],
    ['any host, with the name of a vendor without hosts', 'offlinia.example', 'Offlinia', [loopback]],
    ['a host with a vendor’s name that is not the name', 'zylo.evil.example', 'Zylo', [loopback]],
    ['a host that is nothing but a name', 'zylo', 'zylo', [loopback]],
    ['a host as the name, where answers go elsewhere', 'zylo.evil.example', 'zylo.evil.example', [stranger]],
  ])(cite('is refused from %s', 'vestibule:brand-protection:document-host'), (_, host, name, uris) => {
    expect(at(host, name, uris)).toMatchObject({ ok: false, refusal: { rule: 'client-name.vendor' } });
  });

  test.each([
    [
      'Acme Mail',
      "client_name is, or looks like, a name of 'Acme Mail'; choose another name, or publish the document at a host of theirs and redirect there or to this computer [client-name.vendor]",
    ],
    [
      'Offlinia',
      "client_name is, or looks like, a name of 'Offlinia'; choose another name [client-name.vendor]",
    ],
  ])('is told what is wrong with the name %s and what to do', (name, description) => {
    expect(at('evil.example', name, [loopback])).toMatchObject({ ok: false, refusal: { description } });
  });
});

test.each([
  [
    'Acme Mall',
    "client_name is, or looks like, a name of 'Acme Mail'; choose another name, or redirect to a host of theirs and nowhere else [client-name.vendor]",
  ],
  [
    'Offlinia',
    "client_name is, or looks like, a name of 'Offlinia'; choose another name, or redirect to this computer and nowhere else [client-name.vendor]",
  ],
])('says of %s what is wrong and what to do', (name, description) => {
  expect(judge({ client_name: name }, [stranger])).toMatchObject({ ok: false, refusal: { description } });
});
