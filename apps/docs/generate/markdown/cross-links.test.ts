import { expect, test } from 'vitest';
import { withCrossLinks } from './cross-links.ts';
import { namedPlaces } from './named-places.ts';

const places = namedPlaces([
  {
    path: 'settings.md',
    title: '',
    text: '<a id="limits.siteTimes"></a>\n<a id="a.open"></a>\n<a id="b.open"></a>',
  },
  { path: 'commands.md', title: '', text: '### vestibule keys replace' },
]);
const linked = (text: string): string => withCrossLinks(text, (name) => places.get(name));

test.each([
  ['a whole name', 'See `limits.siteTimes`.', 'See [`limits.siteTimes`](settings.md#limits.siteTimes).'],
  ['a short name', 'At most `siteTimes`.', 'At most [`siteTimes`](settings.md#limits.siteTimes).'],
  ['a command', '`vestibule keys replace`', '[`vestibule keys replace`](commands.md#vestibule-keys-replace)'],
])('%s becomes a link', (_, text, expected) => {
  expect(linked(text)).toBe(expected);
});

test.each([
  ['a name of several settings', '`open`'],
  ['an unknown name', '`unknown`'],
  ['a heading', '### `limits.siteTimes`'],
  ['a block of code', '```\n`limits.siteTimes`\n```'],
  ['a text of a link', '[`limits.siteTimes`](elsewhere.md)'],
  ['code with backticks in it', '`` `limits.siteTimes` ``'],
])('%s stays as it is', (_, text) => {
  expect(linked(text)).toBe(text);
});
