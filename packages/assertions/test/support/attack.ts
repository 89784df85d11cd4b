import type { TrustedIssuer } from '@vestibule/core/registration';
import { expect } from 'vitest';
import { createStatementVerifier } from '../../src/software-statements/index.ts';
import { CLAIMS, type IssuerKey, jwksOf, makeKey, NOW, signedParts, statementOf, trusted } from './issuer.ts';

/** The keys of the attacked issuer. `spare` and `rsa` are published beside the key that signs. */
export const key: IssuerKey = await makeKey();
export const spare: IssuerKey = await makeKey('ES256', 'spare');
export const rsa: IssuerKey = await makeKey('RS256', 'rsa');
/** The key of another trusted issuer. */
export const others: IssuerKey = await makeKey();
/** A key that is not trusted. */
export const thief: IssuerKey = await makeKey();

export const issuers: readonly TrustedIssuer[] = [
  trusted({ jwks: jwksOf(key, spare, rsa), softwareIds: ['notes-agent'] }),
  trusted({ name: 'Other', issuer: 'https://other.example', jwks: jwksOf(others) }),
];

/** The valid statement that attacks start from, and its parts. */
export const good: string = await statementOf(key);
export const [header = '', payload = '', signature = '']: readonly string[] = good.split('.');
export const HEADER: object = { alg: 'ES256', kid: 'k' };

/** Claims that an attacker would like to have signed. */
export const stolen: Readonly<Record<string, unknown>> = { ...CLAIMS, client_name: 'Stolen' };

export type Attack = readonly [name: string, make: () => string | Promise<string>];

/** Signed by the issuer, with changes to the header or the payload. */
export const withHeader = (over: object) => (): Promise<string> =>
  signedParts(key, { ...HEADER, ...over }, CLAIMS);
export const withClaim = (name: string, value: unknown) => (): Promise<string> =>
  signedParts(key, HEADER, { ...CLAIMS, [name]: value });
export const byThief = (over: object) => (): Promise<string> =>
  signedParts(thief, { ...HEADER, ...over }, stolen);

/** RFC 6749 §5.2: the characters of `error_description`. */
const PLAIN = /^[\x20\x21\x23-\x5B\x5D-\x7E]+$/;

/**
 * The problem of a statement. Checks that it has only allowed characters and repeats nothing that only the statement
 * contains.
 */
export async function problemOf(statement: string, outcome: 'invalid' | 'untrusted'): Promise<string> {
  const verdict = await createStatementVerifier().verify(statement, issuers, NOW, []);
  expect(verdict).toMatchObject({ outcome });
  const problem = 'problem' in verdict ? verdict.problem : '';
  expect(problem).toMatch(PLAIN);
  expect(problem).not.toMatch(/MARKER/i);
  return problem;
}
