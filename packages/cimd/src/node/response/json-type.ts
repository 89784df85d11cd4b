/**
 * Whether a `Content-Type` is `application/json` or `application/…+json`, in UTF-8.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6839#section-3.1 RFC 6839 §3.1}
 */
export function isJsonType(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  return isJson(type.trim()) && parameters.every((parameter) => isUtf8(parameter.trim()));
}

const isJson = (type: string): boolean =>
  type === 'application/json' ||
  (type.startsWith('application/') && type.endsWith('+json') && /^[\w!#$&^.+-]{1,127}$/.test(type.slice(12)));

/** JSON has no other character set (RFC 8259 §8.1). Parameters besides `charset` have no meaning. */
const isUtf8 = (parameter: string): boolean =>
  !parameter.startsWith('charset') || /^charset\s?=\s?"?utf-?8"?$/.test(parameter);
