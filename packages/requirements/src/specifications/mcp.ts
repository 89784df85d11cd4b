/** The MCP authorization specification of 2026-07-28, as far as it concerns the authorization server or the API. */
export const mcp = {
  'mcp:overview:server-metadata': 'Agents find the server’s metadata as OAuth and as OpenID Connect have it.',
  'mcp:overview:resource-metadata': 'An MCP server has protected resource metadata.',

  'mcp:authorization-server-location:one-at-least':
    'The metadata of an MCP server names one authorization server at least.',
  'mcp:protected-resource-metadata-discovery-requirements:challenge':
    'A 401 of an MCP server names the address of its metadata.',
  'mcp:protected-resource-metadata-discovery-requirements:well-known':
    'The metadata of an MCP server is at the well-known address of its path.',
  'mcp:authorization-server-metadata-discovery:path':
    'Where the issuer has a path, each of the three places that agents try has the metadata.',
  'mcp:authorization-server-metadata-discovery:host':
    'Where the issuer has no path, both places that agents try have the metadata.',
  'mcp:authorization-server-metadata-discovery:issuer':
    'The issuer of the metadata is the one that an agent began with.',

  'mcp:scope-selection-strategy:challenge': 'The challenge of an MCP server names the scopes that it needs.',
  'mcp:scope-selection-strategy:least':
    'Scopes that are closed to agents are in no challenge and no metadata.',

  'mcp:authorization-response-validation:iss': 'Every authorization response has iss, errors included.',
  'mcp:authorization-response-validation:advertised': 'The metadata says that iss is there.',

  'mcp:canonical-server-uri:case': 'A resource is the same with its scheme and host in capitals.',
  'mcp:canonical-server-uri:slash': 'A bare origin is the same resource with and without its slash.',
  'mcp:canonical-server-uri:fragment': 'A resource with a fragment is refused.',

  'mcp:token-requirements:header':
    'An MCP server takes a token from the Authorization header of each request.',
  'mcp:token-requirements:query': 'An MCP server takes no token from the address.',
  'mcp:token-handling:audience': 'An MCP server takes no token that was issued for another one.',
  'mcp:token-handling:invalid': 'A token that is invalid or expired is answered 401.',
  'mcp:token-handling:others': 'An MCP server takes no token of another issuer.',

  'mcp:refresh-tokens:offline-access':
    'offline_access is in no challenge and no metadata, and an agent that asks for it is not refused.',
  'mcp:refresh-tokens:registered': 'An agent that registers for refresh tokens gets them.',

  'mcp:error-handling:unauthorized': 'A request without a valid token gets 401.',
  'mcp:error-handling:forbidden': 'Who lacks a scope is answered 403.',
  'mcp:error-handling:bad-request': 'A malformed authorization request is answered 400.',
  'mcp:runtime-insufficient-scope-errors:challenge':
    'The 403 names insufficient_scope, the scopes and the metadata.',
  'mcp:runtime-insufficient-scope-errors:all-at-once':
    'One challenge names every scope that the request needs.',
  'mcp:runtime-insufficient-scope-errors:granted':
    'A challenge also names what the token has, so that an agent which asks for exactly that loses nothing.',
  'mcp:step-up-authorization-flow:added':
    'An agent that asks again with more scopes gets them once a person agrees.',
  'mcp:step-up-authorization-flow:tool': 'A tool that needs a scope which the token lacks is answered 403.',

  'mcp:token-theft:short-lived': 'An access token lives for fifteen minutes.',
  'mcp:token-theft:rotation': 'The refresh token of a public client gives way to a new one with each use.',
  'mcp:token-theft:storage': 'Neither database nor log holds a token that works.',
  'mcp:communication-security:https': 'No endpoint is plain http, but on this computer.',
  'mcp:communication-security:redirect-uris': 'A redirect URI that is plain http is on this computer.',
  'mcp:authorization-code-protection:advertised':
    'Every form of the metadata says that PKCE by S256 is supported.',
  'mcp:open-redirection:exact': 'A redirect URI that the agent did not register leads nowhere.',
  'mcp:open-redirection:trusted': 'A browser is led on by itself only where a person decided.',
  'mcp:localhost-redirect-uri-risks:host':
    'The consent page displays the host that the person will be sent to.',
  'mcp:localhost-redirect-uri-risks:warning':
    'The consent page says of an app on this computer that it is unverified which one it is.',
  'mcp:confused-deputy-problem:consent': 'A person is asked for each agent, every time.',
  'mcp:access-token-privilege-restriction:first': 'No tool runs before the token was validated.',
} as const;
