import { jsonResponse } from '../wire/http-exchange.ts';
import type { Call } from './controlled-cloud.ts';
import {
  given,
  oneOf,
  optional,
  positiveNumber,
  readBody,
  readQueryString,
  recordOfTexts,
  textValue,
  wholeNumber,
} from './fields.ts';

const errorCode = (value: unknown): string =>
  typeof value === 'number' ? String(wholeNumber(value)) : textValue(value);

/** Shows the faults that can still strike. */
export const getFaults: Call = (cloud) => jsonResponse(200, cloud.faults());

/** Injects a fault. */
export const postFault: Call = (cloud, { body }) => {
  const { operation = '*', ...rest } = readBody(body, {
    service: oneOf(cloud.faultServices),
    operation: optional(textValue),
    error: errorCode,
    where: optional(recordOfTexts),
    times: optional(wholeNumber),
    seconds: optional(positiveNumber),
  });
  const { service, error, ...limits } = rest;
  const fault = { service, error, operation, ...given(limits) };
  cloud.addFault(fault);
  return jsonResponse(201, fault);
};

/** Clears the faults, or only those that agree with the query: `?error=InsufficientInstanceCapacity&market=spot`. */
export const deleteFaults: Call = (cloud, { path }) => {
  const { market, ...like } = readQueryString(path, {
    service: optional(oneOf(cloud.faultServices)),
    operation: optional(textValue),
    error: optional(textValue),
    market: optional(oneOf(['spot', 'on-demand'])),
  });
  cloud.clearFaults({ ...given(like), ...(market === undefined ? {} : { where: { market } }) });
  return { status: 204, headers: {}, body: '' };
};
