import { expect, test } from 'vitest';
import { html } from './html.ts';

test('a template escapes what is inserted and keeps HTML as it is', () => {
  const pieces = ['<b>', `"'&`].map((text) => html`<i>${text}</i>`);
  expect(html`${pieces}, ${'<p>'}`.toString()).toBe('<i>&lt;b&gt;</i><i>&#34;&#39;&amp;</i>, &lt;p&gt;');
});
