/**
 * One header that blocks the process: a regular expression that can divide the same spaces in many ways tries them all, so
 * 15 KB block the only thread for half a second, before any limit.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/1333.html CWE-1333}
 * @see {@link https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS}
 *
 * Taken out: packages/http/src/body/media-type.ts: `if (contentType.length > MAX_LENGTH) return false;` → ``
 * Taken out: packages/http/src/body/media-type.ts: `charsetOf(parameters) === 'utf-8'` → `parameters.every((parameter) => (/^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1] ?? 'utf-8') === 'utf-8')`
 * Then fails: parses a content type with 15,000 spaces without an expression that backtracks
 */
import { describe, expect, test } from 'vitest';
import { superLinear } from '../support/linear-expressions.ts';
import { workOf } from '../support/work.ts';
import { attackedApp } from './support/attacked.ts';

const app = attackedApp();

describe('parses a content type with 15,000 spaces without an expression that backtracks', () => {
  test.each([
    ['/connect/register', 'application/json', 415],
    ['/connect/token', 'application/x-www-form-urlencoded', 415],
    ['/connect/par', 'application/x-www-form-urlencoded', 415],
    ['/connect/revoke', 'application/x-www-form-urlencoded', 415],
    ['/connect/authorize', 'application/x-www-form-urlencoded', 400],
    ['/connect/sign-in', 'application/x-www-form-urlencoded', 400],
    ['/connect/consent', 'application/x-www-form-urlencoded', 400],
  ])('%s', async (path, type, status) => {
    const headers = { 'content-type': `${type}; charset=${' '.repeat(15_000)}x y` };
    let answered: number | undefined;
    const { expressions } = await workOf(async () => {
      const response = await fetch(`${app().issuer}${path}`, { method: 'POST', headers, body: 'x' });
      answered = response.status;
      await response.text();
    });
    expect(await superLinear(expressions)).toEqual([]);
    expect(answered).toBe(status);
  });
});
