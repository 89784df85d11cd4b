/** The life of a client. */
export const lifecycle = {
  'vestibule:lifecycle:unused': 'A client that was not used within the hour is gone.',
  'vestibule:lifecycle:dormant': 'A client that was used, and then not for 90 days, is hibernated.',
  'vestibule:lifecycle:use-keeps-awake': 'Consent and tokens are uses, and keep a client awake.',
  'vestibule:lifecycle:revived':
    'A hibernated client is reactivated when a person approves it, and keeps its client_id.',
  'vestibule:lifecycle:since': 'The consent page says since when it slept.',
  'vestibule:lifecycle:exact-redirect':
    'A hibernated client is reactivated only with a registered redirect URI, compared exactly except for loopback ports.',
  'vestibule:lifecycle:today':
    'A hibernated client is judged by the current policy and gates before a person is asked for consent.',
  'vestibule:lifecycle:denied': 'A hibernated client stays hibernated after a denial.',
  'vestibule:lifecycle:token-endpoint':
    'At the token endpoint a hibernated client gets 400 invalid_grant, and keeps its client_id.',
  'vestibule:lifecycle:asleep': 'A client that was hibernated for a year expires.',
  'vestibule:lifecycle:gone-page':
    'For an expired client the page explains, for each agent, how to make it forget its registration.',
  'vestibule:lifecycle:blocked-page':
    'For a blocked client the page says so, and how to make the agent forget its registration.',
  'vestibule:lifecycle:blocked-token': 'A blocked client gets no token.',
  'vestibule:lifecycle:blocked-stays': 'No sweep removes a blocked client.',
  'vestibule:lifecycle:by-time': 'Where a client stands follows from the time alone, and waits for no sweep.',
  'vestibule:lifecycle:periods': 'The periods are settings of the realm.',
  'vestibule:lifecycle:batches': 'A sweep goes in small batches, and others are served in between.',
  'vestibule:lifecycle:one-node': 'Of many nodes one sweeps at a time.',
  'vestibule:lifecycle:audit':
    'Each hibernation, reactivation and expiry of a client is an event with its reason.',
  'vestibule:lifecycle:used-meanwhile': 'A client that is used while it is swept stays.',
  'vestibule:lifecycle:tombstone':
    'Of clients that expired without ever being used, what restores them is kept: so many, for so long.',
  'vestibule:lifecycle:restorable-periods':
    'How long an expired client can be restored, and how many are kept, are settings of the realm.',
  'vestibule:lifecycle:restored':
    'A person’s consent restores an expired client under its client_id, by a redirect URI that is registered.',
  'vestibule:lifecycle:restored-today': 'An expired client is asked today’s policy, gates and limits.',
  'vestibule:lifecycle:never-restored':
    'Nothing restores a client that was deleted, and no sweep expires a blocked one.',
  'vestibule:lifecycle:official-revives':
    'The official MCP client keeps its id during hibernation, and works again after one approval.',
  'vestibule:lifecycle:official-restored':
    'The official MCP client works under its id though its registration expired before its person signed in.',
  'vestibule:lifecycle:official-registers-anew':
    'The official MCP client registers again by itself when the token endpoint does not know its client.',
} as const;
