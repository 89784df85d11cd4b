/**
 * Whether a request carries a body of this media type, as UTF-8 and not compressed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-8.3 RFC 9110 §8.3}
 */
export function hasMediaType(request: Request, expected: string): boolean {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  return (
    type.trim().toLowerCase() === expected &&
    (charset ?? 'utf-8').toLowerCase() === 'utf-8' &&
    encoding.trim().toLowerCase() === 'identity'
  );
}
