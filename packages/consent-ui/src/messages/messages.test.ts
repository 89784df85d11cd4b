import { HTMLElement, parse, TextNode } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { samplePages } from '../../test/sample-pages.ts';
import { Html } from '../html.ts';
import { createPages } from '../pages.ts';
import { en } from './en.ts';
import type { Messages } from './messages.ts';

/** Attributes that people read or hear. */
const SPOKEN = ['aria-label', 'alt', 'title', 'placeholder'];

/** Every text of a page, and every attribute that people read or hear. */
const textsOf = (html: string): readonly string[] => {
  const root = parse(html);
  for (const style of root.querySelectorAll('style')) style.remove();
  const attributes = root
    .querySelectorAll('*')
    .flatMap((element) => SPOKEN.map((name) => element.getAttribute(name) ?? ''));
  return [...textNodes(root), ...attributes].map((found) => found.trim());
};

const textNodes = (element: HTMLElement): readonly string[] =>
  element.childNodes.flatMap((node) =>
    node instanceof HTMLElement ? textNodes(node) : node instanceof TextNode ? [node.text] : [],
  );

/** The same messages with `§` in place of each text. */
function withoutWords(messages: unknown): unknown {
  if (typeof messages === 'string') return '§';
  if (typeof messages === 'function') {
    return (...values: unknown[]) => withoutWords((messages as (...values: unknown[]) => unknown)(...values));
  }
  if (messages instanceof Html) return new Html('§');
  if (Array.isArray(messages)) return messages.map(withoutWords);
  return Object.fromEntries(
    Object.entries(messages as object).map(([key, value]) => [key, withoutWords(value)]),
  );
}

describe('a page without its messages has no words', () => {
  const messages = { ...(withoutWords(en) as Messages), language: 'en' };
  const pages = samplePages(createPages({ messages }), '§');

  test.each(pages)('%s', (_, { html }) => {
    const texts = textsOf(html).filter((found) => found !== '<!doctype html>');
    expect(texts.join('')).toContain('§');
    expect(texts.filter((found) => /\p{L}/u.test(found))).toEqual([]);
  });
});

test('the pages take their language from the messages, dates and durations too', () => {
  const pages = createPages({ messages: { ...en, language: 'de' } });
  const page = samplePages(pages, '§').find(
    ([title]) => title === 'consent to a verified, hibernated client',
  )?.[1];
  expect(page?.html).toContain('<html lang="de">');
  expect(page?.html).toContain('23. November 2026');
  expect(page?.html).toContain('7 Tage');
});
