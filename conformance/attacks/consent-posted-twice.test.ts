/**
 * A consent form that is posted twice, or many times concurrently, to get two decisions or two codes.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/362.html CWE-362}
 *
 * Taken out: packages/sqlite/src/stores/interaction-writes.ts: `AND decision IS NULL` → ``
 * Then fails: keeps one of a concurrent approval and denial
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

async function atConsent() {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const form = formOf(await browser.signIn(await browser.open(client.url())));
  const post = (decision: string) => browser.post(form.action, filledIn(form, { decision }));
  return { client, browser, form, post };
}

test('issues one code for twenty concurrent approvals', async () => {
  const { client, post } = await atConsent();
  const shown = await Promise.all(Array.from({ length: 20 }, () => post('approve')));
  const codes = new Set(shown.map((one) => handedBack(one)?.searchParams.get('code')));
  expect([...codes]).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  const { items } = await app().stores.audit.list(app().realm.id, { limit: 10_000 });
  const approvals = items.filter(
    (event) => event.type === 'consent.approved' && event.clientId === client.id,
  );
  expect(approvals).toHaveLength(1);
});

describe('keeps one of a concurrent approval and denial', () => {
  test.each(['approve', 'deny'])('%s first', async (first) => {
    const { client, browser, form, post } = await atConsent();
    const decisions = Array.from({ length: 10 }, (_, index) =>
      index % 2 === (first === 'approve' ? 0 : 1) ? 'approve' : 'deny',
    );
    await Promise.all(decisions.map(post));
    const handBack = form.action.href.replace('consent', 'hand-back');
    const outcomes = new Set<string>();
    for (let time = 0; time < 3; time += 1) {
      const answer = handedBack(await browser.open(handBack))?.searchParams;
      outcomes.add(answer?.has('code') === true ? 'approve' : (answer?.get('error') ?? ''));
    }
    expect(outcomes.size).toBe(1);
    const { items } = await app().stores.audit.list(app().realm.id, { limit: 10_000 });
    const made = items.filter(
      (event) => event.type.startsWith('consent.') && 'clientId' in event && event.clientId === client.id,
    );
    expect(made).toHaveLength(1);
    // A different decision is refused, and nothing changes.
    const [stands] = outcomes;
    const shown = await post(stands === 'approve' ? 'deny' : 'approve');
    expect([shown.status, shown.away]).toEqual([409, undefined]);
  });
});
