/** Self-registered clients in front of a node-oidc-provider. */
export const oidcProvider = {
  'vestibule:oidc-provider:agents':
    'Every recorded agent registers at an oidc-provider with the bridge, and attaches.',
  'vestibule:oidc-provider:documents': 'Every recorded metadata document is accepted there.',
  'vestibule:oidc-provider:five-rules':
    'The five rules hold for each self-registered client, whatever the configuration of the provider says.',
  'vestibule:oidc-provider:gates':
    'Closing a gate takes effect at each step, and a refused refresh uses up no token.',
  'vestibule:oidc-provider:consent':
    'Consent is asked each time on the marked page, and no other page can give it.',
  'vestibule:oidc-provider:ended': 'What an operator or a person has ended stays ended.',
  'vestibule:oidc-provider:team': 'The clients of the provider work as before.',
  'vestibule:oidc-provider:refused':
    'A configuration that would let a client around a rule is refused when the program starts.',
} as const;
