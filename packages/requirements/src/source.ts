/** Where a requirement comes from, which its id says: `rfc7591:3.2.2:json` is of `RFC 7591 §3.2.2`. */
export function sourceOf(id: string): string {
  const [specification = '', part = ''] = id.split(':');
  const [, number] = /^rfc(\d+)$/.exec(specification) ?? [];
  return number === undefined ? `Vestibule, ${part.replaceAll('-', ' ')}` : `RFC ${number} §${part}`;
}
