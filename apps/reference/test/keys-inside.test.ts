import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { temporaryFolder } from '@vestibule/testing/folder';
import { respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { token } from '@vestibule/testing/oauth';
import { freePort } from '@vestibule/testing/port';
import { STATEMENT_ISSUER, statementAt } from '@vestibule/testing/statement-issuer';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OPEN_SEED } from './support/app.ts';
import { startProcess } from './support/process.ts';
import { writeSeed } from './support/seed-file.ts';

/** The server on which a client publishes its keys, with a certificate of the operator's own authority. */
async function startKeyServer() {
  const authority = createCertificateAuthority();
  const certificate = authority.issue({ hosts: ['127.0.0.1'] });
  const host = await startHttpsHost(certificate, respondWithJson(STATEMENT_ISSUER.jwks));
  const ca = join(temporaryFolder(), 'ca.pem');
  await writeFile(ca, authority.cert);
  return { host, ca, jwksUri: `https://127.0.0.1:${host.port}/jwks` };
}

test.each([
  [
    'responds with 503 and logs the reason',
    '',
    { status: 503, body: { error: 'temporarily_unavailable' } },
    0,
  ],
  ['authenticates the client', '127.0.0.0/8', { status: 400, body: { error: 'invalid_grant' } }, 1],
])('%s if keys are inside the network and FETCH_ALLOW is "%s"', async (_, allowed, expected, connections) => {
  const { host, ca, jwksUri } = await startKeyServer();
  const port = String(await freePort());
  const issuer = `http://localhost:${port}`;
  const client = {
    id: 'acme',
    name: 'Acme',
    redirectUris: ['https://acme.example/cb'],
    authentication: { method: 'private_key_jwt', jwksUri },
    access: [{ resource: '/mcp', scopes: ['notes:read'] }],
  };
  const app = startProcess(['start'], {
    PORT: port,
    DATABASE_URL: 'sqlite::memory:',
    SEED: await writeSeed(JSON.stringify({ ...OPEN_SEED, people: [], clients: [client] })),
    NODE_EXTRA_CA_CERTS: ca,
    FETCH_ALLOW: allowed,
  });
  await app.said('Vestibule serves the realm');
  const now = Date.now();
  const claims = { iss: 'acme', sub: 'acme', aud: issuer, jti: 'once', exp: Math.floor(now / 1_000) + 60 };
  const response = await token(
    { issuer },
    {
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await statementAt(now, claims),
    },
  );
  expect(response).toMatchObject(expected);
  expect(host.connections()).toBe(connections);
  await app.said(connections === 0 ? '"type":"jwks.unavailable"' : '"type":"token.refused"');
  expect(app.output().includes('is in 127.0.0.0/8 (loopback)')).toBe(connections === 0);
});
