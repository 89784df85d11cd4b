import type { MetadataDocumentSettings, PartialRealmSettings } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';
import { DOCUMENT, openToDocuments } from './open-to-documents.ts';
import { CALLBACK, realmWith, setUp } from './set-up.ts';

type Limits = Partial<MetadataDocumentSettings['limits']>;
type Ranges = NonNullable<
  NonNullable<NonNullable<PartialRealmSettings['registration']>['limits']>['egressRanges']
>;

/** A realm that is open to documents, and people at some addresses who come with apps that have one each. */
async function meet(limits: Limits, egressRanges: Ranges = []) {
  const hosts = documentHosts();
  const world = setUp(realmWith({}, { metadataDocuments: { open: true, limits } }), {
    documentFetch: hosts.fetch,
  });
  const { settings, ...realm } = realmWith({}, { metadataDocuments: { open: true, limits } });
  const { registration } = settings;
  const ranged = { ...registration, limits: { ...registration.limits, egressRanges } };
  await world.change({ ...realm, settings: { ...settings, registration: ranged } });
  let number = 0;
  /** The page for a person at an address who comes with an app, by default an unknown one. */
  const come = async (ip: string, clientId = `https://h${(number += 1)}.example/client`) => {
    hosts.publish({ client_id: clientId, client_name: 'Diary', redirect_uris: [CALLBACK] });
    const { view } = await world.openConsent(world.newBrowser(ip), world.authorizeUrl(clientId));
    return 'problem' in view ? view.problem : view.page;
  };
  const limited = () =>
    world.audit.events.flatMap((event) => (event.type === 'document.limited' ? [event.limit] : []));
  const stored = async () => (await world.clients.list('main', { limit: 1_000 })).items.length;
  return { ...world, hosts, come, limited, stored };
}

/** How long an app is kept that no person approved, in seconds. */
const UNUSED = 3_600;

const ipOf = (number: number): string => `10.0.${number}.1`;

describe('an egress range', () => {
  const range = { name: 'Campus', ranges: ['10.0.0.0/16'], perHour: 3 };

  test('has its own limit of unknown documents per hour, whatever its addresses', async () => {
    const { come, limited, stored } = await meet({ perAddressPerHour: 1 }, [range]);
    for (const number of [1, 1, 2]) expect(await come(ipOf(number))).toBe('consent');
    expect(await come(ipOf(3))).toBe('too-many');
    expect(limited()).toEqual(['egress-range']);
    expect(await stored()).toBe(3);
    expect(await come('192.0.2.1')).toBe('consent');
    expect(await come('192.0.2.1')).toBe('too-many');
  });

  test('has by default half of the unknown documents of a day', async () => {
    const { come, limited, pass } = await meet({ perRealmPerDay: 4 }, [{ ...range, perHour: 1 }]);
    for (const _ of [1, 2]) {
      expect(await come(ipOf(1))).toBe('consent');
      pass(3_600);
    }
    expect(await come(ipOf(1))).toBe('too-many');
    expect(limited()).toEqual(['egress-range']);
  });

  test('does not exceed the limits of a host and of the realm', async () => {
    const { come, limited } = await meet({ perHostPerDay: 1, perRealmPerDay: 2 }, [{ ...range, perDay: 9 }]);
    expect(await come(ipOf(1), 'https://app.example/a')).toBe('consent');
    expect(await come(ipOf(1), 'https://app.example/b')).toBe('too-many');
    expect(await come(ipOf(1))).toBe('consent');
    expect(await come(ipOf(1))).toBe('too-many');
    expect(limited()).toEqual(['host', 'realm']);
  });

  test('causes as many fetches a minute as an organization, whatever its addresses', async () => {
    const { come, hosts } = await meet({}, [{ ...range, perHour: 1_000, perDay: 1_000 }]);
    for (let number = 0; number < 161; number += 1) {
      expect(await come('10.0.0.1')).toBe(number < 160 ? 'consent' : 'too-many');
    }
    expect(hosts.asked).toHaveLength(160);
    expect(await come('192.0.2.1')).toBe('consent');
  });
});

