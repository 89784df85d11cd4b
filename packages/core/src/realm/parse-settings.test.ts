import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseEachSetting, parseSettings } from './parse-settings.ts';
import { problemLine } from './problem.ts';
import { settingPaths } from './schema/settings-schema.ts';
import { leavesOf, objectOf } from './setting-tree.ts';
import { DEFAULT_REALM_SETTINGS } from './settings.ts';

const problemsOf = (value: unknown): readonly string[] => {
  const parsed = parseSettings(value);
  return parsed.ok ? [] : parsed.problems.map(problemLine);
};

test('settings may be what they are by default', () => {
  expect(parseSettings(DEFAULT_REALM_SETTINGS)).toEqual({ ok: true, value: DEFAULT_REALM_SETTINGS });
});

test('absent settings are not among the parsed ones', () => {
  expect(parseSettings({})).toEqual({ ok: true, value: {} });
  expect(parseSettings({ registration: { open: true }, lifetimes: undefined })).toEqual({
    ok: true,
    value: { registration: { open: true } },
  });
});

test('every default is of a known setting', () => {
  const paths = leavesOf(DEFAULT_REALM_SETTINGS).map(({ path }) => path);
  expect(settingPaths()).toEqual(expect.arrayContaining([...paths, 'registration.candidate.vendors']));
});

const ISSUER = { name: 'Vouching House', issuer: 'https://vouch.example', algorithms: ['ES256'] };

const SNAPSHOT = {
  client_id: 'https://app.example/client.json',
  client_name: 'Notes',
  redirect_uris: ['http://localhost/cb'],
};

test.each([
  ['2026-12-01T09:30:00Z', Date.UTC(2026, 11, 1, 9, 30)],
  ['2026-12-01T09:30:00.5+01:00', Date.UTC(2026, 11, 1, 8, 30) + 500],
  [1_796_117_400_000, 1_796_117_400_000],
])('the time of a snapshot can be %s, and is stored in milliseconds', (takenAt, stored) => {
  const document = { ...SNAPSHOT, unknown: { list: [1] } };
  const parsed = parseSettings({ metadataDocuments: { snapshots: [{ document, takenAt }] } });
  const value = { metadataDocuments: { snapshots: [{ document, takenAt: stored }] } };
  expect(parsed).toEqual({ ok: true, value });
  expect(parseSettings(value)).toEqual({ ok: true, value });
});

test.each(['yesterday', '2026-12-01', 1.5, null])('the time of a snapshot cannot be %s', (takenAt) => {
  const problems = problemsOf({ metadataDocuments: { snapshots: [{ document: SNAPSHOT, takenAt }] } });
  expect(problems).toEqual([
    'metadataDocuments.snapshots[0].takenAt: must be a time such as 2026-12-01T09:30:00Z, or milliseconds since 1970',
  ]);
});

