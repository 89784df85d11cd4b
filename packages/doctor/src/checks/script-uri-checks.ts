import { quote } from '@vestibule/client-fixtures';
import { PEOPLE, REGISTERING } from '../agents/audience.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { type Exchange, jsonOf, received, statusOf } from '../exchange/exchange.ts';
import { type Check, failed, type Judgement, MEASURED, passed, rfc, skipped } from './check.ts';
import { isClosed } from './registration-checks.ts';

/** Judges the registration of a redirect URI that is a script. */
const ofScript =
  (judge: (exchange: Exchange) => Judgement) =>
  (evidence: Evidence): Judgement => {
    const exchange = evidence.registered?.scriptUri;
    return exchange === undefined ? skipped('Nothing was registered.') : judge(exchange);
  };

const isAccepted = (exchange: Exchange): boolean => {
  const status = statusOf(exchange) ?? 0;
  return status >= 200 && status < 300;
};

const scripts: Check = {
  id: 'registration.script-uri',
  title: 'A redirect URI that is a script is refused.',
  severity: 'error',
  audience: PEOPLE,
  section: rfc(9700, '4.1.3'),
  why: 'The page that leads to the client runs the script with the session of the person who signed in.',
  mend: 'Accept https, http on loopback, and private-use schemes with a dot, and refuse any other: javascript, data, file, vbscript.',
  seen: [MEASURED, 'https://www.novasecurity.co.nz/the-s-in-mcp-stands-for-security-part-2'],
  judge: ofScript((exchange) =>
    isAccepted(exchange)
      ? failed('A client with the redirect URI javascript:alert(1) was registered.', { where: exchange.url })
      : passed,
  ),
};

const redirectError: Check = {
  id: 'registration.invalid-redirect-uri',
  title: 'A wrong redirect URI is refused with invalid_redirect_uri.',
  severity: 'warning',
  audience: REGISTERING,
  section: rfc(7591, '3.2.2'),
  why: 'The code tells the developer of an agent which member is wrong.',
  mend: 'Respond 400 with {"error": "invalid_redirect_uri"}.',
  judge: ofScript((exchange) => {
    if (isAccepted(exchange)) return skipped('It was accepted.');
    if (isClosed(exchange)) return skipped('Registration needs a token.');
    const { error } = jsonOf(exchange) ?? {};
    return error === 'invalid_redirect_uri'
      ? passed
      : failed(`${exchange.url} ${received(exchange)}, and error is ${quote(error)}.`, {
          where: exchange.url,
        });
  }),
};

/** What the registration of a redirect URI that is a script tells. */
export const scriptUriChecks: readonly Check[] = [scripts, redirectError];
