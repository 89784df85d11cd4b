import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type Asked, BODY, openPlace } from '../support/place.ts';
import type { Table } from './table.ts';

type Bad = readonly [title: string, asked: Asked, status: number, rule: string];

const text = JSON.stringify(BODY);
const deep = '['.repeat(20_000) + ']'.repeat(20_000);
const MEGABYTES = 2 * 1024 * 1024;

const BAD: readonly Bad[] = [
  [
    cite('2 MiB of it', 'vestibule:bad-input:too-large'),
    { body: JSON.stringify({ ...BODY, client_name: 'x'.repeat(MEGABYTES) }) },
    413,
    'body.size',
  ],
  [
    cite('2 MiB of spaces', 'vestibule:bad-input:too-large'),
    { body: `${text}${' '.repeat(MEGABYTES)}` },
    413,
    'body.size',
  ],
  [
    cite('one byte too many', 'vestibule:bad-input:too-large'),
    { body: text.padEnd(65_537) },
    413,
    'body.size',
  ],
  [cite('20,000 nested arrays', 'vestibule:bad-input:deep'), { body: deep }, 400, 'metadata.object'],
  [
    cite('20,000 brackets that never close', 'vestibule:bad-input:deep'),
    { body: '['.repeat(20_000) },
    400,
    'body.json',
  ],
  [
    cite('20,000 nested arrays in a member', 'vestibule:bad-input:deep'),
    { body: `{"client_name":${deep},"redirect_uris":["https://app.example/"]}` },
    400,
    'metadata.type',
  ],
  [
    cite('a member twice', 'vestibule:bad-input:duplicates'),
    { body: text.replace('{', '{"client_name":"Other",') },
    400,
    'body.repeated-member',
  ],
  [
    cite('a member twice, spelled otherwise', 'vestibule:bad-input:duplicates'),
    { body: text.replace('{', '{"redirect\\u005furis":["https://thief.example/"],') },
    400,
    'body.repeated-member',
  ],
  [
    cite('__proto__ twice', 'vestibule:bad-input:duplicates', 'vestibule:bad-input:prototype'),
    { body: text.replace('{', '{"__proto__":{},"__proto__":{"redirect_uris":[]},') },
    400,
    'body.repeated-member',
  ],
  [
    cite('__proto__ for the members', 'vestibule:bad-input:prototype'),
    { body: `{"__proto__":${text}}` },
    400,
    'redirect-uris.count',
  ],
  [
    cite('constructor for the members', 'vestibule:bad-input:prototype'),
    { body: `{"constructor":{"prototype":${text}}}` },
    400,
    'redirect-uris.count',
  ],
  [
    cite('half a character, as bytes', 'vestibule:bad-input:surrogates', 'vestibule:bad-input:not-json'),
    { body: new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]) },
    400,
    'body.utf-8',
  ],
  [
    cite('UTF-16', 'vestibule:bad-input:not-json'),
    { body: new Uint8Array(Buffer.from(text, 'utf16le')) },
    400,
    'body.json',
  ],
  ...['', '{', '{"a":1,}', "{'a':1}", '// x\n{}', 'NaN', `${text}${text}`, '\u0000'].map((body): Bad => [
    cite(`the text ${JSON.stringify(body).slice(0, 30)}`, 'vestibule:bad-input:not-json'),
    { body },
    400,
    'body.json',
  ]),
  ...['null', 'true', '0', '"x"', '[]', `[${text}]`].map((body): Bad => [
    cite(`the JSON ${body.slice(0, 30)}`, 'rfc7591:3.1:one-object'),
    { body },
    400,
    'metadata.object',
  ]),
  ...[
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ].map((headers): Bad => [
    cite(
      `JSON that says it is ${Object.values(headers).join(', ')}`,
      'rfc7591:3:media-type',
      'rfc7592:2.2:media-type',
    ),
    { headers, body: text },
    415,
    'body.media-type',
  ]),
];

const refuses = cite(
  'a bad body is refused, and neither a registration nor an update with it changes anything',
  'vestibule:bad-input:nothing-happens',
  'vestibule:bad-input:nothing-lost',
  'vestibule:bad-input:management',
  'rfc7591:3.2.2:json',
  'rfc7591:3.2.2:nothing-stored',
);

/** An update names its client; a body that is empty or not an object names none. */
const ofUpdate = (rule: string): string => (rule === 'redirect-uris.count' ? 'management.client-id' : rule);

export const bodies: Table = (venue) => {
  describe(refuses, () => {
    test.each(BAD)('%s', async (_, asked, status, rule) => {
      const place = await openPlace(venue(), { management: { enabled: true } });
      const keeper = await place.registered({ ...BODY, client_name: 'Keeper' });
      const { client_id, registration_client_uri: path, registration_access_token: token } = keeper;
      const before = await place.clients();
      const { body } = asked;
      const own = typeof body === 'string' ? body.replace(/^\{(?=")/, `{"client_id":"${client_id}",`) : body;
      const answers = [
        [rule, await place.register(body, asked)],
        [rule, await place.ask(path, { ...asked, body: own, method: 'PUT', token })],
        [ofUpdate(rule), await place.ask(path, { ...asked, method: 'PUT', token })],
      ] as const;
      for (const [told, answer] of answers) {
        // A body without the id of its client is refused for that first.
        const said = told === 'metadata.type' && answer === answers[2][1] ? 'management.client-id' : told;
        expect(answer.status).toBe(status);
        expect(answer.body).toMatchObject({
          error: said.startsWith('redirect') ? 'invalid_redirect_uri' : 'invalid_client_metadata',
          error_description: expect.stringContaining(`[${said}]`),
        });
      }
      expect(await place.clients()).toEqual(before);
      expect((await place.ask(path, { method: 'GET', token })).body).toEqual(keeper);
      expect(place.errors).toEqual([]);
    });
  });

  test.each<[string, string]>([
    ['20,000 nested arrays in an unknown member', text.replace('{', `{"x":${deep},`)],
    ['as much as there may be', text.padEnd(65_536)],
    ['a member of a member twice', text.replace('{', '{"x":{"a":1,"a":2},')],
  ])(
    cite('%s does no harm', 'vestibule:bad-input:deep', 'vestibule:bad-input:too-large'),
    async (_, body) => {
      const place = await openPlace(venue());
      expect(await place.registered(body)).toMatchObject(BODY);
      expect(place.errors).toEqual([]);
    },
  );
};
