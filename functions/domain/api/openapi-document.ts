import { maximumDeliveryBytes } from '../webhook/job-event.ts';
import { maximumBodyBytes } from './json-body.ts';
import { type JsonSchema, schemaNamed } from './json-schema.ts';
import { answerSchemas } from './openapi-answers.ts';
import { problemSchemas, refusals } from './openapi-problems.ts';
import { type ApiSettings, requestExamples, requestSchemas } from './openapi-requests.ts';

/** Of the API, not of the program: a change that breaks a caller is a new major version. */
const apiVersion = '1.0.0';

const answered = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  content: { 'application/json': { schema } },
});

const changing = (settings: ApiSettings, operationId: string): JsonSchema => ({
  operationId,
  summary: 'Creates and destroys runners',
  description: `The body has at most ${maximumBodyBytes} bytes, and no field that is not described. Sending a request again is harmless.`,
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: { oneOf: [schemaNamed('CreateRequest'), schemaNamed('DestroyRequest')] },
        examples: requestExamples(settings),
      },
    },
  },
  responses: {
    202: answered('The runners that answer the request, or that are being destroyed', {
      oneOf: [schemaNamed('CreateAnswer'), schemaNamed('DestroyAnswer')],
    }),
    ...refusals(
      [
        'invalid-request',
        'not-admitted',
        'body-too-large',
        'unsupported-media-type',
        'limit-reached',
        'unexpected',
        'admission-closed',
        'credential-unusable',
        'dependency-unavailable',
      ],
      true,
    ),
  },
});

const showing: JsonSchema = {
  operationId: 'showRunners',
  summary: 'Shows the runners of a label',
  parameters: [{ name: 'label', in: 'path', required: true, schema: schemaNamed('Label') }],
  responses: {
    200: answered('The newest runner of each architecture', schemaNamed('LabelAnswer')),
    ...refusals(['invalid-request', 'not-found', 'unexpected', 'dependency-unavailable'], false),
  },
};

const describing: JsonSchema = {
  operationId: 'describeApi',
  summary: 'This document',
  responses: {
    200: answered('An OpenAPI document', { type: 'object', required: ['openapi', 'info', 'paths'] }),
    ...refusals(['unexpected'], false),
  },
};

const delivering: JsonSchema = {
  operationId: 'receiveWebhook',
  summary: 'Takes GitHub’s deliveries of workflow_job',
  description: `For GitHub alone, which signs the body. It has at most ${maximumDeliveryBytes} bytes. Without this webhook everything works, a minute later.`,
  parameters: ['X-GitHub-Event', 'X-Hub-Signature-256'].map((name) => ({
    name,
    in: 'header',
    required: true,
    schema: { type: 'string' },
  })),
  requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
  responses: {
    202: answered(
      'The delivery is GitHub’s, whether anything is done by it or not',
      schemaNamed('DeliveryAnswer'),
    ),
    ...refusals(
      [
        'invalid-request',
        'not-authentic',
        'body-too-large',
        'unsupported-media-type',
        'unexpected',
        'credential-unusable',
        'dependency-unavailable',
      ],
      true,
    ),
  },
};

/** The OpenAPI 3.1 document of a deployment whose paths begin at `root` (https://spec.openapis.org/oas/v3.1.1). */
export const openApiDocument = (settings: ApiSettings, root: string): JsonSchema => ({
  openapi: '3.1.1',
  info: {
    title: 'Stint',
    version: apiVersion,
    summary: 'A GitHub Actions run’s own EC2 machine for at most one hour, and no secret in the workflow',
    description:
      'No credential is needed, and none is taken. Whatever no operation takes is refused with a problem document: 404 for a path that is not there, 405 with Allow for another method.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: root }],
  security: [],
  paths: {
    '/': { post: changing(settings, 'changeRunnersAtRoot') },
    '/runners': { post: changing(settings, 'changeRunners') },
    '/runners/{label}': { get: showing },
    ...(settings.admissionMode === 'verified' ? { '/github/webhook': { post: delivering } } : {}),
    '/openapi.json': { get: describing },
  },
  components: {
    schemas: { ...requestSchemas(settings), ...answerSchemas, ...problemSchemas },
  },
});
