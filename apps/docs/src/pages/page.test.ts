import { expect, test } from 'vitest';
import { readPage, replaceLinks } from './page.ts';

const PAGE = `# What \`it\` is

![A picture](picture.svg)

It is **short**,
and has [a link](other.md "Other").

## A heading, and \`code\`

\`\`\`md
# no heading [no link](never.md)
\`\`\`

## A heading, and \`code\`

[other.md](other.md#part) and [two][two].

[two]: two.md

| a |
| - |
| <a id="row"></a> b |
`;

test('reads title, description and anchors of a page, and nothing from its code', () => {
  const page = readPage(PAGE);
  expect(page).toMatchObject({
    title: 'What it is',
    titles: 1,
    description: 'It is short, and has a link.',
  });
  expect([...page.anchors]).toEqual(['what-it-is', 'a-heading-and-code', 'a-heading-and-code-1', 'row']);
  expect(page.body).toMatch(/^!\[A picture]/);
});

test('finds the URLs of links, pictures and definitions, and where they stand', () => {
  const { links } = readPage(PAGE);
  expect(links.map(({ url, line }) => `${line}: ${url}`)).toEqual([
    '3: picture.svg',
    '6: other.md',
    '16: other.md#part',
    '18: two.md',
  ]);
  for (const { url, at } of links) expect(PAGE.slice(at, at + url.length)).toBe(url);
});

test('replaces URLs and leaves all other text as it is', () => {
  const replaced = replaceLinks(PAGE, ({ url }) => url.replace('.md', '.html'));
  expect(replaced).toContain('[other.md](other.html#part) and [two][two].');
  expect(replaced).toContain('[a link](other.html "Other")');
  expect(replaced).toContain('[two]: two.html');
  expect(replaced).toContain('[no link](never.md)');
});

test.each([
  ['a short text.', 'a short text.'],
  ['One sentence. '.repeat(15), 'One sentence. '.repeat(14).trim()],
  ['word '.repeat(60), `${'word '.repeat(40).trim()}…`],
])('cuts a long first paragraph at a sentence or at a word: %s', (text, description) => {
  expect(readPage(text).description).toBe(description);
});
