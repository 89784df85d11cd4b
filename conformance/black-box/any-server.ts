import { describe } from 'vitest';
import { brokenHttp } from './broken-http.ts';
import { everyCase } from './every-case.ts';

/** The server at `BASE_URL`. Only `test:server` runs this file. */
const given = process.env['ISSUER'] ?? '';
if (!URL.canParse(given)) {
  throw new Error('Set BASE_URL to the issuer of the server, for example http://localhost:3000.');
}
const issuer = given.replace(/\/$/, '');

const isWholeSite = new URL(issuer).pathname === '/';
const served = everyCase(
  async () => ({
    issuer,
    async send(at, init = {}) {
      const response = await fetch(typeof at === 'string' ? `${issuer}${at}` : at, {
        ...init,
        redirect: 'manual',
      });
      if (response.status === 429) {
        throw new Error(
          'The server limits registration attempts. Raise its limits for this run, as conformance/README.md says.',
        );
      }
      return response;
    },
    close: async () => {},
  }),
  { isWholeSite },
);

// A proxy with TLS answers broken HTTP by itself.
describe.runIf(isWholeSite && issuer.startsWith('http:'))('broken HTTP', () => {
  brokenHttp(served);
});
