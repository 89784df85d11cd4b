import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { basic, judgedToTheEnd, refusalBy, type RefusalRow } from '../../../test/support/policy.ts';

describe(cite('refuses reserved names', 'rfc7591:5:impersonation', 'rfc7591:2.2:checked-alike'), () => {
  test.each<RefusalRow>([
    ['client-name.reserved', { ...basic, client_name: 'Acme Mail' }, { reservedNames: ['acme'] }],
    ['client-name.reserved', { redirect_uris: ['https://acme.example/'] }, { reservedNames: ['acme'] }],
    ['client-name.reserved', { ...basic, 'client_name#fr': 'Αcme Mail' }, { reservedNames: ['acme'] }],
  ])('%s: %j', (rule, body, settings) => {
    const judged = judgedToTheEnd(body, settings);
    expect(judged).toMatchObject(refusalBy(rule));
    expect(judged).toHaveProperty('refusal.description', expect.stringContaining(`[${rule}]`));
  });
});
