/** The object that a text of JSON is; empty if it is something else. */
export function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** A member of an object, if it is a text. */
export const textIn = (object: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
};
