import { selfSigned } from '@vestibule/testing/certificates';
import { freePort } from '@vestibule/testing/port';
import { createServer } from 'node:https';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { expect, test } from 'vitest';
import { examine, type Report } from '../src/index.ts';
import { at, members, page, redirect } from './servers/answer.ts';
import { startServer } from './servers/right-server.ts';

const failuresIn = ({ findings }: Report): readonly (readonly [string, string | undefined])[] =>
  findings.filter(({ outcome }) => outcome === 'failed').map(({ check, message }) => [check, message]);

test('says that a server does not respond, and judges nothing else of it', async () => {
  const target = `http://127.0.0.1:${await freePort()}/mcp`;
  const [first, ...others] = failuresIn(await examine(target));
  expect(first).toEqual(['transport.response', expect.stringContaining('ECONNREFUSED')]);
  expect(others).toEqual([]);
});

test('says that a certificate is not trusted', async () => {
  const server = createServer(selfSigned({ hosts: ['localhost'] }), (_, response) =>
    response.writeHead(401).end(),
  );
  const target = `${await listeningUntilEnd(server, 'localhost')}/mcp`;
  const [first] = failuresIn(await examine(target));
  expect(first).toEqual(['transport.certificate', expect.stringContaining('self-signed certificate')]);
});

test('examines the authorization server alone if the URL is an issuer', async () => {
  const { origin, received } = await startServer();
  const report = await examine(origin);
  expect([report.kind, report.issuer, failuresIn(report)]).toEqual(['issuer', origin, []]);
  expect(received.filter(({ path }) => path === '/mcp')).toEqual([]);
});

test('follows redirects of metadata, and names each', async () => {
  const { target } = await startServer(
    at(/^\/\.well-known\/oauth-authorization-server$/, (answer, { query }) =>
      query.has('there') ? answer : redirect('?there=1'),
    ),
  );
  expect(failuresIn(await examine(target))).toEqual([
    ['transport.redirect', expect.stringContaining('redirects (302) to ?there=1')],
  ]);
});

test('ends redirects that lead in a circle', async () => {
  const { target, received } = await startServer(
    at('/.well-known/oauth-authorization-server', () => redirect('/.well-known/oauth-authorization-server')),
  );
  expect(failuresIn(await examine(target)).map(([check]) => check)).toEqual([
    'transport.redirect',
    'issuer.well-known',
  ]);
  expect(received.filter(({ path }) => path === '/.well-known/oauth-authorization-server')).toHaveLength(4);
});

test('looks at the origin if a resource has no metadata, as older agents do', async () => {
  const { target, origin } = await startServer(at(/oauth-protected-resource/, () => page(404)));
  expect(await examine(target)).toMatchObject({ kind: 'resource', issuer: origin });
});

test('does not read more of a body than it needs', async () => {
  const { target } = await startServer(
    at('/.well-known/oauth-protected-resource/mcp', (answer) => ({
      ...answer,
      body: `${' '.repeat(600 * 1_024)}${answer.body}`,
    })),
  );
  expect(failuresIn(await examine(target)).map(([check]) => check)).toEqual(['resource.metadata']);
});

test('does not send its management token to another origin', async () => {
  const other = await startServer();
  const { target } = await startServer(
    members('/register', () => ({ registration_client_uri: `${other.origin}/client-1` })),
  );
  await examine(target, { register: true, only: [] });
  expect(other.received).toEqual([]);
});

test('refuses a URL that is not of the web', async () => {
  await expect(examine('file:///etc/passwd')).rejects.toThrow(TypeError);
});