describe('an invalid setting is named with what to do about it', () => {
  test.each<[unknown, string]>([
    [[], '(document): must be an object'],
    [{ registration: { opne: true } }, 'registration.opne: unknown setting. Did you mean registration.open?'],
    [
      { perRealmPerDay: 1 },
      'perRealmPerDay: unknown setting. Did you mean registration.limits.perRealmPerDay?',
    ],
    [
      { limits: { siteTimes: 1 } },
      'limits.siteTimes: unknown setting. Did you mean registration.limits.siteTimes?',
    ],
    [
      { registration: { vendors: [{ name: 'A', hosts: [], alises: [] }] } },
      'registration.vendors[0].alises: unknown setting. Did you mean registration.vendors[0].aliases?',
    ],
    [
      {
        registration: {
          vendors: [
            {
              name: 'A',
              hosts: [],
              documents: [{ uri: 'http://a.example/', name: 'A', redirectUris: ['https://a.example/cb'] }],
            },
          ],
        },
      },
      'registration.vendors[0].documents[0].uri: must be the URL of a document: client_id must begin with https://',
    ],
    [
      {
        registration: {
          vendors: [
            {
              name: 'A',
              hosts: [],
              documents: [{ uri: 'https://A.example/', name: 'A', redirectUris: ['https://a.example/cb'] }],
            },
          ],
        },
      },
      'registration.vendors[0].documents[0].uri: must be the URL of a document: client_id must be written in its normal form',
    ],
    [
      {
        registration: {
          vendors: [
            {
              name: 'A',
              hosts: [],
              documents: [{ uri: 'https://a.example/d', name: 'A', redirectUris: ['cb'] }],
            },
          ],
        },
      },
      'registration.vendors[0].documents[0].redirectUris[0]: must be a redirect URI',
    ],
    [{ zzz: {} }, 'zzz: unknown setting.'],
    [{ 'a\u202Eb': 1 }, '["a(U+202E)b"]: unknown setting.'],
    [JSON.parse('{"__proto__":{"open":true}}'), '__proto__: unknown setting.'],
    [{ registration: { open: 'yes' } }, 'registration.open: must be true or false'],
    [{ registration: { limits: { siteTimes: 0 } } }, 'registration.limits.siteTimes: must be at least 1'],
    [
      {
        registration: {
          softwareStatements: { issuers: [{ ...ISSUER, jwksUri: 'https://me@a.example/jwks' }] },
        },
      },
      'registration.softwareStatements.issuers[0].jwksUri: must be an https URL without a user name',
    ],
    [
      { metadataDocuments: { refusedDocuments: ['https://App.example/c'] } },
      "metadataDocuments.refusedDocuments[0]: must be the URL of a document: client_id must be written in its normal form: 'https://app.example/c'",
    ],
    [{ lifecycle: { dormant: 1 } }, 'lifecycle.dormant: must be longer than lifetimes.accessToken'],
    [{ keys: { compromised: true } }, 'keys.compromised: cannot be chosen: it is set when keys are replaced'],
  ])('%j', (value, expected) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string, unknown, string]>([
    ['has no URL', { client_name: 'Notes' }, '[0].document: must have a client_id: its own URL'],
    [
      'has a URL that cannot be a client_id',
      { client_id: 'https://app.example' },
      '[0].document: must have its own URL as client_id: client_id must have a path',
    ],
    [
      'has a secret',
      { client_id: SNAPSHOT.client_id, client_secret: 'very secret' },
      "[0].document: of 'https://app.example/client.json' is not acceptable: the document must not have client_secret",
    ],
    [
      'has a private key',
      { client_id: SNAPSHOT.client_id, jwks: { keys: [{ kty: 'oct', k: 'very secret' }] } },
      "[0].document: of 'https://app.example/client.json' is not acceptable: jwks must",
    ],
    [
      'is too long',
      { ...SNAPSHOT, client_name: 'a'.repeat(5_120) },
      "[0].document: of 'https://app.example/client.json' must have at most 5120 characters as JSON",
    ],
    ['is a list', [], '[0].document: must be an object'],
  ])('a snapshot of which the document %s', (_, document, expected) => {
    const [problem = '', ...others] = problemsOf({ metadataDocuments: { snapshots: [{ document }] } });
    expect(problem).toContain(`metadataDocuments.snapshots${expected}`);
    expect(others).toEqual([]);
    expect(problem).not.toContain('very secret');
  });

  test('snapshots of which there are too many, or two of one URL', () => {
    const snapshotsOf = (count: number, urlOf: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => ({ document: { ...SNAPSHOT, client_id: urlOf(index) } }));
    const problems = (snapshots: unknown) => problemsOf({ metadataDocuments: { snapshots } });
    expect(problems(snapshotsOf(20, (index) => `https://app.example/${index}`))).toEqual([]);
    expect(problems(snapshotsOf(21, (index) => `https://app.example/${index}`))).toEqual([
      'metadataDocuments.snapshots: must be at most 20 entries',
    ]);
    expect(problems(snapshotsOf(2, () => 'https://app.example/a'))).toEqual([
      "metadataDocuments.snapshots[1].document: is the second snapshot of 'https://app.example/a'",
    ]);
  });

  test('all of them are named at once', () => {
    expect(
      problemsOf({ registration: { opne: true, oepn: 1, mode: 7 }, lifetimes: { code: 0 } }),
    ).toHaveLength(4);
  });

  test('its value, which may be a secret, is not repeated', () => {
    const jwks = { keys: ['hunter2'] };
    const issuers = [{ name: 'A', issuer: 7, jwks, algorithms: ['hunter2'], secret: 'hunter2' }];
    const problems = problemsOf({ registration: { softwareStatements: { issuers } } });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('a duration', () => {
  const sources = ['settings', 'registration-settings', 'metadata-document-settings', 'server-limits'].map(
    (name) => readFileSync(`${import.meta.dirname}/${name}.ts`, 'utf8'),
  );
  const namesOf = (types: string): readonly string[] =>
    [...sources.join('\n').matchAll(new RegExp(`readonly (\\w+)\\??: (?:${types});`, 'g'))].map(
      ([, name = '']) => name,
    );
  /** Settings with a value for the setting, or the member of an egress range, with this name. */
  const given = (name: string, value: unknown) => {
    const found = leavesOf(DEFAULT_REALM_SETTINGS).find(({ path }) => path.split('.').at(-1) === name);
    if (found !== undefined) return objectOf(found.path, value);
    const range = { name: 'agents', ranges: ['192.0.2.0/24'], perHour: 1, [name]: value };
    return objectOf('registration.limits.egressRanges', [range]);
  };

  test('the types of the settings name durations and numbers', () => {
    expect(namesOf('Seconds').length).toBeGreaterThan(10);
    expect(namesOf('number|Milliseconds').length).toBeGreaterThan(10);
  });

  test.each(namesOf('Seconds'))('may be written with units: %s', (name) => {
    expect(parseEachSetting(given(name, '2h'))).toMatchObject({ ok: true });
  });

  test.each(namesOf('number|Milliseconds'))(
    'is not accepted for a number that is not one of seconds: %s',
    (name) => {
      expect(parseEachSetting(given(name, 7))).toMatchObject({ ok: true });
      expect(problemsOf(given(name, '5m'))).toEqual([expect.stringContaining(name)]);
    },
  );
});
