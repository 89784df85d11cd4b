/* oxlint-disable unicorn/no-useless-spread -- Rows of a table, several strings to a line. */
/** The registered URIs of the attacked clients: a website, loopback addresses, and private-use schemes. */
export const REGISTERED = [
  'https://app.example/cb',
  'http://127.0.0.1:4711/cb',
  'com.example.app:/cb',
  'cursor://anysphere.cursor-mcp/oauth/callback',
] as const;

/** A string that resembles one of {@link REGISTERED}. */
export interface Lure {
  readonly trick: string;
  readonly uri: string;
  /** Whether it can be registered itself, because browsers read it as it is written. */
  readonly registrable: boolean;
}

interface Strings {
  /** Strings that cannot be registered. */
  readonly never?: readonly string[];
  /** Strings that lead elsewhere, or are spelled differently: they can be registered, and are none of those above. */
  readonly another?: readonly string[];
}

const SITE = 'https://app.example';
const after = (start: string, ends: readonly string[]): readonly string[] =>
  ends.map((end) => `${start}${end}`);

/** Characters at which some parsers end a user name, a host or a text. */
const SEPARATORS = [
  ...['%00', '%09', '%0d%0a', '%20', '%23', '%2f', '%3f', '%40', '%5c', '%ff'],
  ...['&', ';', ',', '!', '=', '$', '+', "'", '(', '*', '~'],
];

/** Invisible characters, which some parsers drop or end at. */
const UNSEEN = [
  ...['\t', '\n', '\r', '\r\n', ' ', '\u0000', '\u0007', '\u007F', '\u0085', '\u00A0', '\u00AD', '\u180E'],
  ...['\u200B', '\u200D', '\u200E', '\u2028', '\u202E', '\u2060', '\u3000', '\uFEFF', '\uFFFD', '\u{E0041}'],
];

/** Characters that are read as a letter, a dot or a slash by people and by parsers that normalize. */
const FOLDED = [
  ...['\u0430pp.example', 'app.\u0435xample', '\uFF41pp.example', '\u{1D41A}pp.example', '\u24D0pp.example'],
  ...['app\u3002example', 'app\uFF0Eexample', 'app\uFF61example', 'app\u2024example', 'app.exampl\u00E9'],
  ...['app.example\u2044cb', 'app.example\u2215cb', 'app.example\uFF0Fcb', 'app.example\u29F8cb'],
  ...['app.example\uFF1Fx', 'app.example\uFF03x', 'app.example\uFF20evil.example', 'app.example\u2100x'],
  ...['app.example\uFE55443', 'app.example\uFF1A443', '\u2460pp.example', 'app.example\u0338'],
];

/** Loopback hosts, and what a lenient parser treats as one. */
const LOOPBACK_LIKE = [
  ...['2130706433', '0x7f000001', '0x7f.0.0.1', '0x7f.1', '0177.0.0.1', '017700000001', '127.1', '127.0.1'],
  ...['127.0.0.01', '127.000.000.001', '127.0.0.1.', '127.0.0.2', '127.255.255.254', '0', '0.0.0.0'],
  ...['127.0.0.1.nip.example', '127-0-0-1.example', 'localhost.', 'LOCALHOST', 'LocalHost', 'sub.localhost'],
  ...['localhost.evil.example', 'localhost.localdomain', 'evil-localhost', 'ip6-localhost', '10.0.0.1'],
  ...[
    '169.254.169.254',
    '192.168.0.1',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[0::1]',
    '[::01]',
    '[::ffff:127.0.0.1]',
  ],
  ...[
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::1%25lo]',
    '[::1%lo]',
    '[fe80::1]',
    '[::1',
    '::1',
    '[::1].x.example',
  ],
  ...['\u2460\u2461\u2466.0.0.1', '127\u30020.0.1', '127.0.0.1%2eevil.example', '127.0.0.1,evil.example', ''],
];

const NOT_WEB = [
  ...['', '*', 'null', 'cb', '/cb', '//app.example/cb', 'app.example/cb', '://app.example/cb', 'https:'],
  ...['https:app.example/cb', 'https:/app.example/cb', 'https:////app.example/cb', 'https ://app.example/cb'],
  ...['https:// app.example/cb', 'http://app.example/cb', 'HTTP://app.example/cb', 'ftp://app.example/cb'],
  ...['ws://app.example/cb', 'wss://app.example/cb', 'file://app.example/cb', 'blob:https://app.example/cb'],
  ...[
    'filesystem:https://app.example/cb',
    'view-source:https://app.example/cb',
    'jar:https://app.example!/cb',
  ],
  ...['feed:https://app.example/cb', 'javascript://app.example/cb', 'data://app.example/cb'],
  ...['intent://app.example/cb', 'x-safari-https://app.example/cb', 'microsoft-edge:https://app.example/cb'],
  ...['googlechromes://app.example/cb', 'ms-cursor://anysphere.cursor-mcp/oauth/callback'],
];

