/** In place of the class of workerd that the package extends. */
export const WorkerEntrypoint = Object;
