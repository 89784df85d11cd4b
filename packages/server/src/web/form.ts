import { hasMediaType, type PlainRequest, readText } from '@vestibule/http';

/** The fields of a posted form, or `undefined` if the body is not a form or too large. */
export async function readFields(request: PlainRequest): Promise<URLSearchParams | undefined> {
  if (!hasMediaType(request, 'application/x-www-form-urlencoded')) return undefined;
  const body = await readText(request);
  return body.ok ? new URLSearchParams(body.text) : undefined;
}
