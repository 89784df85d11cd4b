import { expect, test } from 'vitest';
import { escapeHtml, Html, text } from './html.ts';

test.each([
  [`<b a="1" c='2'>&amp;</b>`, '&lt;b a=&#34;1&#34; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;'],
  [undefined, ''],
  [7, '7'],
  [new Html('<b>'), '<b>'],
])('escapes %j for an element or an attribute', (value, escaped) => {
  expect(escapeHtml(value)).toBe(escaped);
});

test('a message escapes its own text and its values, except those that are HTML already', () => {
  expect(text`R&D: ${'<i>'} and ${new Html('<b>x</b>')}`.toString()).toBe('R&amp;D: &lt;i&gt; and <b>x</b>');
});
