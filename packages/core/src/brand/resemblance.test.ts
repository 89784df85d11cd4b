import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { cleanName } from './clean-name.ts';
import { resemblance } from './resemblance.ts';
import type { Vendor } from './vendor.ts';

const vendors: readonly Vendor[] = [
  { name: 'Acme Mail', hosts: [] },
  { name: 'Vestibule', aliases: ['PortDesk'], neighbours: ['vestibular', 'Vestibule of Laurels'], hosts: [] },
  { name: 'Globex', aliases: ['グロベックス', '环球'], neighbours: ['glover'], hosts: [] },
  { name: 'Initech Cloud', hosts: [] },
  { name: 'Intercontinental', hosts: [] },
  { name: 'Zylo', hosts: [] },
  { name: '4Sight', hosts: [] },
  {
    name: 'Widget',
    aliases: ['Widget Works'],
    commonWords: ['Widget'],
    neighbours: ['Widgets', 'Midget'],
    hosts: [],
  },
  { name: 'Lin', commonWords: ['Lin'], hosts: [] },
];

const found = (name: string, ...lists: readonly (readonly Vendor[])[]): readonly string[] =>
  Array.from(new Set(resemblance(name, ...lists).flatMap((heads) => heads.map((vendor) => vendor.name))));

const claimed = (name: string): readonly string[] => found(cleanName(name) ?? '', vendors);

