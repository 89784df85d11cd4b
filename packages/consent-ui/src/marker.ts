/** What stands behind every name that a client gave itself. */
export const markerOf = (verifiedBy: string | undefined): string =>
  verifiedBy === undefined ? '[unverified]' : `[verified by ${verifiedBy}]`;
