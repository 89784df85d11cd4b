import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { RedirectUriRule } from './parse-redirect-uri.ts';
import { MAX_REDIRECT_URI_LENGTH, parseRedirectUri } from './parse-redirect-uri.ts';
import type { RedirectUri } from './redirect-uri.ts';

type Expected = Partial<RedirectUri>;

/** The longest possible host: labels of 63 characters three times and of 61 once, with three dots. */
const LONGEST_HOST = [...Array.from({ length: 3 }, () => 'a'.repeat(63)), 'a'.repeat(61)].join('.');

describe(cite('accepts', 'rfc7591:5:redirect-kinds', 'oauth2.1:8.4.3:scheme'), () => {
  const table: [string, Expected][] = [
    ['https://app.example/cb', { kind: 'https', host: 'app.example' }],
    ['https://app.example', { kind: 'https', host: 'app.example' }],
    ['https://app.example:8443/cb', { kind: 'https', host: 'app.example:8443' }],
    ['https://app.example:443/cb', { kind: 'https', host: 'app.example' }],
    ['https://APP.Example/cb', { kind: 'https', host: 'app.example' }],
    ['HTTPS://app.example/cb', { kind: 'https', host: 'app.example' }],
    ['https://app.example/cb?next=/a@b', { kind: 'https', host: 'app.example' }],
    ['https://app.example/cb?encode=1&statement=2', { kind: 'https', host: 'app.example' }],
    ['https://app.example/a%20b', { kind: 'https', host: 'app.example' }],
    ['https://xn--bcher-kva.example/cb', { kind: 'https', host: 'xn--bcher-kva.example' }],
    ['https://localhost/cb', { kind: 'https', host: 'localhost' }],
    ['https://192.0.2.1/cb', { kind: 'https', host: '192.0.2.1' }],
    ['https://[2001:db8::1]/cb', { kind: 'https', host: '[2001:db8::1]' }],
    [`https://${LONGEST_HOST}:8443/cb`, { kind: 'https', host: `${LONGEST_HOST}:8443` }],
    ['http://localhost/cb', { kind: 'loopback', host: 'localhost', target: '/cb' }],
    ['http://localhost:1234/cb?x=1', { kind: 'loopback', host: 'localhost', target: '/cb?x=1' }],
    ['http://127.0.0.1', { kind: 'loopback', host: '127.0.0.1', target: '/' }],
    ['http://127.0.0.1/', { kind: 'loopback', host: '127.0.0.1', target: '/' }],
    ['http://127.0.0.1:33418?x', { kind: 'loopback', host: '127.0.0.1', target: '/?x' }],
    ['http://[::1]:8080/cb', { kind: 'loopback', host: '[::1]', target: '/cb' }],
    [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      { kind: 'private-use', scheme: 'cursor', authority: 'anysphere.cursor-mcp' },
    ],
    ['com.example.app:/oauth2redirect', { kind: 'private-use', scheme: 'com.example.app' }],
    ['Com.Example.App:/cb', { kind: 'private-use', scheme: 'com.example.app' }],
    ['app:///cb', { kind: 'private-use', scheme: 'app' }],
    ['app:/', { kind: 'private-use', scheme: 'app' }],
    ['app://place', { kind: 'private-use', scheme: 'app', authority: 'place' }],
    ['http://localhost:65535/cb', { kind: 'loopback', host: 'localhost', target: '/cb' }],
  ];
  test.each(table)('%s', (raw, expected) => {
    expect(parseRedirectUri(raw)).toMatchObject({ ok: true, uri: { raw, ...expected } });
  });
});

