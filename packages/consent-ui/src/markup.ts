import type { ClientMarker } from './client-marker.ts';
import { Html, escapeHtml, text } from './html.ts';
import type { Messages } from './messages/messages.ts';

/** A text of unknown direction, kept apart from the direction of the sentence around it. */
export const bdi = (content: string, language?: string): Html =>
  new Html(`<bdi${language ? ` lang="${escapeHtml(language)}"` : ''}>${escapeHtml(content)}</bdi>`);

export const strong = (content: Html | string): Html => new Html(`<strong>${escapeHtml(content)}</strong>`);

/** A host that the person will be sent to. */
export const place = (content: string): Html =>
  new Html(`<strong class="destination">${escapeHtml(content)}</strong>`);

export const link = (href: string, label: string): Html =>
  new Html(`<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`);

/** Sentences in one paragraph. */
export const sentences = (parts: readonly (Html | string | undefined)[]): Html =>
  new Html(
    parts
      .filter((part) => part !== undefined)
      .map(escapeHtml)
      .join(' '),
  );

/** Items of a list within a sentence. */
export const list = (items: readonly string[]): Html =>
  new Html(items.map((item) => bdi(item).toString()).join(', '));

/** The name that a client chose, as a claim, and the marker that says who has confirmed it. */
export function claim(
  { name, language }: { readonly name: string; readonly language?: string | undefined },
  { marker, isConfirmed }: ClientMarker,
  { quotationMarks: [opening, closing] }: Pick<Messages, 'quotationMarks'>,
): Html {
  return sentences([
    text`${new Html('<span class="claim">')}${opening}${bdi(name, language)}${closing}${new Html('</span>')}`,
    new Html(`<span class="marker${isConfirmed ? ' verified' : ''}">${escapeHtml(marker)}</span>`),
  ]);
}
