/** HTML that is safe to insert into a page: it was escaped, or it is part of this package. */
export class Html {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Escapes a text for an element or an attribute in quotes. {@link Html} stays as it is, and `undefined` is empty. */
export function escapeHtml(value: Html | string | number | undefined): string {
  if (value instanceof Html) return value.toString();
  const plain = String(value ?? '');
  // Most texts need no change.
  return /[&<>"']/.test(plain)
    ? plain.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    : plain;
}

/**
 * Tag for the text of a message. Escapes the text and each value, except values that are {@link Html}.
 *
 * @example
 * text`${name} asks to use ${api}`;
 */
export const text = (parts: TemplateStringsArray, ...values: readonly (Html | string)[]): Html =>
  new Html(
    parts
      .map((part, index) => escapeHtml(part) + (index < values.length ? escapeHtml(values[index]) : ''))
      .join(''),
  );