describe(
  cite(
    'refuses',
    'rfc7591:5:redirect-kinds',
    'vestibule:metadata:redirect-uri-form',
    'rfc9700:4.1.3:kinds',
    'mcp:communication-security:redirect-uris',
  ),
  () => {
    const long = `https://app.example/${'a'.repeat(MAX_REDIRECT_URI_LENGTH)}`;
    const table: Record<RedirectUriRule, readonly string[]> = {
      'redirect-uris.length': [long],
      'redirect-uris.characters': [
        '',
        ' https://app.example/cb',
        'https://app.example/cb ',
        'https://app.example/a b',
        'https://app.example/\tcb',
        'https://app.example/cb\n',
        'https://app.example/cb\r\nX: y',
        'https://app.example/\u0000',
        'java\nscript:alert(1)',
        '\u0001javascript:alert(1)',
        'https://app.example\\@evil.example/',
        'https:\\\\app.example\\cb',
        'https://app.example/"onload="x',
        'https://app.example/<script>',
        'https://app.example/{id}',
        'https://app.example/|',
        'https://app.example/^',
        'https://app.example/`',
        'https://app.example/%',
        'https://app.example/%2',
        'https://app.example/%zz',
        'https://ex\u00E4mple.example/cb',
        'https://app.example\u3002evil.example/',
        'https://\u0430pp.example/cb',
        'https://app.example/\uD800',
        'https://app\u00AD.example/cb',
        'http://127\uFF0E0.0.1/cb',
        'http://\uFF11\uFF12\uFF17.0.0.1/cb',
        'http://loc\u200Balhost/cb',
      ],
      'redirect-uris.fragment': [
        'https://app.example/cb#',
        'https://app.example/cb#x',
        'https://app.example#@evil.example/',
        'http://127.0.0.1/#/cb',
        'cursor://host/cb#x',
      ],
      'redirect-uris.query': [
        'https://app.example/cb?code=x',
        'https://app.example/cb?x=1&state',
        'https://app.example/cb?+code=x',
        'https://app.example/cb?code+=x',
        'https://app.example/cb?%20state%20=x',
        'https://app.example/cb?x;code[]=x',
        'https://app.example/cb?ISS=https://evil.example',
        'http://localhost/cb?error=x',
        'app:/cb?error_description=x',
      ],
      'redirect-uris.absolute': [
        'app.example/cb',
        '/cb',
        '//app.example/cb',
        'https:app.example/cb',
        'https:/app.example/cb',
        'https:',
        'http:localhost/cb',
        'http:/localhost/cb',
        'app:',
        'app:callback',
        'app:?x',
        'app://[',
        '1app:/cb',
        '://app.example',
        '*',
      ],
      'redirect-uris.scheme': [
        'javascript:alert(1)',
        'JavaScript://app.example/%0aalert(1)',
        'data:text/html,x',
        'vbscript:x',
        'file:///etc/passwd',
        'blob:https://app.example/x',
        'filesystem:https://app.example/x',
        'about:blank',
        'view-source:https://app.example/',
        'ftp://app.example/',
        'ws://app.example/',
        'wss://app.example/',
        'urn:ietf:wg:oauth:2.0:oob',
        'mailto:a@app.example',
        'tel:1',
        'sms:1',
        'intent://x#Intent;end'.replace('#', '%23'),
        'chrome://settings',
        'chrome-extension://abc/cb',
        'moz-extension://abc/cb',
        'ms-msdt:/id',
        'ms-settings:',
        'search-ms:query=x',
        'jar:https://app.example!/x',
        'ssh://app.example/',
        'webcal://app.example/',
        'x-safari-https://app.example/',
        'microsoft-edge-https://app.example/',
        'c:/windows/system32/cmd.exe',
        'itms-appss://x',
      ],
      'redirect-uris.user-info': [
        'https://user@app.example/cb',
        'https://user:pw@app.example/cb',
        'https://@app.example/cb',
        'https://app.example:443@evil.example/cb',
        'https://app.example%40@evil.example/',
        'http://localhost@evil.example/cb',
        'http://127.0.0.1:80@evil.example/',
        'cursor://user@host/cb',
      ],
      'redirect-uris.host': [
        'https://',
        'https:///cb',
        'https://?x',
        'https://:443/cb',
        'https://app.example:/cb',
        'https://app.example:x/cb',
        'https://app.example:99999/cb',
        'https://app.example:123456/cb',
        'https://app%2Eexample/cb',
        'https://%61pp.example/cb',
        'https://*/cb',
        'https://*.app.example/cb',
        'https://app.example,evil.example/cb',
        'https://app.example%2F@x/'.replace('@', ''),
        'https://2130706433/cb',
        'https://0x7f.0.0.1/cb',
        'https://0177.0.0.1/cb',
        'https://127.1/cb',
        'https://[0:0:0:0:0:0:0:1]/cb',
        'https://[::ffff:127.0.0.1]/cb',
        'https://[::1/cb',
        'https://::1/cb',
        `https://${LONGEST_HOST}b/cb`,
        `https://${LONGEST_HOST}.b:8443/cb`,
        `https://app.${'a'.repeat(64)}.example/cb`,
        `https://${'a.'.repeat(900)}example/cb`,
        'http://localhost:65536/cb',
        'http://localhost:70000/cb',
        'http://127.0.0.1:99999/',
      ],
      'redirect-uris.http-host': [
        'http://app.example/cb',
        'http://LOCALHOST/cb',
        'http://Localhost/cb',
        'http://localhost./cb',
        'http://localhost.evil.example/cb',
        'http://evil-localhost/cb',
        'http://sub.localhost/cb',
        'http://127.0.0.2/cb',
        'http://127.0.0.1.nip.example/cb',
        'http://127.0.0.1./cb',
        'http://127.1/cb',
        'http://127.000.000.001/cb',
        'http://0177.0.0.1/cb',
        'http://0x7f000001/cb',
        'http://2130706433/cb',
        'http://0.0.0.0/cb',
        'http://0/cb',
        'http://[::]/cb',
        'http://[0:0:0:0:0:0:0:1]/cb',
        'http://[::ffff:127.0.0.1]/cb',
        'http://[::1%25eth0]/cb',
        'http://::1/cb',
        'http://192.168.0.1/cb',
        'http://localhost%2eevil.example/cb',
        'http://localhost:/cb',
        'http://localhost:80:80/cb',
        'http://localhost:123456/cb',
        'http:///cb',
        'HTTP://evil.example/cb',
      ],
    };
    const cases = Object.entries(table).flatMap(([rule, uris]) =>
      uris.map((raw): [string, string] => [rule, raw]),
    );
    test.each(cases)('%s: %j', (rule, raw) => {
      expect(parseRedirectUri(raw)).toMatchObject({ ok: false, rule });
    });
  },
);

