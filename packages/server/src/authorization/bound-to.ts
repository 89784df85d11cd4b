/**
 * Binds a request to the key of its proof, as if it had sent `dpop_jkt`. `undefined` if it sent another one.
 *
 * @param key the thumbprint, if the request has a proof
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10.1 RFC 9449 §10.1}
 */
export function boundTo(parameters: URLSearchParams, key: string | undefined): URLSearchParams | undefined {
  if (key === undefined) return parameters;
  const named = parameters.get('dpop_jkt');
  if (named !== null) return named === key ? parameters : undefined;
  return new URLSearchParams([...parameters, ['dpop_jkt', key]]);
}
