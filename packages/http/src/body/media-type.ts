/** Enough for a media type with its parameters: the longest of them, a `multipart` boundary, has at most 70 characters. */
const MAX_LENGTH = 256;

/**
 * Whether the body of a request has this media type, in UTF-8 and without a content encoding.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-8.3 RFC 9110 §8.3}
 */
export function hasMediaType(request: { readonly headers: Pick<Headers, 'get'> }, expected: string): boolean {
  const contentType = request.headers.get('content-type') ?? '';
  if (contentType.length > MAX_LENGTH) return false;
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') return false;
  if (contentType === expected) return true;
  const [type = '', ...parameters] = contentType.split(';');
  return type.trim().toLowerCase() === expected && charsetOf(parameters) === 'utf-8';
}

/** The first `charset` in lower case, without quotes; UTF-8 if none is given. */
function charsetOf(parameters: readonly string[]): string {
  for (const parameter of parameters) {
    const [name = '', ...value] = parameter.split('=');
    if (name.trim().toLowerCase() === 'charset') return unquoted(value.join('=').trim()).toLowerCase();
  }
  return 'utf-8';
}

const unquoted = (value: string): string =>
  value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
