import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { registrationOf } from '../client/client.ts';
import { NOW } from '../../test/support/realm.ts';
import { managed, registeredIn } from '../../test/support/managed.ts';
import { BODY } from '../../test/support/set-up.ts';

test(
  cite(
    'a registration is answered with its address and a token, of which a hash is kept',
    'rfc7592:3:address',
    'rfc7592:3:token',
    'vestibule:secrets:registration-access-tokens',
  ),
  async () => {
    const { answer, clientId, token, stored, read } = await registeredIn();
    expect(answer.registration_client_uri).toBe(`https://id.example/connect/register/${clientId}`);
    const client = await stored(clientId);
    const { accessTokenHash } = registrationOf(client);
    expect(accessTokenHash).toBe(`hash of registration-access-token:${token}`);
    expect(JSON.stringify({ ...client, registration: {} })).not.toContain(token);
    expect(await read()).toMatchObject({ outcome: 'read' });
  },
);

test(
  cite(
    'a read gives the registration back as it is, and changes nothing',
    'rfc7592:2.1:read',
    'rfc7592:2.1:no-effect',
    'rfc7592:2.1:same-id',
    'rfc7592:3:address-and-token-again',
    'rfc7592:3:everything',
  ),
  async () => {
    const { answer, clientId, stored, read, audit } = await registeredIn();
    const before = await stored(clientId);
    for (let time = 0; time < 3; time += 1) {
      expect(await read()).toEqual({ outcome: 'read', response: answer });
    }
    expect(await stored(clientId)).toEqual(before);
    expect(audit.events).toHaveLength(1);
  },
);

test(
  cite(
    'an update takes the place of all that was said',
    'rfc7592:2.2:replaces',
    'rfc7592:2.2:update',
    'rfc7592:2.2:same-id',
    'rfc7592:2.2:server-members',
    'rfc7592:3:everything',
    'vestibule:management:audit',
  ),
  async () => {
    const words = {
      'client_name#fr': 'Carnet',
      client_uri: 'https://app.example',
      logo_uri: 'https://app.example/l',
      tos_uri: 'https://app.example/t',
      policy_uri: 'https://app.example/p',
      software_id: 'notes',
      software_version: '1',
      contacts: ['ada@app.example'],
      scope: 'notes:read',
      grant_types: ['authorization_code'],
    };
    const { answer, clientId, own, update, stored, audit, pass } = await registeredIn(managed(), {
      ...BODY,
      ...words,
    });
    const before = await stored(clientId);
    pass(60);
    const redirect_uris = ['http://localhost/cb'];
    const outcome = await update(
      own({
        redirect_uris,
        client_name: 'Other',
        client_id_issued_at: 1,
        registration_client_uri: 'https://thief.example',
        registration_access_token: 'mine',
        client_secret_expires_at: 1,
      }),
    );
    expect(outcome).toEqual({
      outcome: 'updated',
      response: {
        client_id: clientId,
        client_id_issued_at: NOW / 1_000,
        redirect_uris,
        client_name: 'Other',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'native',
        scope: 'notes:read notes:write',
        registration_client_uri: answer.registration_client_uri,
        registration_access_token: expect.not.stringMatching(/^mine$/),
      },
    });
    expect(await stored(clientId)).toEqual({
      kind: 'dynamic',
      realm: 'main',
      id: clientId,
      version: 2,
      issuedAt: before.issuedAt,
      name: 'Other',
      redirectUris: redirect_uris,
      grantTypes: ['authorization_code', 'refresh_token'],
      applicationType: 'native',
      registration: { accessTokenHash: expect.any(String) },
    });
    expect(audit.events.at(-1)).toMatchObject({
      type: 'client.updated',
      clientId,
      clientName: 'Other',
      ip: '192.0.2.7',
      at: NOW + 60_000,
    });
    expect(JSON.stringify(audit.events)).not.toContain('"kept"');
  },
);