test(
  cite(
    'what is accepted is what a URL parser reads, whatever the text',
    'vestibule:metadata:redirect-uri-form',
  ),
  () => {
    const piece = fc.constantFrom(
      'https://',
      'http://',
      'app:/',
      'localhost',
      '127.0.0.1',
      '[::1]',
      'a.example',
      ':80',
      '@',
      '/',
      '\\',
      '?',
      '%2e',
      '.',
      '#',
      '\t',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
        (raw) => {
          const parsed = parseRedirectUri(raw);
          if (!parsed.ok) return;
          const url = URL.parse(raw);
          expect(url).toMatchObject({ username: '', password: '' });
          if (parsed.uri.kind === 'https') expect(url?.host).toBe(parsed.uri.host);
          if (parsed.uri.kind === 'loopback') expect(url?.hostname).toBe(parsed.uri.host);
        },
      ),
      { numRuns: 2_000 },
    );
  },
);

/** Labels that URL parsers read in their own way, or refuse. */
const label = fc.oneof(
  fc.constantFrom(
    'xn--',
    'xn--a',
    'xn--mnchen-3ya',
    'a-',
    '-a',
    'a--b',
    '0x7f',
    '0xg',
    '127',
    '1',
    'b1',
    '1b',
    'e1',
  ),
  fc.string({ unit: fc.constantFrom('a', 'x', 'n', '-', '0', '7', 'f'), minLength: 1, maxLength: 6 }),
  fc.nat(70).map((length) => 'a'.repeat(length)),
);
const path = fc
  .array(fc.constantFrom('/', 'a', '.', '~', '-', '_', '0', '%41', "'"), { maxLength: 6 })
  .map((parts) => `/${parts.join('')}`);

test('accepts an https host without capitals if and only if a URL parser reads the same host and it fits the DNS', () => {
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), path, (labels, target) => {
      const host = labels.join('.');
      const parsed = parseRedirectUri(`https://${host}${target}`);
      const isReadAlike = URL.parse(`https://${host}${target}`)?.host === host;
      const isShort = labels.every(({ length }) => length > 0 && length <= 63) && host.length <= 253;
      expect(parsed.ok ? parsed.uri : parsed.rule).toEqual(
        isReadAlike && isShort
          ? { kind: 'https', raw: `https://${host}${target}`, host }
          : 'redirect-uris.host',
      );
    }),
    { numRuns: 5_000 },
  );
});
