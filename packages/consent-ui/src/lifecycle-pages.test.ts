import { RULES } from '@vestibule/core/policy';
import { cite } from '@vestibule/requirements';
import type { ConsentView, Page } from '@vestibule/server';
import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';
import { textOf } from '../test/text-of.ts';

const NOW = Date.UTC(2027, 2, 3, 12, 0, 0);
const pages = createPages();

const consentTo = (client: Partial<ConsentView['client']>): Page =>
  pages.consent({
    realmName: 'Main',
    action: '/connect/consent',
    interaction: 'tx-1',
    csrf: 'csrf-1',
    client: {
      name: 'Claude Code (notes)',
      issuedAt: NOW - 120_000,
      destination: { kind: 'loopback', raw: 'http://localhost:1/cb', host: 'localhost', target: '/cb' },
      ...client,
    },
    api: { name: 'Notes', resource: 'https://notes.example/mcp' },
    scopes: [{ name: 'notes:read', description: 'Read your notes' }],
    person: { subject: 's', name: 'Ada Lovelace' },
    lasts: 604_800,
    switchPerson: '/connect/sign-in?transaction=tx-1',
    held: [],
    durations: ['until-revoked'],
    connectedApps: '/connect/apps',
    stale: false,
    readingTime: 1_000,
    now: NOW,
  });

describe('the consent page of a hibernated client', () => {
  test.each<[number, string]>([
    [Date.UTC(2027, 1, 21, 23, 59), 'This app has been paused since February 21, 2027 (9 days ago)'],
    [Date.UTC(2026, 5, 1), 'This app has been paused since June 1, 2026 (9 months ago)'],
    [NOW, 'This app has been paused since March 3, 2027 (just now)'],
  ])(
    cite('says since when the client is hibernated: %i', 'vestibule:lifecycle:since'),
    (asleepSince, words) => {
      expect(textOf(consentTo({ asleepSince }))).toContain(
        `${words}, because nobody used it for a long time. If you approve, it becomes active again.`,
      );
    },
  );

  test('says nothing about hibernation if the client is active', () => {
    expect(textOf(consentTo({}))).not.toMatch(/paused|active again/);
  });
});

describe('the marker of a name', () => {
  test(
    cite(
      'names a trusted statement issuer on every page, and consent is still required',
      'vestibule:software-statements:verified',
    ),
    () => {
      const consent = consentTo({ verifiedBy: 'The Guild' });
      expect(textOf(consent)).toContain('“Claude Code (notes)” [verified by The Guild] asks to use Notes');
      expect(textOf(consent)).toContain('The Guild has verified this name and where you will be sent.');
      expect(textOf(consent)).not.toMatch(/unverified|Nobody has checked/);
      expect(parse(consent.html).querySelectorAll('button')).toHaveLength(2);

      const shared = { realmName: 'Main', clientName: 'App', verifiedBy: 'The Guild' };
      const form = { action: '/x', interaction: 't', csrf: 'c' };
      expect(textOf(pages.signIn({ ...shared, ...form }))).toContain('“App” [verified by The Guild]');
      const destination = { kind: 'https', raw: 'https://a.example/', host: 'a.example' } as const;
      for (const outcome of ['approved', 'denied', 'refused'] as const) {
        const page = pages.handBack({ ...shared, outcome, destination, location: 'https://a.example/' });
        expect(textOf(page)).toContain('“App” [verified by The Guild]');
      }
    },
  );

  test(
    cite(
      'stays unverified for a loopback client with the name of a vendor',
      'vestibule:brand-protection:loopback',
    ),
    () => {
      const text = textOf(consentTo({ claimsToBe: 'Anthropic' }));
      expect(text).toContain('“Claude Code (notes)” [unverified]');
      expect(text).toContain(
        'This app says it is from Anthropic. Nobody has checked that. Any program on this computer',
      );
    },
  );

  test('names the statement issuer of a verified client that has the name of a vendor', () => {
    const text = textOf(consentTo({ verifiedBy: 'The Guild', claimsToBe: 'Anthropic' }));
    expect(text).not.toContain('says it is from');
  });
});

describe('the problem page with steps to forget a registration', () => {
  test.each(['client-unknown', 'client-blocked', 'client-unacceptable'] as const)(
    cite(
      'for %s: begins with the app that the person probably came from',
      'vestibule:lifecycle:gone-page',
      'vestibule:lifecycle:blocked-page',
    ),
    (problem) => {
      const page = pages.problem({ realmName: 'Main', problem, app: { name: 'LM Studio' } });
      const root = parse(page.html);
      expect(root.querySelector('h2')?.text).toBe('LM Studio');
      expect(textOf(page)).toContain('Take the server out of mcp.json');
      expect(root.querySelector('summary')?.text).toBe('In another app');
      const others = root.querySelectorAll('details dt').map(({ text }) => text);
      expect(others).toContain('Claude Code');
      expect(others).not.toContain('LM Studio');
    },
  );

  test('displays and links nothing that the app claims', () => {
    const app = { name: 'Cursor <b>evil</b>', redirectUri: 'https://evil.example/' };
    const { html } = pages.problem({ realmName: 'Main', problem: 'client-unknown', app });
    expect(html).not.toContain('evil');
    expect(parse(html).querySelectorAll('a')).toEqual([]);
  });

  test('displays the escaped name of an expired app as a claim', () => {
    const clientName = 'Fern <b>Watering</b>';
    const { html } = pages.problem({ realmName: 'Main', problem: 'client-unknown', clientName });
    expect(html).toContain(
      'it called itself <span class="claim">“<bdi>Fern &lt;b&gt;Watering&lt;/b&gt;</bdi>”</span> <span class="marker">[unverified]</span>.',
    );
    const unnamed = pages.problem({ realmName: 'Main', problem: 'client-unknown' });
    expect(textOf(unnamed)).not.toContain('called itself');
  });

  test('has no such steps for other problems', () => {
    const app = { name: 'LM Studio' };
    const page = pages.problem({ realmName: 'Main', problem: 'transaction-unknown', app });
    expect(textOf(page)).not.toContain('mcp.json');
  });
});

test('the page about a refused app links to the rule that refused it', () => {
  const ruleUrl = 'https://id.example/connect/rules#document.object';
  const problem = { realmName: 'Main', problem: 'document-refused', detail: 'no [document.object]' } as const;
  const linked = parse(pages.problem({ ...problem, ruleUrl }).html).querySelector('.fine a');
  expect([linked?.getAttribute('href'), linked?.text]).toEqual([ruleUrl, 'What to do about it']);
  expect(parse(pages.problem(problem).html).querySelector('.fine a')).toBeNull();
});

test(cite('the page of rules has an entry for each rule under its id', 'vestibule:policy:docs'), () => {
  const root = parse(pages.rules({ realmName: 'Main', rules: RULES }).html);
  expect(RULES.length).toBeGreaterThan(40);
  for (const { id, title, fix, why, source } of RULES) {
    const place = root.getElementById(id);
    expect(place?.querySelector('dt')?.text).toBe(id);
    const texts = place?.querySelectorAll('dd').map((entry) => entry.text);
    expect(texts).toEqual([title, fix, `${why} ${source}`]);
  }
});
