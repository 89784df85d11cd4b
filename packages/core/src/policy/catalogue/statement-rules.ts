import { describe, type RuleDescription } from './rule-description.ts';

/** Software statements. */
export const STATEMENT_RULES: readonly RuleDescription[] = [
  describe(
    'software-statement.trusted',
    'RFC 7591 §2.3',
    'The realm trusts the issuer of the software statement for this software.',
    'Leave out software_statement, or ask the operator to trust the issuer (registration.softwareStatements.issuers).',
    'A statement of an unknown issuer says no more than the client itself. If the realm ignores such statements, the request is judged as if there was none.',
  ),
  describe(
    'software-statement.valid',
    'RFC 7591 §2.3, RFC 8725',
    'The statement is a signed JWT of its issuer that has not expired.',
    'Get a new statement from the issuer: signed with an asymmetric key, with iss, iat and exp.',
    'Only a valid signature proves that the issuer describes this client.',
  ),
  describe(
    'software-statement.claims',
    'RFC 7591 §2.3',
    'The statement contains client_name and redirect_uris.',
    'Ask the issuer to put both into the statement.',
    'A copied statement can be sent with any other members, so a statement without them would verify every client.',
  ),
];
