import { randomUUID } from 'node:crypto';
import type { StackHttpApi } from '../../template/stack-http-api.ts';
import type { HttpRequest } from '../../wire/http-exchange.ts';
import type { MatchedRoute } from './route-table.ts';

const textTypes = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/javascript\b)/;

/** API Gateway hands a body on as text when its type says so, and base64-encoded otherwise. */
const bodyOf = ({ headers, body }: HttpRequest) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = textTypes.test(headers['content-type']?.toLowerCase() ?? '');
  return { body: Buffer.from(body).toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

/** Repeated parameters are joined with commas. */
const queryOf = (rawQueryString: string) => {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString))
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  return rawQueryString === '' ? {} : { queryStringParameters: parameters };
};

const headersOf = ({ headers, sourceIp }: HttpRequest): Readonly<Record<string, string>> => {
  const { cookie, ...rest } = headers;
  const port = headers['host']?.split(':')[1] ?? '80';
  return { ...rest, 'x-forwarded-for': sourceIp, 'x-forwarded-port': port, 'x-forwarded-proto': 'http' };
};

/**
 * The event of payload format 2.0, by which an HTTP API invokes a function
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 * `rawPath` is decoded, as HTTP APIs do, and the query string is not.
 */
export const proxyEvent = (
  { apiId, stageName, accountId }: StackHttpApi,
  { route, pathParameters }: MatchedRoute,
  request: HttpRequest,
  rawPath: string,
) => {
  const { method, path, headers, sourceIp } = request;
  const { routeKey } = route;
  const rawQueryString = path.includes('?') ? path.slice(path.indexOf('?') + 1) : '';
  const host = headers['host'] ?? 'localhost';
  const cookies = headers['cookie']?.split(/;\s*/);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies === undefined ? {} : { cookies }),
    headers: headersOf(request),
    ...queryOf(rawQueryString),
    requestContext: {
      accountId,
      apiId,
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: stageName,
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...bodyOf(request),
  };
};
