export { type ApiAnswer, ApiClient, type ApiClientOptions, ApiError, type ApiProblem, Unreachable } from './api-client';
