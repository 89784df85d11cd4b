/** The documentation of a rule. */
export interface RuleDescription {
  /** Stable: it is in brackets at the end of the description of a refusal. */
  readonly id: string;
  /** The source of the rule. */
  readonly source: string;
  /** What it requires, and what to do. */
  readonly asks: string;
}

const describe = (id: string, source: string, asks: string): RuleDescription => ({ id, source, asks });

/** Every rule for registrations, in the order of their evaluation. */
export const RULES: readonly RuleDescription[] = [
  describe(
    'body.media-type',
    'RFC 7591 §3.1',
    'Send the body as application/json, in UTF-8 and not compressed.',
  ),
  describe('body.size', 'RFC 9110 §15.5.14', 'A body has at most 64 KiB.'),
  describe('body.utf-8', 'RFC 8259 §8.1', 'JSON is UTF-8; other encodings are not detected.'),
  describe('body.json', 'RFC 7591 §3.1', 'The body is JSON, without comments and trailing commas.'),
  describe(
    'body.repeated-member',
    'RFC 8259 §4',
    'Each member occurs once, because programs disagree on which of two values counts.',
  ),
  describe(
    'software-statement.trusted',
    'RFC 7591 §2.3',
    'The realm must trust the issuer of a software statement for this software. If the realm ignores other statements, the request is judged as if there was none.',
  ),
  describe(
    'software-statement.valid',
    'RFC 7591 §2.3, RFC 8725',
    'A statement is a JWT that its issuer signed with an asymmetric key, with iss, iat and exp, and it has not expired.',
  ),
  describe(
    'software-statement.claims',
    'RFC 7591 §2.3',
    'A statement must contain client_name and redirect_uris, because a copied statement can be sent with any other members.',
  ),
  describe('metadata.object', 'RFC 7591 §3.1', 'The body is one JSON object.'),
  describe('metadata.type', 'RFC 7591 §2', 'Each member has the JSON type that RFC 7591 gives it.'),
  describe(
    'metadata.language',
    'RFC 7591 §2.2',
    'A BCP 47 language tag follows the #, and each language occurs once.',
  ),
  describe('redirect-uris.count', 'RFC 7591 §2', 'Register one to ten redirect URIs.'),
  describe(
    'redirect-uris.form',
    'RFC 9700 §4.1.3, RFC 8252 §7',
    'Each redirect URI counts once, and is stored unchanged.',
  ),
  describe('redirect-uris.length', 'RFC 9700 §4.1.3', 'A redirect URI has at most 2,048 characters.'),
  describe(
    'redirect-uris.characters',
    'RFC 3986 §2',
    'A redirect URI has only the characters of URIs: percent-encode others, and write hosts in their ASCII form.',
  ),
  describe(
    'redirect-uris.fragment',
    'RFC 6749 §3.1.2',
    'A redirect URI has no fragment: leave out # and what follows.',
  ),
  describe(
    'redirect-uris.query',
    'RFC 6749 §4.1.2',
    'The query has no parameter of the response, such as code, state or iss.',
  ),
  describe(
    'redirect-uris.absolute',
    'RFC 6749 §3.1.2',
    'A redirect URI is absolute: it begins with a scheme.',
  ),
  describe(
    'redirect-uris.scheme',
    'RFC 8252 §7',
    'The URI leads back to the app: https, http on a loopback host, or a private-use scheme of the app. Schemes that browsers or systems handle do not.',
  ),
  describe(
    'redirect-uris.user-info',
    'RFC 9700 §4.1.3',
    'The URI has no user information: leave out what is before the @.',
  ),
  describe(
    'redirect-uris.host',
    'RFC 9700 §4.1.3',
    'The host is written in its canonical form, and its port is valid.',
  ),
  describe(
    'redirect-uris.http-host',
    'RFC 8252 §7.3',
    'Plain http is only for localhost, 127.0.0.1 and [::1], in these spellings. Use https for others.',
  ),
  describe(
    'redirect-uris.own-host',
    'RFC 9700 §4.1, RFC 6265 §8.5',
    'No redirect URI leads to the authorization server itself: to its host, or on a loopback host to its port. The same holds for the other realms of the server.',
  ),
  describe(
    'redirect-uris.accepted-host',
    'RFC 7591 §5',
    'The realm, or the initial access token, restricts the hosts of https redirect URIs. Ask the operator.',
  ),
  describe(
    'redirect-uris.private-use',
    'RFC 8252 §7.1',
    'This realm accepts no private-use schemes: they are dropped, and an https or loopback URI must be left.',
  ),
  describe(
    'redirect-uris.private-use-query',
    'RFC 8252 §7.1',
    'A private-use redirect URI has no query: leave out ? and what follows.',
  ),
  describe(
    'redirect-uris.acting-scheme',
    'RFC 8252 §7.1, RFC 7595 §3.7',
    'A private-use scheme leads back to the app only. A scheme whose program opens pages, controls computers, runs commands, installs or pays belongs to its vendor; use https, a loopback URI, or your own scheme, such as com.example.app.',
  ),
  describe(
    'token-endpoint-auth-method.none',
    'RFC 7591 §2, RFC 7636',
    'Clients that register themselves are public: the method becomes none, and no secret is issued. Use PKCE with S256.',
  ),
  describe(
    'grant-types.client-credentials',
    'RFC 6749 §4.4',
    'A client that registers itself acts for a person and never on its own behalf.',
  ),
  describe(
    'grant-types.supported',
    'RFC 7591 §2',
    'The grants are authorization_code and refresh_token. Others are refused, or dropped if the realm narrows.',
  ),
  describe('grant-types.authorization-code', 'RFC 7591 §2.1', 'authorization_code is among the grants.'),
  describe(
    'response-types.code',
    'RFC 7591 §2.1',
    'The response type is code, which belongs to authorization_code.',
  ),
  describe(
    'scope.open',
    'RFC 7591 §2',
    'scope is an upper bound, cut to the scopes that are open to clients that register themselves. If nothing is left, it is ignored.',
  ),
  describe(
    'initial-access-token.scopes',
    'RFC 7591 §3.1',
    'The initial access token limits the scopes of its clients.',
  ),
  describe('languages.count', 'RFC 7591 §2.2', 'At most 32 members have a language tag.'),
  describe(
    'client-name.clean',
    'RFC 7591 §2, §5',
    'A name is one line of at most 80 visible characters. Without a name, the client is called by its host.',
  ),
  describe(
    'client-name.languages',
    'RFC 7591 §2.2, §5',
    'Names in other languages are cleaned like the main one.',
  ),
  describe(
    'client-name.reserved',
    'RFC 7591 §5, UTS #39',
    'No name contains or resembles a name that the realm reserves. Choose another.',
  ),
  describe(
    'client-name.own',
    'RFC 7591 §5, UTS #39',
    'No client has the name of this realm, of one of its APIs, of its host or of another realm of the server, or a similar one. Put your own name before it.',
  ),
  describe(
    'client-name.vendor',
    'RFC 7591 §5, UTS #39',
    'A client with the name of a known vendor redirects to hosts of that vendor, or only to loopback addresses. A metadata document with such a name is at a host of the vendor, unless all of its redirect URIs belong to the vendor. Choose another name, or redirect there.',
  ),
  describe(
    'application-type.known',
    'OIDC Registration §2',
    'application_type is native or web; by default it is derived from the redirect URIs.',
  ),
  describe(
    'claimed-uris.web',
    'RFC 7591 §2, §5',
    'Pages about the client are https URLs. They are never fetched.',
  ),
  describe(
    'software.text',
    'RFC 7591 §2',
    'software_id and software_version are one line of at most 255 characters.',
  ),
  describe(
    'contacts.text',
    'RFC 7591 §2',
    'contacts are at most ten lines of text. No messages are sent to them.',
  ),
  describe('management.client-id', 'RFC 7592 §2.2', 'An update contains the client_id of its client.'),
  describe(
    'management.client-secret',
    'RFC 7592 §2.2',
    'The client has no secret, so an update must not contain one.',
  ),
];

/** The rule with an id; `undefined` for rules that a program added. */
export const findRule = (id: string): RuleDescription | undefined => RULES.find((rule) => rule.id === id);
