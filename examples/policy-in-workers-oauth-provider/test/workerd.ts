/** The class of workerd that the package extends. */
export const WorkerEntrypoint = class {};
