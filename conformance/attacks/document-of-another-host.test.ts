/**
 * A document that does not come from the host of its URL: from an open redirector there, which anyone can make point elsewhere, or
 * from a computer on the way that pretends to be the host.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/601.html CWE-601}
 * @see {@link https://cwe.mitre.org/data/definitions/295.html CWE-295}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-5 CIMD §5}
 *
 * Taken out: packages/cimd/src/node/response/judge-head.ts: `if (status >= 300 && status < 400) {` → `if (false) {`
 * Taken out: packages/cimd/src/node/response/judge-head.ts: `if (status !== 200) return` → `if (false) return`
 * Then fails: accepts no document from a redirect, and follows none
 *
 * Taken out: packages/cimd/src/node/connect-to.ts: `rejectUnauthorized: true,` → `rejectUnauthorized: false,`
 * Then fails: accepts no document from a host without a certificate for the name
 */
import { createCertificateAuthority, selfSigned } from '@vestibule/testing/certificates';
import { describe, expect, test } from 'vitest';
import { fetchFrom, startDocumentHost } from './support/document-host.ts';

test.each([301, 302, 303, 307, 308])(
  'accepts no document from a redirect, and follows none: %i',
  async (status) => {
    const other = await startDocumentHost();
    const body = '{"client_id":"https://agent.example/"}';
    const location = `Location: https://agent.example:${other.port}/`;
    const head = `HTTP/1.1 ${status} Moved\r\nContent-Type: application/json\r\n${location}\r\n\r\n`;
    const host = await startDocumentHost({ respond: (socket) => socket.end(head + body) });
    expect(await fetchFrom(host)).toMatchObject({ ok: false, reason: 'redirect' });
    expect(other.connections()).toBe(0);
  },
);

describe('accepts no document from a host without a certificate for the name', () => {
  test.each([
    ['a certificate of its own', selfSigned({ hosts: ['agent.example'] })],
    ['one of another authority', createCertificateAuthority().issue({ hosts: ['agent.example'] })],
  ])('%s', async (_, certificate) => {
    const host = await startDocumentHost({ certificate });
    expect(await fetchFrom(host)).toMatchObject({ ok: false, reason: 'certificate' });
    expect(host.requests).toEqual([]);
  });

  test('one for another name', async () => {
    const host = await startDocumentHost({ hosts: ['other.example'] });
    expect(await fetchFrom(host)).toMatchObject({ ok: false, reason: 'certificate' });
    expect(host.requests).toEqual([]);
  });
});
