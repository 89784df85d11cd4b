import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { READ } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = [
  'https://insiders.vscode.dev/redirect',
  'https://vscode.dev/redirect',
  'http://127.0.0.1/',
  'http://127.0.0.1:33418/',
];

export const vsCode: Fixture = {
  id: 'vs-code',
  client: 'VS Code',
  version: '1.106',
  source: READ,
  notes: [
    "Four redirect URIs, https and loopback mixed. Grants are cut to the server's grant_types_supported; where that is absent it also sends the device grant.",
    'Registers http://127.0.0.1/ and may come back as http://127.0.0.1:33418 (no slash).',
  ],
  registration: {
    client_name: 'Visual Studio Code',
    client_uri: 'https://code.visualstudio.com',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: REDIRECT_URIS,
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  },
  scope: 'none',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://127.0.0.1:61234/'),
    {
      uri: 'http://127.0.0.1:33418',
      works: true,
      why: 'it comes back without the slash, which is the same address',
    },
    ...lookAlikes(
      'https://insiders.vscode.dev/redirect',
      'https://vscode.dev/redirect',
      'http://127.0.0.1:33418/',
    ),
  ],
};
