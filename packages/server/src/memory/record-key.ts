/** A map key of two parts, without collisions. */
export const key = (realm: string, id: string): string => JSON.stringify([realm, id]);
