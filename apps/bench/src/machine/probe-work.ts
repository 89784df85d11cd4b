const DOCUMENT = JSON.stringify({
  client_name: 'probe',
  redirect_uris: ['https://probe.example/cb'],
  numbers: [1, 2, 3],
});

/** A fixed amount of the work that servers do: parsing, allocating, serializing. */
export function probeWork(): number {
  const seen = new Map<string, unknown>();
  let length = 0;
  for (let index = 0; index < 8_000; index += 1) {
    const parsed: unknown = JSON.parse(DOCUMENT);
    seen.set(`key-${index}`, parsed);
    length += JSON.stringify(parsed).length;
  }
  return length + seen.size;
}

/** The time that the work takes now, in milliseconds: the median of three. */
export function timeProbe(): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    probeWork();
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[1] ?? Number.NaN;
}

/** Repeats the work until it is compiled. */
export function warmProbe(): void {
  for (let index = 0; index < 40; index += 1) probeWork();
}
