/** A map key of two parts that cannot run into one another. */
export const key = (realm: string, id: string): string => JSON.stringify([realm, id]);
