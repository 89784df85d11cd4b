/** Describes an error in one line: its message, its hint if it has one, and the messages of its causes. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const first = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  const hint =
    first instanceof Error && 'hint' in first && typeof first.hint === 'string' ? first.hint : undefined;
  const said = first instanceof Error ? first.message : String(first);
  const message = hint === undefined ? said : `${said.replace(/\.$/, '')}. ${hint}`;
  return error.cause === undefined ? message : `${message.replace(/\.$/, '')}: ${reasonOf(error.cause)}`;
}
