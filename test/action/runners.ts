import type { Answer } from './scripted-endpoint.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A runner of the first attempt of run 1001, as `GET /runners/{label}` lists it. */
export const runner = (architecture: string, status: string, more: Fields = {}): Fields => ({
  name: `rr_runner_1001_1_${architecture}-1`,
  architecture,
  status,
  requested_at: '2026-07-01T12:00:00.000Z',
  deadline: '2026-07-01T13:00:00.000Z',
  ...more,
});

export const spot = {
  market: 'spot',
  instance_type: 'c5.9xlarge',
  availability_zone: 'us-east-2a',
  instance_id: 'i-0123456789abcdef0',
};

export const onDemand = { ...spot, market: 'on-demand', availability_zone: 'us-east-2b' };

const listing = (status: number, runners: readonly Fields[]): Answer => ({
  status,
  body: { label: 'rr_runner_1001_1', runners },
});

/** The answer to a create. */
export const requested = (...architectures: readonly string[]): Answer =>
  listing(
    202,
    architectures.map((architecture) => runner(architecture, 'requested')),
  );

/** The answer to a look at the status. */
export const shows = (...runners: readonly Fields[]): Answer => listing(200, runners);

export const problem = (
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: { type: 'about:blank', title: 'Refused', status, detail },
});

/** The answer to a destroy. */
export const destroying = (...names: readonly string[]): Answer => ({
  status: 202,
  body: { runners: names.map((name) => ({ name, status: 'destroying' })) },
});
