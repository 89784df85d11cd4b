import { describe, type RuleDescription } from './rule-description.ts';

/** Names, and other claims of a client about itself. */
export const NAME_RULES: readonly RuleDescription[] = [
  describe(
    'languages.count',
    'RFC 7591 §2.2',
    'At most 32 members have a language tag.',
    'Leave out languages that your users do not need.',
    'Each is one more text to store and to compare with protected names.',
  ),
  describe(
    'client-name.clean',
    'RFC 7591 §2, §5',
    'A name is one line of at most 80 visible characters.',
    'Nothing: the name is cleaned. Without a name, the client is called by its host.',
    'People read the name when they decide. Invisible characters and long names hide what is beside them.',
  ),
  describe(
    'client-name.languages',
    'RFC 7591 §2.2, §5',
    'Names in other languages are cleaned like the main one.',
    'Nothing: names with nothing visible are left out.',
    'People read these names as well.',
  ),
  describe(
    'client-name.reserved',
    'RFC 7591 §5, UTS #39',
    'No name contains or resembles a name that the realm reserves.',
    'Choose another name. As the operator, see the setting registration.reservedNames.',
    'A name that looks like another one deceives the people who decide.',
  ),
  describe(
    'client-name.own',
    'RFC 7591 §5, UTS #39',
    'No client has the name of this realm, of one of its APIs, of its host or of another realm of the server, or a similar one.',
    'Put your own name before it.',
    'People would take the client for a part of the server.',
  ),
  describe(
    'client-name.vendor',
    'RFC 7591 §5, UTS #39',
    'A client with the name of a known vendor belongs to that vendor.',
    'Choose another name, or redirect to hosts of the vendor, or only to loopback addresses. Publish a metadata document with such a name at a host of the vendor.',
    'The names of well-known products are imitated first. Redirect URIs at the hosts of a vendor prove that it gets the codes.',
  ),
  describe(
    'application-type.known',
    'OIDC Registration §2',
    'application_type is native or web.',
    'Send one of them, or leave out the member: it is derived from the redirect URIs.',
    'OpenID Connect knows no other types.',
  ),
  describe(
    'claimed-uris.web',
    'RFC 7591 §2, §5',
    'Pages about the client are https URLs.',
    'Use https (or http on a loopback host) in client_uri, logo_uri, tos_uri and policy_uri, with at most 2,048 characters.',
    'A link to one must be harmless. They are never fetched.',
  ),
  describe(
    'software.text',
    'RFC 7591 §2',
    'software_id and software_version are one line of at most 255 characters.',
    'Shorten them, and leave out control characters.',
    'Operators read them in lists and logs.',
  ),
  describe(
    'contacts.text',
    'RFC 7591 §2',
    'contacts are at most ten lines of text.',
    'Send up to ten lines, each of visible characters.',
    'Operators read them. No messages are sent to them.',
  ),
];