describe('a name is that of a vendor', () => {
  const tables: Readonly<Record<string, readonly (readonly [name: string, vendor: string])[]>> = {
    'however it is written': [
      ['Vestibule', 'Vestibule'],
      ['VESTIBULE', 'Vestibule'],
      ['vEsTiBuLe', 'Vestibule'],
      ['portdesk', 'Vestibule'],
      ['Zylo', 'Zylo'],
      ['4Sight', '4Sight'],
    ],
    [cite('in letters of other scripts and shapes', 'vestibule:brand-protection:look-alikes')]: [
      ['Vеstibulе', 'Vestibule'],
      ['Gl\u043Ebex', 'Globex'],
      ['ᴠᴇꜱᴛɪʙᴜʟᴇ', 'Vestibule'],
      ['🆉🆈🅻🅾', 'Zylo'],
      ['🅅🄴🅂🅃🄸🄱🅄🄻🄴', 'Vestibule'],
      ['Ⓩⓨⓛⓞ', 'Zylo'],
      ['🇿🇾🇱🇴 App', 'Zylo'],
      ['ＺＹＬＯ', 'Zylo'],
      ['Véstïbulé', 'Vestibule'],
      ['Z̶y̶l̶o̶', 'Zylo'],
      ['VΞSTIBULΞ', 'Vestibule'],
      ['AcrneMail', 'Acme Mail'],
      ['VViclget', 'Widget'],
      ['Ves\u200Bti\u202Ebule', 'Vestibule'],
    ],
    'in figures and signs': [
      ['V3stibul3', 'Vestibule'],
      ['Ve$tibule', 'Vestibule'],
      ['@cme Mail', 'Acme Mail'],
      ['Acm€ Mail', 'Acme Mail'],
      ['Zyl0', 'Zylo'],
      ['Zy|o', 'Zylo'],
      ['Zy∣o', 'Zylo'],
      ['Zyl⊖', 'Zylo'],
      ['Vest!bule', 'Vestibule'],
      ['Gl⭕bex', 'Globex'],
      ['6lobex', 'Globex'],
      ['4S1ght', '4Sight'],
    ],
    [cite('with spaces and punctuation anywhere', 'vestibule:brand-protection:spacing')]: [
      ['AcmeMail', 'Acme Mail'],
      ['Acme-Mail', 'Acme Mail'],
      ['acme.mail', 'Acme Mail'],
      ['V e s t i b u l e', 'Vestibule'],
      ['V.e.s.t.i.b.u.l.e Notes', 'Vestibule'],
      ['Vesti bule', 'Vestibule'],
      ['Ve stibule Notes', 'Vestibule'],
      ['Z y l o Notes', 'Zylo'],
      ['Zy lo', 'Zylo'],
      ['Glob·ex Notes', 'Globex'],
      ['«Zylo»', 'Zylo'],
      ['Port Desk Notes', 'Vestibule'],
    ],
    'as a part of a longer one': [
      ['Acme Mail Support', 'Acme Mail'],
      ['Official-Acme-Mail', 'Acme Mail'],
      ['AcmeMail Connector', 'Acme Mail'],
      ['Notes for Zylo', 'Zylo'],
      ['MyZyloNotes', 'Zylo'],
      ['Zylo2', 'Zylo'],
      ['zylo_notes', 'Zylo'],
      ['officialzyloapp', 'Zylo'],
      ['globexsupport', 'Globex'],
      ['Zyloノート', 'Zylo'],
      ['แอปZylo', 'Zylo'],
      ['グロベックス公式', 'Globex'],
      ['环球登录', 'Globex'],
    ],
    [cite('with a slip or two', 'vestibule:brand-protection:typos')]: [
      ['Vestibul', 'Vestibule'],
      ['Vestibulle', 'Vestibule'],
      ['Vestybule', 'Vestibule'],
      ['Vestibuel', 'Vestibule'],
      ['Evstibule', 'Vestibule'],
      ['Klobex', 'Globex'],
      ['Acme Mial', 'Acme Mail'],
      ['Initehc Cloud Notes', 'Initech Cloud'],
      ['Intercontinnentl', 'Intercontinental'],
      ['V3stibul', 'Vestibule'],
    ],
    [cite('with letters doubled, also in a short one', 'vestibule:brand-protection:short-names')]: [
      ['Zyloo', 'Zylo'],
      ['Zyllo Notes', 'Zylo'],
      ['ZZyyllo', 'Zylo'],
      ['Zyll0', 'Zylo'],
      ['Widget Garden by Zyllo', 'Zylo'],
      ['Porttdesk Notes', 'Vestibule'],
      ['Innitechcloud', 'Initech Cloud'],
    ],
    'that is a common word, whole or among generic words': [
      ['Widget', 'Widget'],
      ['W1dget', 'Widget'],
      ['The Official Widget App', 'Widget'],
      ['Widget Support', 'Widget'],
      ['Widget’s App', 'Widget'],
      ['Widget S', 'Widget'],
      ['Widget 2', 'Widget'],
      ['Widget v2', 'Widget'],
      ['Sign in with Widget', 'Widget'],
      ['widgetmcp', 'Widget'],
      ['Widgget Login', 'Widget'],
      ['Wigdet', 'Widget'],
      ['Widgat', 'Widget'],
      ['Wdget Support', 'Widget'],
      ['The Official Widgelt', 'Widget'],
      ['Widget Code Editor', 'Widget'],
      ['Widget Cloud', 'Widget'],
      ['Widgat Search', 'Widget'],
      ['Widget for Windows', 'Widget'],
      ['Widget for macOS', 'Widget'],
      ['Widget for iPad', 'Widget'],
      ['Widget macOS', 'Widget'],
      ['Widget Works Garden', 'Widget'],
      ['Lin', 'Lin'],
    ],
  };
  describe.each(Object.entries(tables))('%s', (_, table) => {
    test.each(table)('%s: %s', (name, vendor) => {
      expect(claimed(name)).toEqual([vendor]);
    });
  });
});

