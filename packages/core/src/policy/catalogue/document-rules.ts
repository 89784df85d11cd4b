import { describe, type RuleDescription } from './rule-description.ts';

/** Client ID Metadata Document, draft 03. */
const SPECIFICATION = 'CIMD';

/** A `client_id` that is the URL of a metadata document. */
export const CLIENT_ID_RULES: readonly RuleDescription[] = [
  describe(
    'client-id.scheme',
    `${SPECIFICATION} §3`,
    'The URL of a metadata document begins with https://.',
    'Publish the document over https, and use that URL as client_id.',
    'Over plain http, others on the network could change the document.',
  ),
  describe(
    'client-id.length',
    `${SPECIFICATION} §3`,
    'The URL has at most 1,024 characters.',
    'Publish the document at a shorter URL.',
    'Anyone can send a client_id, and it is stored and displayed.',
  ),
  describe(
    'client-id.fragment',
    `${SPECIFICATION} §3`,
    'The URL has no fragment.',
    'Leave out # and what follows.',
    'A fragment is not sent to the host, so it would only be another name for the same document.',
  ),
  describe(
    'client-id.url',
    `${SPECIFICATION} §3`,
    'The client_id is a URL.',
    'Check the host and the port of the URL.',
    'The document is fetched from it.',
  ),
  describe(
    'client-id.userinfo',
    `${SPECIFICATION} §3`,
    'The URL has no user name and no password.',
    'Leave out what is before the @.',
    'The text before the @ looks like a host to people, and a password in a URL is not secret.',
  ),
  describe(
    'client-id.path',
    `${SPECIFICATION} §3`,
    'The URL has a path.',
    'Publish the document at a path, such as https://app.example/client.json.',
    'The client is one program, not everything at a host.',
  ),
  describe(
    'client-id.form',
    `${SPECIFICATION} §3`,
    'The URL is written in its normal form.',
    'Use the URL that the error quotes: host in lower case and ASCII, no default port, no . and .. in the path, spaces and backslashes percent-encoded.',
    'The client_id is compared byte by byte, so a document has one spelling.',
  ),
  describe(
    'client-id.host',
    `${SPECIFICATION} §3`,
    'The host does not end with a dot.',
    'Leave out the dot.',
    'With the dot the host is the same one in another spelling, which lists of hosts would not match.',
  ),
];

/** A metadata document itself. */
export const DOCUMENT_RULES: readonly RuleDescription[] = [
  describe(
    'document.host',
    `${SPECIFICATION} §5`,
    'The realm accepts documents of this host.',
    'As the developer of a client, ask the operator. As the operator, see the settings metadataDocuments.allowedHosts, refusedHosts and refusedDocuments.',
    'An operator decides whose documents are fetched.',
  ),
  describe(
    'document.object',
    `${SPECIFICATION} §4`,
    'The document is a JSON object.',
    'Publish an object with the metadata as its members.',
    'The members of client metadata have names.',
  ),
  describe(
    'document.client-id',
    `${SPECIFICATION} §4`,
    'The client_id in the document is its own URL, letter by letter.',
    'Write the URL of the document as its client_id, without a redirect to another URL.',
    'Otherwise a copy at another place would be a document of its own.',
  ),
  describe(
    'document.secret',
    `${SPECIFICATION} §4`,
    'The document has no secret, and no authentication method that needs one.',
    'Leave out client_secret and client_secret_expires_at, and use none or private_key_jwt as token_endpoint_auth_method.',
    'Anyone can read the document.',
  ),
  describe(
    'document.authentication',
    `${SPECIFICATION} §4, RFC 7523 §2.2`,
    'The document names an authentication method that is supported here.',
    'Use none or private_key_jwt as token_endpoint_auth_method, list it in token_endpoint_auth_methods_supported if that member exists, and sign with an algorithm that the error names.',
    'The client could not authenticate otherwise.',
  ),
  describe(
    'document.keys',
    `${SPECIFICATION} §4, RFC 7517`,
    'The keys of the document are public and can verify a signature.',
    'Publish either jwks or jwks_uri: at most 16 public keys (RSA of 2,048 bits or more, P-256, P-384, P-521 or Ed25519), or an https URL that is not at this server. A document that names private_key_jwt needs keys.',
    'A client that authenticates by signature is known by its keys alone.',
  ),
];
