import { expect, test } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

test.each([
  ['see https://ada:sesame@id.example/x for more', 'see https:… for more'],
  [
    "unknown option '--a=b://c:se/s@me@h/d' (Did you mean --b?)",
    "unknown option '--a=b:…' (Did you mean --b?)",
  ],
  ['https://id.example is fine', 'https://id.example is fine'],
  ['write postgres://user:password@host:5432/database', 'write postgres://user:password@host:5432/database'],
  ['ada@acme.example at https://id.example', 'ada@acme.example at https://id.example'],
  ['a://b:c@d\ne://f:g@h', 'a:…\ne:…'],
])('%j is printed as %j', (text, printed) => {
  expect(withoutSecrets(text)).toBe(printed);
});
