const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML. Everything else is escaped when it is inserted. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can be inserted into a template. */
type Insertable = string | Html | readonly Html[];

/** A template whose insertions are escaped: `` html`<p>${text}</p>` ``. */
export function html(parts: TemplateStringsArray, ...values: readonly Insertable[]): Html {
  return new Html(parts.map((part, index) => part + inserted(values[index] ?? '')).join(''));
}

function inserted(value: Insertable): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('');
}
