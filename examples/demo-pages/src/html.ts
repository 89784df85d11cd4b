import { Html, text } from '@vestibule/consent-ui';

/** What can be inserted into a template. */
type Insertable = string | Html | readonly Html[];

/** A template whose insertions are escaped: `` html`<p>${name}</p>` ``. */
export const html = (parts: TemplateStringsArray, ...values: readonly Insertable[]): Html =>
  new Html(parts.map((part, index) => part + inserted(values[index] ?? '')).join(''));

const inserted = (value: Insertable): string =>
  typeof value === 'string' || value instanceof Html ? text`${value}`.toString() : value.join('');
