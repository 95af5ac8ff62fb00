import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A request of the HTTP API, what the functions need of it. */
export interface ApiRequest {
  readonly method: string;
  /** Decoded, without the stage. */
  readonly path: string;
  /** The parameters of the route's path. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly contentType?: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Where the API's paths begin, such as `https://api.example.org`. */
  readonly root: string;
}

/** HTTP APIs put a named stage before the path, and `$default` not (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html). */
const stagePath = ({ requestContext: { stage } }: APIGatewayProxyEventV2): string =>
  stage === '$default' ? '' : `/${stage}`;

const headersOf = ({ headers }: APIGatewayProxyEventV2): ApiRequest['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const rootOf = (event: APIGatewayProxyEventV2, headers: ApiRequest['headers']): string => {
  const scheme = headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  return `${scheme}://${event.requestContext.domainName}${stagePath(event)}`;
};

const pathOf = (event: APIGatewayProxyEventV2): string => {
  const stage = stagePath(event);
  const isInStage = stage !== '' && event.rawPath.startsWith(`${stage}/`);
  return isInStage ? event.rawPath.slice(stage.length) : event.rawPath;
};

/**
 * Reads an event of payload format 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export const httpRequest = (event: APIGatewayProxyEventV2): ApiRequest => {
  const headers = headersOf(event);
  const contentType = headers['content-type'];
  return {
    method: event.requestContext.http.method,
    path: pathOf(event),
    parameters: event.pathParameters ?? {},
    headers,
    ...(contentType === undefined ? {} : { contentType }),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    root: rootOf(event, headers),
  };
};
