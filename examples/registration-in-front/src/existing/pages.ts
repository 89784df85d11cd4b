const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** The login page of the server that exists. */
export const signInPage = (uid: string): string => `<!doctype html>
<title>Sign in</title>
<h1>Sign in</h1>
<form method="post" action="/interaction/${escaped(uid)}">
  <label>Name <input name="username" autocomplete="username"></label>
  <label>Password <input name="password" type="password" autocomplete="current-password"></label>
  <button>Sign in</button>
</form>`;

/** The consent page of the server that exists. The fifth rule is here: the name is unverified, and the host is what counts. */
export const consentPage = (uid: string, name: string, redirectUri: string): string => `<!doctype html>
<title>Allow access?</title>
<h1>${escaped(name)} [unverified] asks to read your notes</h1>
<p class="callout">This app says what it is, and nothing has confirmed it. You will be sent to ${escaped(new URL(redirectUri).host || redirectUri)}.</p>
<form method="post" action="/interaction/${escaped(uid)}">
  <button name="decision" value="deny">Cancel</button>
  <button name="decision" value="approve">Allow</button>
</form>`;
