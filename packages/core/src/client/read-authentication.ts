import { quote } from '../text/quote.ts';
import type { DocumentAuthentication } from './document-authentication.ts';
import { STATEMENT_ALGORITHMS, type StatementAlgorithm } from '../software-statement/verifier.ts';
import { isPresent, isText, type Members } from '../members.ts';
import { readKeys } from './published-keys.ts';

/** How a document says that its client authenticates, or the rule that it breaks. */
export type ReadAuthentication =
  | { readonly ok: true; readonly authentication: DocumentAuthentication }
  | { readonly ok: false; readonly rule: string; readonly description: string };

/** The members of a document that are about authentication. The policy does not read them. */
export const AUTHENTICATION_MEMBERS = [
  'token_endpoint_auth_method',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg',
  'jwks',
  'jwks_uri',
] as const;

/** How many of the methods that a document names are quoted. */
const MOST_QUOTED = 3;

/**
 * Reads how a client authenticates. One document is for all servers, so methods that are not supported here are left out, as long as
 * one is left. No method may need a secret, which a document cannot keep.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-4 Client ID Metadata
 * Document §4}
 */
export function readAuthentication(document: Members): ReadAuthentication {
  const read = readKeys(document);
  if (!read.ok) return refused('document.keys', read.problem);
  const methods = methodsOf(document);
  if (methods === undefined) {
    return refused(
      'document.authentication',
      'token_endpoint_auth_method must be a string, and token_endpoint_auth_methods_supported a list that contains it',
    );
  }
  const shared = methods.find((method) => method.startsWith('client_secret_'));
  if (shared !== undefined) {
    return refused('document.secret', `the document must not name ${quote(shared)}, which needs a secret`);
  }
  const named = document['token_endpoint_auth_signing_alg'];
  const algorithm = STATEMENT_ALGORITHMS.find((known) => known === named);
  if (!methods.includes('private_key_jwt') || (isPresent(named) && algorithm === undefined)) {
    return methods.includes('none')
      ? { ok: true, authentication: { accepts: 'none' } }
      : unsupported(document, methods);
  }
  const { keys } = read;
  if (keys === undefined) {
    return refused('document.keys', 'a document that names private_key_jwt must have jwks or jwks_uri');
  }
  if (keys.jwks?.keys.every((key) => !fits(key, algorithm)) === true) {
    return refused(
      'document.keys',
      'jwks must have a key for a signature that is accepted here: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519',
    );
  }
  const accepts = methods.includes('none') ? 'either' : 'private_key_jwt';
  return { ok: true, authentication: { accepts, keys, ...(algorithm !== undefined && { algorithm }) } };
}

const refused = (rule: string, description: string): ReadAuthentication => ({ ok: false, rule, description });

function unsupported(document: Members, methods: readonly string[]): ReadAuthentication {
  const algorithm = document['token_endpoint_auth_signing_alg'];
  const signed = methods.includes('private_key_jwt') && isText(algorithm);
  const named = methods.slice(0, MOST_QUOTED).map(quote).join(' or ');
  return refused(
    'document.authentication',
    signed
      ? `the client signs with ${quote(algorithm)}; here it has to be one of ${STATEMENT_ALGORITHMS.join(', ')}`
      : `the client authenticates by ${named}; here it has to be none or private_key_jwt`,
  );
}

/** Whether a key does not say that it is for another algorithm. */
const fits = ({ alg }: Members, algorithm: StatementAlgorithm | undefined): boolean =>
  algorithm === undefined || !isPresent(alg) || alg === algorithm;

/**
 * The ways in which a client authenticates. None named means `none`: the default of RFC 7591 needs a secret.
 *
 * @returns undefined if the members contradict each other or have another form
 */
function methodsOf(document: Members): readonly string[] | undefined {
  const { token_endpoint_auth_method: one, token_endpoint_auth_methods_supported: several } = document;
  if (isPresent(one) && !isText(one)) return undefined;
  if (!isPresent(several)) return isText(one) ? [one] : ['none'];
  if (!Array.isArray(several) || !several.every(isText) || several.length === 0) return undefined;
  return isText(one) && !several.includes(one) ? undefined : several;
}
