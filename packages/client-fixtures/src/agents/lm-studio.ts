import type { Fixture } from '../fixture/fixture.ts';
import { UNSPOKEN } from '../fixture/needs.ts';
import { READ } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:1234/callback'];

export const lmStudio: Fixture = {
  id: 'lm-studio',
  client: 'LM Studio',
  version: '2026-08',
  source: READ,
  notes: [
    'Sends only these two, and then requires arrays for grant_types and response_types in the response.',
  ],
  registration: {
    client_name: 'LM Studio',
    redirect_uris: REDIRECT_URIS,
  },
  scope: 'none',
  needs: { ...UNSPOKEN, lists: ['grant_types', 'response_types'] },
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