const TABLE: Readonly<Record<string, Strings>> = {
  'user information': {
    never: [
      ...['app.example@evil.example', 'app.example:443@evil.example', 'evil.example@app.example'].map(
        (host) => `https://${host}/cb`,
      ),
      ...['someone@', 'someone:secret@', '@', ':@', 'a@b@'].map((user) => `https://${user}app.example/cb`),
      'https://app.example[@evil.example/cb',
      'https://app.example:80@evil.example:443@x/cb',
      ...SEPARATORS.map((separator) => `${SITE}${separator}@evil.example/cb`),
      'http://127.0.0.1:4711@evil.example/cb',
      'http://someone@127.0.0.1:4711/cb',
      'com.example.app://someone@/cb',
      'cursor://someone@anysphere.cursor-mcp/oauth/callback',
      'cursor://anysphere.cursor-mcp@evil.example/oauth/callback',
    ],
  },
  backslash: {
    never: [
      ...after(SITE, [
        '\\@evil.example/cb',
        '\\.evil.example/cb',
        '\\cb',
        '/\\evil.example',
        '/cb\\',
        '/cb\\..\\x',
      ]),
      ...['\\@', '\\.', '%5c@', '%5c'].map((between) => `https://evil.example${between}app.example/cb`),
      ...['https:\\\\app.example\\cb', 'https:\\\\app.example/cb', 'https:/\\app.example/cb'],
      ...[
        'https:\\/app.example/cb',
        '\\\\app.example\\cb',
        '/\\app.example/cb',
        'http:\\\\127.0.0.1:4711\\cb',
      ],
      'https://app.example%5c.evil.example/cb',
      'http://127.0.0.1\\@evil.example/cb',
      'cursor:\\\\anysphere.cursor-mcp\\oauth\\callback',
    ],
    another: after(SITE, ['/cb%5c', '/%5cevil.example/cb']),
  },
  'characters that nobody sees': {
    never: UNSEEN.flatMap((unseen) => [
      `${unseen}${SITE}/cb`,
      `https://app.exa${unseen}mple/cb`,
      `${SITE}/cb${unseen}`,
    ]),
  },
  'a scheme that is split': {
    never: ['ht\ttps', 'https\n', 'https:\t', 'https:/\r'].map((scheme) => `${scheme}://app.example/cb`),
  },
  'letters that look alike': { never: FOLDED.map((folded) => `https://${folded}/cb`) },
  'names in another script': {
    never: ['https://xn--pp-6kc.example\u0301/cb', 'https://\u0430pp.xn--example/cb'],
    another: ['https://xn--pp-6kc.example/cb', 'https://XN--PP-6KC.example/cb'],
  },
  'dots and slashes that are encoded': {
    never: [
      ...['app%2eexample', 'app%2Eexample', '%61pp.example', 'app.ex%61mple'].map(
        (host) => `https://${host}/cb`,
      ),
      ...after(SITE, ['%2fcb', '%2F/cb', '%3a443/cb', '/cb%', '/cb%2', '/cb%zz', '/%u002e%u002e/cb']),
      ...['%2f', '%40', '%2540', '%00', '%23', '%3f'].map((between) => `${SITE}${between}.evil.example/cb`),
      ...['https%3a//app.example/cb', 'https%3A%2F%2Fapp.example%2Fcb', 'https:%2f%2fapp.example/cb'],
      ...['https:/%2fapp.example/cb', '%68ttps://app.example/cb'],
    ],
    another: after(SITE, [
      ...['/%63b', '/c%62', '/%2fcb', '/%2e/cb', '/%2E/cb', '/x/%2e%2e/cb', '/x/..%2fcb', '/x%2f..%2fcb'],
      ...['/%252e%252e/cb', '/cb%2f', '/cb%00', '/cb%09', '/cb%0a', '/cb%0d%0aset-cookie:x=y', '/cb%20'],
      ...['/cb%23', '/cb%3f', '/cb%3Fx=1', '/cb%c0%af', '/cb%e2%80%ae'],
    ]),
  },
  'tricks with the path': {
    never: after(SITE, [
      ...[
        '/cb#',
        '/cb#x',
        '/cb#@evil.example/',
        '/#/cb',
        '#@evil.example/cb',
        '/{cb}',
        '/<cb>',
        '/"cb"',
        '/|cb',
      ],
      ...['/^cb', '/`cb`', '/c\u00FC', `/cb?${'x'.repeat(2_048)}`],
    ]),
    another: after(SITE, [
      ...[
        '',
        '/',
        '/c',
        '/cbx',
        '/cb.html',
        '/cb/',
        '/cb//',
        '//cb',
        '/./cb',
        '/cb/.',
        '/cb/..',
        '/cb/../cb',
      ],
      ...[
        '/cb/../../evil',
        '/x/../cb',
        '/cb/evil',
        '/CB',
        '/Cb',
        '/cb;x',
        '/;/cb',
        '/cb:x',
        '/cb@evil.example',
      ],
      ...[
        '/cb&x',
        '/cb=',
        '/cb~',
        '/cb*',
        '/*',
        '/cb?',
        '/cb?x=1',
        '/cb?next=https://evil.example/',
        '/cb??',
      ],
      '?/cb',
    ]),
  },
  'parameters that the answer brings': {
    never: ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'response', 'CODE', 'Iss'].map(
      (name) => `${SITE}/cb?x=1&${name}=https://evil.example`,
    ),
  },
  'another host': {
    never: [
      ...['*', '*.example', '*.app.example', 'app.example,evil.example', 'app.example evil.example'],
      ...['app.example$.evil.example', "app.example'.evil.example", ''],
    ].map((host) => `https://${host}/cb`),
    another: [
      ...[
        'evil.example',
        'app.example.evil.example',
        'sub.app.example',
        'evilapp.example',
        'evil-app.example',
      ],
      ...['appexample', 'app-example', 'app_example', 'app.exampleevil', 'pp.example'],
      ...['evil.example/app.example', 'evil.example/https://app.example'],
    ].map((host) => `https://${host}/cb`),
  },
  'a dot too many': {
    never: [
      'app.example.',
      'app.example.:443',
      'app.example..',
      'app..example',
      '.app.example',
      'app.example.%2e',
    ].map((host) => `https://${host}/cb`),
  },
  'games with the port': {
    never: [
      ...[
        '',
        'x',
        '-443',
        '+443',
        '0x1bb',
        '443:443',
        '443 ',
        ' 443',
        '\uFF14\uFF14\uFF13',
        '65536',
        '99999',
      ],
      ...['0000443', '443%20'],
    ]
      .map((port) => `${SITE}:${port}/cb`)
      .concat(['', '65536', '4711:4711', 'x', '-1'].map((port) => `http://127.0.0.1:${port}/cb`)),
    another: ['443', '0443', '80', '8443', '65535']
      .map((port) => `${SITE}:${port}/cb`)
      .concat(after('http://127.0.0.1:4711', ['/cb/', '/CB', '//cb', '/cb?x=1', '/x/../cb'])),
  },
  'another scheme, or another case': {
    never: NOT_WEB,
    another: ['HTTPS://app.example/cb', 'https://APP.example/cb', 'https://app.EXAMPLE/cb'],
  },
  'this computer by another name': {
    never: LOOPBACK_LIKE.map((host) => `http://${host}:4711/cb`),
    another: ['http://localhost:4711/cb', 'http://[::1]:4711/cb', 'https://127.0.0.1/cb'],
  },
  'an address for a website': {
    never: [
      ...['2130706433', '0x7f.0.0.1', '0177.0.0.1', '127.1', '1.2.3', '0', '127.0.0.1.', '1.1.1.1.1'],
      ...['256.256.256.256', '[::ffff:127.0.0.1]', '[0:0:0:0:0:0:0:1]', '[v1.x]', '[]', '[app.example]'],
    ].map((host) => `https://${host}/cb`),
  },
  'private-use schemes that look alike': {
    never: [
      ...after('com.example.app:', ['cb', '', '?x', '/cb#x', '/cb?code=x', '/cb?x=1', '\\cb']),
      ...['com.\u0435xample.app:/cb', 'com.example.app\u200B:/cb', 'c:/cb'],
      'cursor:anysphere.cursor-mcp/oauth/callback',
      ...[
        'cursor://evil',
        'cursor:',
        'cursor://',
        'cursor://anysphere.cursor-mcp.evil',
        'cursor://anysphere.cursor-mcp:8443',
      ].map((start) => `${start}/oauth/callback`),
    ],
    another: [
      ...after('com.example.app:', ['//cb', '///cb', '/cb/', '/CB', '/%63b']),
      ...['COM.EXAMPLE.APP', 'com.example.app2', 'com.example.ap', 'com-example-app', 'org.example.app'].map(
        (scheme) => `${scheme}:/cb`,
      ),
      ...['cursors://anysphere.cursor-mcp', 'cursor-mcp://anysphere.cursor-mcp'].map(
        (start) => `${start}/oauth/callback`,
      ),
      'CURSOR://anysphere.cursor-mcp/oauth/callback',
      'cursor://anysphere.cursor-mcp/oauth/callback/..',
    ],
  },
};

const lures = (trick: string, uris: readonly string[], registrable: boolean): readonly Lure[] =>
  uris.map((uri) => ({ trick, uri, registrable }));

/** Every string of the table. */
export const LURES: readonly Lure[] = Object.entries(TABLE).flatMap(([trick, { never = [], another = [] }]) =>
  lures(trick, never, false).concat(lures(trick, another, true)),
);
