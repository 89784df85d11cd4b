/** An option that may be there several times: each value is read, and joins those before. */
export const several =
  (read: (text: string) => string = (text) => text) =>
  (text: string, before: readonly string[] | undefined): readonly string[] => [
    ...new Set([...(before ?? []), read(text)]),
  ];
