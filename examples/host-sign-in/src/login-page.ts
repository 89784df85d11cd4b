/**
 * The login page. `state` is untrusted input; the caller has checked that it contains nothing that HTML would interpret.
 *
 * @param message what went wrong before
 */
export const loginPage = (state: string, message = ''): string => `<!doctype html>
<title>Acme Notes</title>
<h1>Sign in to Acme Notes</h1>
<p>${message}</p>
<form method="post" action="/login">
  <input type="hidden" name="state" value="${state}">
  <label>Name <input name="username" autocomplete="username"></label>
  <label>Password <input name="password" type="password" autocomplete="current-password"></label>
  <button>Sign in</button>
</form>`;