describe('an app that no person approved in time', () => {
  const URI = 'https://one.example/c';

  test('uses the limits of unknown documents again if it is to be kept longer', async () => {
    const { come, limited, pass, clients } = await meet({ perRealmPerDay: 2 });
    const issuedAt = async () => (await clients.find('main', URI))?.issuedAt;
    expect(await come('192.0.2.1', URI)).toBe('consent');
    const first = await issuedAt();
    pass(UNUSED);
    expect(await come('198.51.100.1', URI)).toBe('consent');
    const second = await issuedAt();
    expect(second).toBe((first ?? 0) + UNUSED * 1_000);
    expect(await come('203.0.113.1')).toBe('too-many');
    pass(UNUSED);
    expect(await come('10.0.0.1', URI)).toBe('consent');
    expect(await issuedAt()).toBe(second);
    expect(limited()).toEqual(['realm', 'realm']);
  });
});

describe('the largest number of stored clients with documents', () => {
  test('keeps unknown apps out, and lets known ones go on', async () => {
    const { come, limited, stored, pass } = await meet({ clients: 2 });
    expect(await come('192.0.2.1', 'https://one.example/c')).toBe('consent');
    expect(await come('192.0.2.1')).toBe('consent');
    expect(await come('192.0.2.2')).toBe('too-many');
    expect(limited()).toEqual(['clients']);
    expect(await stored()).toBe(2);
    pass(FRESH_FOR + 1);
    expect(await come('192.0.2.1', 'https://one.example/c')).toBe('consent');
  });

  test('does not count clients that registered', async () => {
    const { come, register } = await meet({ clients: 1 });
    await register();
    expect(await come('192.0.2.1')).toBe('consent');
    expect(await come('192.0.2.1')).toBe('too-many');
  });

  test('can be none', async () => {
    const { come } = await meet({ clients: 0 });
    expect(await come('192.0.2.1')).toBe('too-many');
  });
});

test('documents of unknown apps are stored up to a number per address and per host', async () => {
  const { ask, hosts, clients, audit } = openToDocuments({
    limits: { perHostPerDay: 3, perAddressPerHour: 50, perRealmPerDay: 50 },
  });
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    hosts.publish({ ...DOCUMENT, client_id: `https://app.example/${name}` });
    await ask(`https://app.example/${name}`);
  }
  expect((await clients.list('main', { limit: 100 })).items).toHaveLength(3);
  expect(await ask('https://app.example/e')).toMatchObject({ status: 429, view: { problem: 'too-many' } });
  const limited = audit.events.filter(({ type }) => type === 'document.limited');
  expect(limited).toEqual([expect.objectContaining({ limit: 'host' })]);
});

test.each<[string, PartialRealmSettings['metadataDocuments'], number, (number: number) => string]>([
  ['one address', { limits: { perAddressPerHour: 2 } }, 2, () => '2001:db8::1'],
  ['the addresses of one site', { limits: { perAddressPerHour: 1 } }, 4, (n) => `2001:db8:0:${n}::1`],
  [
    'one organization, which has a quarter of the day',
    { limits: { perRealmPerDay: 20 } },
    5,
    (n) => `2001:db8:0:${n}00::1`,
  ],
])(
  'documents of unknown apps are stored up to a number because of %s',
  async (_, settings, most, addressOf) => {
    const { hosts, clients, newBrowser, openConsent, authorizeUrl } = openToDocuments(settings);
    const ask = (host: string, ip: string) => {
      const clientId = `https://${host}/client`;
      hosts.publish({ ...DOCUMENT, client_id: clientId });
      return openConsent(newBrowser(ip), authorizeUrl(clientId));
    };
    for (let number = 0; number < most; number += 1) {
      expect(await ask(`h${number}.example`, addressOf(number))).toMatchObject({ view: { page: 'consent' } });
    }
    expect(await ask('more.example', addressOf(most))).toMatchObject({ view: { problem: 'too-many' } });
    expect(await ask('more.example', '192.0.2.7')).toMatchObject({ view: { page: 'consent' } });
    expect((await clients.list('main', { limit: 100 })).items).toHaveLength(most + 1);
  },
);

test('an address causes a few fetches a minute at most, however many URLs it names', async () => {
  const { ask, hosts, clients } = openToDocuments();
  for (let number = 0; number < 100; number += 1) await ask(`https://h${number}.example/client`);
  expect(hosts.asked.length).toBeLessThanOrEqual(10);
  expect((await clients.list('main', { limit: 100 })).items).toEqual([]);
});
