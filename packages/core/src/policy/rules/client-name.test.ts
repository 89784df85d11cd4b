import { cite } from '@vestibule/requirements';
import { describe, test } from 'vitest';
import { basic, expectRefused, type RefusalRow } from '../../../test/support/policy.ts';

describe(cite('refuses reserved names', 'rfc7591:5:impersonation', 'rfc7591:2.2:checked-alike'), () => {
  test.each<RefusalRow>([
    ['client-name.reserved', { ...basic, client_name: 'Acme Mail' }, { reservedNames: ['acme'] }],
    ['client-name.reserved', { redirect_uris: ['https://acme.example/'] }, { reservedNames: ['acme'] }],
    ['client-name.reserved', { ...basic, 'client_name#fr': 'Αcme Mail' }, { reservedNames: ['acme'] }],
  ])('%s: %j', (...row) => expectRefused(...row));
});
