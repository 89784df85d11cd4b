/** Parses an option that may be repeated: adds each value to the earlier ones. */
export const repeatable =
  (read: (text: string) => string = (text) => text) =>
  (text: string, before: readonly string[] | undefined): readonly string[] => [
    ...new Set([...(before ?? []), read(text)]),
  ];
