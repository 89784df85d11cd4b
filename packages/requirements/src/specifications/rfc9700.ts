/** Best Current Practice for OAuth 2.0 Security, as far as it concerns the server and the API. */
export const rfc9700 = {
  'rfc9700:2.1:exact': 'A redirect URI is compared to the letter, but for the port on this computer.',
  'rfc9700:2.1.1:pkce': 'PKCE is needed for every code.',
  'rfc9700:2.1.1:s256': 'A challenge that reveals its verifier is refused.',
  'rfc9700:2.1.1:advertised': 'The metadata advertises PKCE with S256 only.',
  'rfc9700:2.1.2:implicit': 'No access token is ever in an authorization response.',
  'rfc9700:2.2.1:sender-constrained': 'A stolen token that is bound to a key is worth nothing without it.',
  'rfc9700:2.2.2:rotation': 'Refresh tokens of public clients are rotated.',
  'rfc9700:2.3:audience': 'An access token is valid for one API.',
  'rfc9700:2.3:scopes': 'An access token has no more scopes than were asked for.',
  'rfc9700:2.4:password': 'No client can exchange a person’s password.',
  'rfc9700:2.5:asymmetric': 'A client may authenticate without a shared secret.',
  'rfc9700:2.6:metadata': 'What a client has to know of the server is in its metadata.',
  'rfc9700:2.6:no-cors-on-pages':
    'The authorization endpoint, and every page after it, answers no other origin.',
  'rfc9700:2.6:cors': 'Pages of any origin may ask the token endpoint, and read its errors.',

  'rfc9700:4.1.3:look-alikes': 'A redirect URI that looks like a registered one, and is another, is refused.',
  'rfc9700:4.1.3:kinds': 'A redirect URI that runs a script, or is http elsewhere, cannot be registered.',
  'rfc9700:4.2.4:no-referrer': 'No page tells the next one where the person came from.',
  'rfc9700:4.2.4:nothing-foreign': 'No page loads anything from elsewhere.',
  'rfc9700:4.2.4:once': 'A code that leaks after its use is worth nothing.',
  'rfc9700:4.3.2:no-query': 'An API takes no token from the address of a request.',
  'rfc9700:4.4.2:iss': 'A client can tell from iss whose answer it holds, errors included.',
  'rfc9700:4.5.3:bound': 'A code is bound to client, redirect URI and challenge, and is useless to others.',
  'rfc9700:4.5.3:no-hints': 'Without the verifier of a code, the answer is the same whatever is wrong.',
  'rfc9700:4.7.1:consent': 'A decision counts in the browser alone that the request began in.',
  'rfc9700:4.8.2:downgrade':
    'A code without a challenge cannot be had, so none is exchanged without a verifier.',
  'rfc9700:4.10.2:audience': 'An API refuses a token for another API.',
  'rfc9700:4.11.2:invalid': 'A request with a bad client or redirect URI leads nowhere.',
  'rfc9700:4.11.2:ask-first':
    'Before the decision a person is not redirected automatically to a website that a client registered.',
  'rfc9700:4.12:see-other': 'No redirect makes a browser post a password or a decision again.',
  'rfc9700:4.13:forwarded': 'X-Forwarded-For is believed only where a proxy was named.',
  'rfc9700:4.14.2:replay': 'A replayed refresh token ends the whole family.',
  'rfc9700:4.14.2:grace':
    'A retry gets the same successor until that one was used, and for a grace after, and never a second branch.',
  'rfc9700:4.14.2:at-once': 'Of many refreshes at once there is one successor.',
  'rfc9700:4.14.2:bound':
    'A refresh token is bound to its client, and another client’s attempt has no effect.',
  'rfc9700:4.14.2:expiry': 'A refresh token that is not used expires.',
  'rfc9700:4.14.2:revocation': 'A client can end its grant when it has no more use for it.',
  'rfc9700:4.15.1:chosen': 'No client chooses its client_id, so none can equal the subject of a person.',
  'rfc9700:4.16:frames': 'Pages forbid to be framed, by policy and by header.',
} as const;
