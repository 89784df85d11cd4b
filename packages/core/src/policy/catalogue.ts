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
  describe('body.size', 'RFC 9110 §15.5.14', 'A body has 64 KiB at most.'),
  describe('body.utf-8', 'RFC 8259 §8.1', 'JSON is UTF-8; other bytes are not guessed at.'),
  describe('body.json', 'RFC 7591 §3.1', 'The body is JSON, without comments and trailing commas.'),
  describe(
    'body.repeated-member',
    'RFC 8259 §4',
    'Each member is there once: of two, programs disagree which counts.',
  ),
  describe(
    'software-statement.trusted',
    'RFC 7591 §2.3',
    'A software statement counts where the realm trusts its issuer for this software. Where the realm ignores others, leave it out and you are judged the same.',
  ),
  describe(
    'software-statement.valid',
    'RFC 7591 §2.3, RFC 8725',
    'A statement is a JWT that its issuer signed with an asymmetric key, with iss, iat and exp, and it has not expired.',
  ),
  describe(
    'software-statement.claims',
    'RFC 7591 §2.3',
    'A statement holds client_name and redirect_uris itself. Anybody may copy a statement, and what it does not say they could put beside it.',
  ),
  describe('metadata.object', 'RFC 7591 §3.1', 'The body is one JSON object.'),
  describe('metadata.type', 'RFC 7591 §2', 'Each member has the JSON type that RFC 7591 gives it.'),
  describe(
    'metadata.language',
    'RFC 7591 §2.2',
    'Behind a # stands a BCP 47 language tag, and each language is there once.',
  ),
  describe('redirect-uris.count', 'RFC 7591 §2', 'There are one to ten redirect URIs.'),
  describe(
    'redirect-uris.form',
    'RFC 9700 §4.1.3, RFC 8252 §7',
    'Each redirect URI counts once, and is kept to the byte.',
  ),
  describe('redirect-uris.length', 'RFC 9700 §4.1.3', 'A redirect URI has 2,048 characters at most.'),
  describe(
    'redirect-uris.characters',
    'RFC 3986 §2',
    'A redirect URI holds only what URIs can hold: percent-encode the rest, and write hosts in their ASCII form.',
  ),
  describe(
    'redirect-uris.fragment',
    'RFC 6749 §3.1.2',
    'A redirect URI has no fragment: leave out # and what follows.',
  ),
  describe(
    'redirect-uris.query',
    'RFC 6749 §4.1.2',
    'Its query has no parameter that the answer brings, such as code, state or iss.',
  ),
  describe(
    'redirect-uris.absolute',
    'RFC 6749 §3.1.2',
    'A redirect URI is absolute: it begins with a scheme.',
  ),
  describe(
    'redirect-uris.scheme',
    'RFC 8252 §7',
    'It leads back to the app: https, http on this computer, or a scheme of the app’s own. Schemes that browsers or systems act upon do not.',
  ),
  describe('redirect-uris.user-info', 'RFC 9700 §4.1.3', 'Nothing stands before the host and an @.'),
  describe(
    'redirect-uris.host',
    'RFC 9700 §4.1.3',
    'The host is written the way it is read, and its port is one.',
  ),
  describe(
    'redirect-uris.http-host',
    'RFC 8252 §7.3',
    'Plain http is for localhost, 127.0.0.1 and [::1], in these spellings. Anything else is https.',
  ),
  describe(
    'redirect-uris.own-host',
    'RFC 9700 §4.1, RFC 6265 §8.5',
    'No redirect URI leads to the authorization server itself: to its host, or on this computer to its port. The other realms of the server count, too.',
  ),
  describe(
    'redirect-uris.accepted-host',
    'RFC 7591 §5',
    'The realm, or the initial access token, says which hosts https redirect URIs may lead to. Ask the operator.',
  ),
  describe(
    'redirect-uris.private-use',
    'RFC 8252 §7.1',
    'This realm takes no private-use schemes: they are dropped, and an https or loopback URI must be left.',
  ),
  describe(
    'redirect-uris.private-use-query',
    'RFC 8252 §7.1',
    'A private-use redirect URI has no query: leave out ? and what follows.',
  ),
  describe(
    'redirect-uris.acting-scheme',
    'RFC 8252 §7.1, RFC 7595 §3.7',
    'A private-use scheme leads back to the app alone. One whose program opens pages, controls computers, runs commands, installs or pays belongs to its vendor; use https, this computer, or a scheme of your own, such as com.example.app.',
  ),
  describe(
    'token-endpoint-auth-method.none',
    'RFC 7591 §2, RFC 7636',
    'Clients that register themselves are public: the method becomes none, and there is never a secret. Use PKCE with S256.',
  ),
  describe(
    'grant-types.client-credentials',
    'RFC 6749 §4.4',
    'A client that registers itself acts for a person and never in its own name.',
  ),
  describe(
    'grant-types.supported',
    'RFC 7591 §2',
    'The grants are authorization_code and refresh_token. Others are refused, or dropped where the realm narrows.',
  ),
  describe('grant-types.authorization-code', 'RFC 7591 §2.1', 'authorization_code is among the grants.'),
  describe(
    'response-types.code',
    'RFC 7591 §2.1',
    'The response type is code, which goes with authorization_code.',
  ),
  describe(
    'scope.open',
    'RFC 7591 §2',
    'scope is an upper bound, cut to what is open to clients that register themselves. A bound that leaves nothing is none.',
  ),
  describe(
    'initial-access-token.scopes',
    'RFC 7591 §3.1',
    'The initial access token names the scopes that its clients may hold at most.',
  ),
  describe('languages.count', 'RFC 7591 §2.2', 'There are at most 32 members with a language tag.'),
  describe(
    'client-name.clean',
    'RFC 7591 §2, §5',
    'A name is one line of 80 characters at most, without what does not show. Without one, the client is called by its host.',
  ),
  describe(
    'client-name.languages',
    'RFC 7591 §2.2, §5',
    'Names in other languages are cleaned as the plain one is.',
  ),
  describe(
    'client-name.reserved',
    'RFC 7591 §5, UTS #39',
    'No name holds, or looks as if it held, one that the realm keeps for itself. Choose another.',
  ),
  describe(
    'client-name.own',
    'RFC 7591 §5, UTS #39',
    'Nobody is called by the name of this realm, of one of its APIs, of its host or of another realm of the server, or by what looks like one. Put a name of your own before it.',
  ),
  describe(
    'client-name.vendor',
    'RFC 7591 §5, UTS #39',
    'Who uses a known vendor’s name redirects to that vendor’s hosts, or to this computer alone. Choose another name, or redirect there.',
  ),
  describe(
    'application-type.known',
    'OIDC Registration §2',
    'application_type is native or web; without one it follows from the redirect URIs.',
  ),
  describe(
    'claimed-uris.web',
    'RFC 7591 §2, §5',
    'Pages about the client are https addresses. They are never fetched.',
  ),
  describe(
    'software.text',
    'RFC 7591 §2',
    'software_id and software_version are one line of 255 characters at most.',
  ),
  describe('contacts.text', 'RFC 7591 §2', 'contacts are at most ten lines of text; nobody is written to.'),
  describe(
    'management.client-id',
    'RFC 7592 §2.2',
    'An update names the client that it is about: its own client_id.',
  ),
  describe('management.client-secret', 'RFC 7592 §2.2', 'There is no secret, so that none can be right.'),
];

/** The rule with an id; `undefined` for rules that a program added. */
export const findRule = (id: string): RuleDescription | undefined => RULES.find((rule) => rule.id === id);
