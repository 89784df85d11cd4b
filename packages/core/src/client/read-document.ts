import { type Refusal, refusal } from '../refusal.ts';
import { quote } from '../text/quote.ts';

/** A document whose form is good, before the policy judges it. */
export type ReadDocument =
  | {
      readonly ok: true;
      /** What the policy reads, like the body of a registration request. */
      readonly body: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** How many of the methods that a document names are quoted. */
const MOST_QUOTED = 3;

/** How clients authenticate here at the token endpoint. */
const SUPPORTED: readonly string[] = ['none'];

/** What a document says about authentication and keys, which is not for the policy, and what only a server decides. */
const APART: ReadonlySet<string> = new Set([
  'client_id',
  'token_endpoint_auth_method',
  'token_endpoint_auth_methods_supported',
  'jwks',
  'jwks_uri',
  'software_statement',
]);

/**
 * Checks what a metadata document must be besides good metadata: it names its own URL, contains no secret, and can authenticate in
 * a way that this server knows. Unknown members are ignored.
 *
 * @param clientId the URL that it was fetched from
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-4 Client ID Metadata
 * Document §4}
 */
export function readDocument(clientId: string, document: unknown): ReadDocument {
  if (!isObject(document)) return refused('document.object', 'the document must be a JSON object');
  if (document['client_id'] !== clientId) {
    return refused(
      'document.client-id',
      'the client_id of the document must be its own URL, letter by letter',
    );
  }
  for (const member of ['client_secret', 'client_secret_expires_at']) {
    if (isPresent(document[member])) {
      return refused('document.secret', `the document must not have ${member}: everybody can read it`);
    }
  }
  const keys = keyProblem(document);
  if (keys !== undefined) return refused('document.keys', keys);
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
  if (!methods.some((method) => SUPPORTED.includes(method))) {
    return refused(
      'document.authentication',
      `the client authenticates by ${methods.slice(0, MOST_QUOTED).map(quote).join(' or ')}; here it has to be ${SUPPORTED.join(' or ')}`,
    );
  }
  const body = Object.fromEntries(Object.entries(document).filter(([member]) => !APART.has(member)));
  return { ok: true, body };
}

const refused = (rule: string, description: string): ReadDocument => ({
  ok: false,
  refusal: refusal('invalid_client_metadata', rule, description),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * The ways in which a client authenticates. None named means `none`: the default of RFC 7591 needs a secret.
 *
 * @returns undefined if the members contradict each other or have another form
 */
function methodsOf(document: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { token_endpoint_auth_method: one, token_endpoint_auth_methods_supported: several } = document;
  if (isPresent(one) && !isText(one)) return undefined;
  if (!isPresent(several)) return isText(one) ? [one] : ['none'];
  if (!Array.isArray(several) || !several.every(isText) || several.length === 0) return undefined;
  return isText(one) && !several.includes(one) ? undefined : several;
}

/** Members of keys that must not be published. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What is wrong with the keys of a document, if it has any. */
function keyProblem({ jwks, jwks_uri: uri }: Readonly<Record<string, unknown>>): string | undefined {
  if (isPresent(jwks) && isPresent(uri)) return 'the document must not have both jwks and jwks_uri';
  if (isPresent(uri) && !(isText(uri) && URL.parse(uri)?.protocol === 'https:')) {
    return 'jwks_uri must be an https URL';
  }
  if (!isPresent(jwks)) return undefined;
  const keys = isObject(jwks) ? jwks['keys'] : undefined;
  if (!Array.isArray(keys) || !keys.every(isObject)) return 'jwks must have a list of keys';
  const isPrivate = keys.some(
    (key) => key['kty'] === 'oct' || PRIVATE_MEMBERS.some((member) => isPresent(key[member])),
  );
  return isPrivate ? 'jwks must have public keys only' : undefined;
}
