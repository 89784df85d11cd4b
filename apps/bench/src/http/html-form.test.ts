import { expect, test } from 'vitest';
import { fillForm, refreshTarget } from './html-form.ts';

const PAGE = new URL('https://as.example/connect/consent?transaction=1');
const PERSON = { username: 'bench', password: 'secret' };

test('the consent form is sent with its hidden fields, its chosen boxes and the button that approves', () => {
  const html = `
    <form method="post" action="/connect/sign-out"><button>Use another account</button></form>
    <form method="post" action="/connect/consent">
      <input type="hidden" name="token" value="a&amp;b">
      <input type="checkbox" name="scope" value="read" checked>
      <input type="checkbox" name="scope" value="write">
      <select name="duration"><option value="1h">One hour</option><option value="1d" selected>One day</option></select>
      <button name="decision" value="deny">Cancel</button>
      <button name="decision" value="approve" class="primary"><b>Allow</b> access</button>
    </form>`;
  const sent = fillForm(html, PAGE, PERSON);
  expect(sent?.url.href).toBe('https://as.example/connect/consent');
  expect([...new URLSearchParams(sent?.body)]).toEqual([
    ['token', 'a&b'],
    ['scope', 'read'],
    ['duration', '1d'],
    ['decision', 'approve'],
  ]);
});

test('the sign-in form is preferred to other forms, and filled in with the name and the password', () => {
  const html = `<form><input name="q"><button>Search, continue</button></form>
    <form method=post><input type="text" name="username"><input type=password name=password><button>Sign in</button></form>`;
  expect(fillForm(html, PAGE, PERSON)).toEqual({
    method: 'POST',
    url: PAGE,
    body: 'username=bench&password=secret',
  });
});

test('a page without a form gives nothing to send', () => {
  expect(fillForm('<p>Closed.</p>', PAGE, PERSON)).toBeUndefined();
});

test('a page that refreshes itself leads to the address that it names', () => {
  const html = `<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://client.example/cb?code=1&amp;state=2">`;
  expect(refreshTarget(html)).toBe('https://client.example/cb?code=1&state=2');
});
