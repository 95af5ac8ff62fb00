import { openApiDocument } from './domain/api/openapi-document.ts';
import type { ApiSettings } from './domain/api/openapi-requests.ts';
import { http, jsonAnswer, type Respond } from './runtime/http.ts';
import { lambda } from './runtime/lambda.ts';

/** Answers with the OpenAPI document of this deployment's API. */
export const describeApi =
  (settings: ApiSettings): Respond =>
  async ({ root }) =>
    jsonAnswer(200, openApiDocument(settings, root));

export const assemble = http(({ settings }) =>
  describeApi(settings('labelPrefix', 'admissionMode', 'classes')),
);

export const handler = lambda(assemble);
