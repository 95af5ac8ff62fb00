import { type HttpResponse, jsonResponse } from '../wire/http-exchange.ts';

/** A control call that cannot be done as it was asked for. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
};

/** The problem as a document of RFC 9457. */
export const problemResponse = ({ status, message }: ControlProblem): HttpResponse =>
  jsonResponse(
    status,
    { type: 'about:blank', title: titles[status] ?? 'Error', status, detail: message },
    'application/problem+json',
  );
