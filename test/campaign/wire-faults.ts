import { ConnectionLost, type InterceptedCall } from '../../local/wire/front-door.ts';
import type { WireResponse } from '../../local/wire/wire.ts';
import { seconds } from './seconds.ts';

/** What can happen to a call on its way to a service and back. */
export const wireFaultKinds = [
  'throttled',
  'server-error',
  'lost-before',
  'lost-after',
  'refused',
  'slow-request',
  'slow-answer',
  'not-found',
] as const;

export type WireFaultKind = (typeof wireFaultKinds)[number];

/** For so long a service does not show what is there, to whoever asks. */
export const notFoundSeconds = 4;

/** Longer than a caller waits for an answer, and shorter than a function runs. */
const slowSeconds = 20;

interface Codes {
  readonly throttled: string;
  readonly serverError: string;
  readonly refused: string;
}

/** Each service's own words; GitHub has statuses. */
const codesOf: Readonly<Record<string, Codes>> = {
  ec2: { throttled: 'RequestLimitExceeded', serverError: 'InternalError', refused: 'UnauthorizedOperation' },
  states: { throttled: 'ThrottlingException', serverError: '500', refused: 'AccessDeniedException' },
  scheduler: {
    throttled: 'ThrottlingException',
    serverError: 'InternalServerException',
    refused: 'AccessDeniedException',
  },
  kms: {
    throttled: 'ThrottlingException',
    serverError: 'KMSInternalException',
    refused: 'AccessDeniedException',
  },
  secretsmanager: {
    throttled: 'ThrottlingException',
    serverError: 'InternalServiceError',
    refused: 'AccessDeniedException',
  },
  dynamodb: {
    throttled: 'ProvisionedThroughputExceededException',
    serverError: 'InternalServerError',
    refused: 'AccessDeniedException',
  },
  github: { throttled: '429', serverError: '502', refused: '403' },
};

const anyService: Codes = {
  throttled: 'ThrottlingException',
  serverError: '500',
  refused: 'AccessDeniedException',
};

type Strike = (intercepted: InterceptedCall, codes: Codes) => Promise<WireResponse>;

const strikes: Readonly<Record<WireFaultKind, Strike>> = {
  throttled: async ({ refuse }, { throttled }) => refuse(throttled),
  'server-error': async ({ refuse }, { serverError }) => refuse(serverError),
  refused: async ({ refuse }, { refused }) => refuse(refused),
  'lost-before': async () => {
    throw new ConnectionLost('The request was lost');
  },
  'lost-after': async ({ perform }) => {
    await perform();
    throw new ConnectionLost('The answer was lost');
  },
  'slow-request': async ({ perform }) => {
    await seconds(slowSeconds);
    return perform();
  },
  'slow-answer': async ({ perform }) => {
    const response = await perform();
    await seconds(slowSeconds);
    return response;
  },
  'not-found': async ({ notFound, perform }) => notFound() ?? perform(),
};

/** Lets the fault happen to the call. */
export const strikeCall = (kind: WireFaultKind, intercepted: InterceptedCall): Promise<WireResponse> =>
  strikes[kind](intercepted, codesOf[intercepted.call.service] ?? anyService);
