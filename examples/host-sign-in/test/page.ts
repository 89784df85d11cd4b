const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#34;', '"');

/** The form of a page, with what it would post if nothing were changed. */
export function parseFields(html: string): {
  readonly action: string;
  readonly pairs: readonly (readonly [string, string])[];
} {
  const form = /<form[^>]*>/.exec(html)?.[0] ?? '';
  const pairs = [...html.matchAll(/<input[^>]*>/g)].flatMap(([tag]) => {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    const isChosen = (type !== 'checkbox' && type !== 'radio') || / checked/.test(tag);
    return name !== undefined && isChosen ? [[name, attribute(tag, 'value') ?? ''] as const] : [];
  });
  return { action: attribute(form, 'action') ?? '', pairs };
}
