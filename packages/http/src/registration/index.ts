export { explanation, type Explanation } from './explanation.ts';
export { createManagementEndpoint, type ManagementEndpointOptions } from './management-endpoint.ts';
export { createRegistrationEndpoint, type RegistrationEndpointOptions } from './registration-endpoint.ts';
