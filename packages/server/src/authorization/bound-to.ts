/**
 * A request that is bound to the key of the proof that came with it, as if it named the key itself. `undefined` where it names
 * another.
 *
 * @param key the thumbprint, where there is a proof
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10.1 RFC 9449 §10.1}
 */
export function boundTo(parameters: URLSearchParams, key: string | undefined): URLSearchParams | undefined {
  if (key === undefined) return parameters;
  const named = parameters.get('dpop_jkt');
  if (named !== null) return named === key ? parameters : undefined;
  return new URLSearchParams([...parameters, ['dpop_jkt', key]]);
}
