import type { HttpAnswer, Respond } from '../../../functions/runtime/http.ts';
import { http } from '../../../functions/runtime/http.ts';
import { proxyEvent } from '../../../local/aws/api-gateway/proxy-event.ts';

export interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object;
  readonly stage?: string;
}

export interface Told {
  readonly status: number;
  readonly headers: HttpAnswer['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

const bytes = (body: Call['body']): Uint8Array => {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

/** The event by which API Gateway hands a request on. */
export const eventOf = ({
  method = 'POST',
  path = '/',
  parameters = {},
  headers,
  body,
  stage = '$default',
}: Call) =>
  proxyEvent(
    { apiId: 'api', stageName: stage, accountId: '000000000000', routes: [] },
    { route: { routeKey: `${method} ${path}`, functionReference: '' }, pathParameters: parameters },
    {
      method,
      path,
      headers: { host: 'api.example.org', 'content-type': 'application/json', ...headers },
      body: bytes(body),
      sourceIp: '192.0.2.1',
    },
    path,
  );

/** A function of the HTTP API as a caller meets it, and what it logged. */
export const served = (respond: () => Respond) => {
  const logged: (readonly [string, Readonly<Record<string, unknown>> | undefined])[] = [];
  const nothing = () => {
    throw new Error('this function has no settings');
  };
  const serve = http(respond)({
    settings: nothing,
    aws: { region: '', credentials: { accessKeyId: '', secretAccessKey: '' } },
    github: {},
    clock: () => new Date(),
    log: (decision, details) => logged.push([decision, details]),
    writeLine: () => undefined,
  });
  const invoke = (event: object) => serve(event as never);
  const call = async (what: Call): Promise<Told> => {
    const { statusCode, headers, body } = await invoke(eventOf(what));
    return { status: statusCode, headers, body: JSON.parse(body) };
  };
  return { call, invoke, logged };
};