describe('a name is free', () => {
  const tables: Readonly<Record<string, readonly string[]>> = {
    'that only begins or ends like a vendor’s': [
      'Zylophone',
      'Vestibuleers',
      'Xylo',
      'Fuzzylo',
      'Globextra',
      'Acme',
      'Mail',
      'Acme Garden Mail',
      'Widgetry',
    ],
    [cite('that is close to a short one', 'vestibule:brand-protection:short-names')]: [
      'Zilo',
      'Linn',
      'Zyylll',
      'Zlyo',
      'Zyl',
    ],
    'that is further away than slips are': [
      'Festival',
      'Intracontinentol',
      'Lobex',
      'Blobex',
      'Initech Clan',
    ],
    'where a short part is another': ['Init Tech Cloud', 'Wi Works'],
    'that holds a common word among others': [
      'Widget Garden',
      'The Garden Widget App',
      'Midget',
      'Widgets',
      'Wodgets',
      'Widgat Garden',
      'Cloud Widget',
      'Code Search Widget',
      'Widget Windows',
      'Windows for Widget',
      'Gadget',
      'Lin Regression',
      'Collin',
      'Helplin',
      'Berlin App',
    ],
    'that the vendor knows as another': [
      'Vestibular Exercises',
      'Vestibule of Laurels',
      'vestibule-of-laurels',
      'VestibuleOfLaurels',
      'Glover App',
    ],
    'taken apart so that each part is a word': ['Glo Bex Notes', 'Vesti Bule Notes', 'Zy Lo Notes'],
    'with signs that are no letters': ['Zy + Lo Notes', 'Wow! Birds', 'Tom’s $5 Lunches', '☕'],
  };
  describe.each(Object.entries(tables))('%s', (_, names) => {
    test.each(names)('%s', (name) => {
      expect(claimed(name)).toEqual([]);
    });
  });
});

test.each([
  ['Zylo for Globex', ['Zylo']],
  ['Globex for Zylo', ['Globex']],
  ['Zylo for Widget', ['Zylo']],
  ['Widget for Zylo', ['Widget']],
  ['Widget Garden by Zylo', ['Zylo']],
  ['Widget Garden', []],
  ['Widget Works', ['Widget']],
  ['Vestibule of Laurels Vestibule', ['Vestibule']],
])('%s is what %j say of themselves', (name, expected) => {
  expect(claimed(name)).toEqual(expected);
});

test('vendors that have a name in common claim it together, whichever list they are in', () => {
  const one: Vendor = { name: 'Globex', aliases: ['Globex Copilot'], hosts: [] };
  const other: Vendor = { name: 'Initech', aliases: ['Globex Copilot'], hosts: [] };
  expect(found('Globex Copilot', [one, other])).toEqual(['Globex', 'Initech']);
  expect(found('Globex Copilot', [one], [other])).toEqual(['Globex', 'Initech']);
  expect(found('Globex', [one], [other])).toEqual(['Globex']);
});

test('a common word beside a name of another list is nothing but names', () => {
  const [one, other] = [vendors.slice(0, -2), vendors.slice(-2)];
  expect(found('Widget Zylo', one, other)).toEqual(['Widget']);
});

test('neither a vendor’s name nor a generic word is a slip away from another vendor’s', () => {
  const close: readonly Vendor[] = [
    { name: 'Globex', hosts: [] },
    { name: 'Globax', hosts: [] },
    { name: 'Suppport', hosts: [] },
  ];
  const names = (name: string) => found(name, close);
  expect(names('Globax Notes')).toEqual(['Globax']);
  expect(names('Globux Notes')).toEqual(['Globex', 'Globax']);
  expect(names('Notes Support')).toEqual([]);
  expect(names('Notes Suupport')).toEqual(['Suppport']);
  expect(names('Notes Supppoort')).toEqual(['Suppport']);
});

test('a list of vendors may be empty, or hold names of which nothing can be read', () => {
  expect(resemblance('Zylo')).toEqual([]);
  expect(resemblance('Zylo', [])).toEqual([]);
  expect(resemblance('Zylo', [{ name: '', aliases: ['…'], hosts: [] }])).toEqual([]);
  expect(resemblance('…', vendors)).toEqual([]);
});
