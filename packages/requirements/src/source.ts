/** Specifications with numbered sections, besides RFCs. */
const NUMBERED: Readonly<Record<string, string>> = {
  cimd: 'OAuth Client ID Metadata Document',
  'oauth2.1': 'OAuth 2.1',
  'oidc-core': 'OpenID Connect Core',
  'oidc-discovery': 'OpenID Connect Discovery',
};

/** Specifications with named sections. */
const NAMED: Readonly<Record<string, string>> = {
  mcp: 'MCP authorization 2026-07-28',
  vestibule: 'Vestibule',
};

/** The source of a requirement, derived from its id: `rfc7591:3.2.2:json` belongs to `RFC 7591 §3.2.2`. */
export function sourceOf(id: string): string {
  const [specification = '', part = ''] = id.split(':');
  const named = NAMED[specification];
  if (named !== undefined) return `${named}, ${part.replaceAll('-', ' ')}`;
  return `${NUMBERED[specification] ?? specification.replace(/^rfc/, 'RFC ')} §${part}`;
}
