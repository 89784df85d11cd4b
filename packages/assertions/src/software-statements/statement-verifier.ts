import { checkOptions, quote } from '@vestibule/core';
import type {
  SoftwareStatementVerifier,
  StatementVerdict,
  TrustedIssuer,
} from '@vestibule/core/registration';
import { readHeader } from '../header.ts';
import { ASSERTION_OPTIONS, type AssertionOptions } from '../options.ts';
import { readAssertion } from '../read.ts';
import { createSignatureCheck } from '../signature.ts';
import { claimsProblem } from './statement-claims.ts';

/** RFC 7591 defines no type for statements, so most have none. */
const TYPE = 'software-statement+jwt';

/**
 * Verifies software statements: JWTs in compact serialization, with an asymmetric signature, `iss`, `iat` and `exp`. Only
 * `iss` is read before the signature is verified. It must equal an issuer of the realm's settings, and those settings choose
 * keys and algorithms; keys and addresses in a statement are ignored. If two entries have the same `issuer`, the first is
 * used.
 *
 * `verify` throws an error if the settings of an issuer are unusable, for example without `jwks` and `jwksUri`.
 *
 * @throws TypeError that names each option that is unknown or has the wrong type
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725 RFC 8725}
 */
export function createStatementVerifier(options: AssertionOptions = {}): SoftwareStatementVerifier {
  checkOptions('createStatementVerifier', options, ASSERTION_OPTIONS);
  const signatures = createSignatureCheck(options);

  return {
    async verify(statement, issuers, now, audience) {
      const read = readAssertion(statement);
      if (!read.ok) return invalid(read.problem);
      const { claims } = read;
      const judged = readHeader(read.header, TYPE);
      if (!judged.ok) return invalid(judged.problem);
      const { header } = judged;
      const { iss } = claims;
      if (typeof iss !== 'string') {
        return invalid('has no iss that is a string; its issuer must name itself there');
      }
      const issuer = issuers.find((known) => known.issuer === iss);
      if (issuer === undefined) {
        return untrusted(`comes from ${quote(iss)}, who is not trusted here; leave it out, or bring another`);
      }

      // The header names an asymmetric algorithm, so another kind in the settings is never used.
      if (!issuer.algorithms.includes(header.alg)) {
        return invalid(
          `is not signed with an algorithm that is agreed with ${quote(iss)}; get one that is signed as agreed`,
        );
      }
      const { jwks, jwksUri } = issuer;
      const source = {
        owner: `the trusted issuer ${quote(iss)}`,
        chosenBy: 'operator',
        ...(jwks !== undefined && { jwks }),
        ...(jwksUri !== undefined && { jwksUri }),
      } as const;
      const signature = await signatures.check(statement, header, source, now);
      if (signature === 'key-unknown') {
        return invalid(
          `is signed with a key that ${quote(iss)} does not publish for its kid and alg; get a new one there`,
        );
      }
      if (signature === 'bad') {
        return invalid(`is not signed by ${quote(iss)}; bring it exactly as it was issued`);
      }
      const problem = claimsProblem(claims, audience, options, now);
      if (problem !== undefined) return invalid(problem);
      return beyondTrust(issuer, claims) ?? { outcome: 'verified', issuer, claims };
    },
  };
}

/** Called only for a verified statement: an error that says that the issuer went too far must be about the real issuer. */
function beyondTrust(
  { issuer, softwareIds }: TrustedIssuer,
  { software_id: id }: Readonly<Record<string, unknown>>,
): StatementVerdict | undefined {
  if (softwareIds === undefined) return undefined;
  if (typeof id !== 'string') {
    return untrusted(`has no software_id, and ${quote(issuer)} is trusted here for certain software only`);
  }
  if (softwareIds.includes(id)) return undefined;
  return untrusted(`is about the software ${quote(id)}, for which ${quote(issuer)} is not trusted here`);
}

const invalid = (problem: string): StatementVerdict => ({ outcome: 'invalid', problem });
const untrusted = (problem: string): StatementVerdict => ({ outcome: 'untrusted', problem });
