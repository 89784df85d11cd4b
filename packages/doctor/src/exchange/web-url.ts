/** An absolute http or https URL. Undefined if the value is anything else. */
export function webUrl(value: unknown, base?: string): URL | undefined {
  const url = typeof value === 'string' ? URL.parse(value, base) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}
