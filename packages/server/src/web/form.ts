import { hasMediaType, readText } from '@vestibule/http';

/** The fields that a page's form posted, or `undefined` where the body is no such form, or too large. */
export async function readFields(request: Request): Promise<URLSearchParams | undefined> {
  if (!hasMediaType(request, 'application/x-www-form-urlencoded')) return undefined;
  const body = await readText(request);
  return body.ok ? new URLSearchParams(body.text) : undefined;
}
