import { type HttpResponse, jsonResponse } from '../../wire/http-exchange.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const headersOf = ({ headers }: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => {
  const given = isRecord(headers) ? Object.entries(headers) : [];
  const named = given.map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { 'content-type': 'application/json', ...Object.fromEntries(named) };
};

const bodyOf = ({ body, isBase64Encoded }: Readonly<Record<string, unknown>>): string | Uint8Array => {
  const text = typeof body === 'string' ? body : '';
  return isBase64Encoded === true ? Buffer.from(text, 'base64') : text;
};

/**
 * What an HTTP API makes of a function's answer: a response when it has a status code, else a body of JSON
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export const proxyResponse = (payload: unknown): HttpResponse => {
  if (!isRecord(payload) || payload['statusCode'] === undefined) return jsonResponse(200, payload);
  return { status: Number(payload['statusCode']), headers: headersOf(payload), body: bodyOf(payload) };
};
