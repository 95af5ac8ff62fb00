import { describe, expect, jest, test } from '@jest/globals';
import { destroying, problem, requested, runner, shows } from './runners.ts';
import type { Answer } from './scripted-endpoint.ts';
import { endpoints } from './with-endpoint.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const ready = [shows(runner('x86_64', 'ready'))];

/** API Gateway's own, which has no Retry-After: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html */
const gatewaysTooMany: Answer = { status: 429, body: { message: 'Too Many Requests' } };

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toUTCString();

describe('an answer that can be another one in a while', () => {
  test.each([
    ['429 with seconds', problem(429, 'This run has its runners.', { 'retry-after': '7' }), 7, 7],
    ['503 with a date', problem(503, 'GitHub does not answer.', { 'Retry-After': inSeconds(110) }), 60, 110],
    ['503 with a date that has passed', problem(503, 'Away.', { 'retry-after': inSeconds(-60) }), 1, 1],
    ['429 with more than two minutes', problem(429, 'Closed.', { 'retry-after': '600' }), 120, 120],
    ['503 with a Retry-After that is neither', problem(503, 'Away.', { 'retry-after': 'soon' }), 2, 2],
    ["API Gateway's own 429", gatewaysTooMany, 2, 2],
    ['500', { status: 500, body: { message: 'Internal Server Error' } }, 2, 2],
    ['502 with a page of HTML', { status: 502, body: '<html><h1>Bad Gateway</h1></html>' }, 2, 2],
    ['a lost connection', { hangUp: true }, 2, 2],
    ['200 with garbage', { status: 200, body: '{"runners":' }, 2, 2],
    ['200 with JSON that is not an answer', { status: 200, body: { hello: 'world' } }, 2, 2],
  ] as const)('%s: asks again, after the seconds that it was told', async (_, answer, least, most) => {
    const endpoint = await startEndpoint({ create: [answer, requested('x86_64')], status: ready });

    const { exitCode, log, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(0);
    expect(endpoint.callsOf('create')).toHaveLength(2);
    expect(slept).toHaveLength(1);
    expect(slept[0]).toBeGreaterThanOrEqual(least);
    expect(slept[0]).toBeLessThanOrEqual(most);
    expect(log).toMatch(/Asking again in \d+ seconds\./);
  });

  test('also while it looks at the status', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64')],
      status: [problem(503, 'Away.', { 'retry-after': '3' }), ...ready],
    });

    const { exitCode, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(0);
    expect(slept).toEqual([3]);
  });

  test('says what it was told and for how long it waits', async () => {
    const endpoint = await startEndpoint({
      create: [problem(429, 'This run has two x86_64 runners.', { 'retry-after': '7' }), requested('x86_64')],
      status: ready,
    });

    const { log } = await runStep({ endpoint: endpoint.url });

    expect(log).toMatch(
      /^\d+:\d\d {2}The endpoint answered 429: This run has two x86_64 runners\. Asking again in 7 seconds\.$/m,
    );
  });

  test('gives up at once when the wait would outlast the time-out', async () => {
    const endpoint = await startEndpoint({
      create: [problem(429, 'The hours of today are used up.', { 'retry-after': '90' })],
      destroy: [destroying()],
    });

    const { exitCode, log, slept } = await runStep({ endpoint: endpoint.url, 'timeout-seconds': '60' });

    expect(exitCode).toBe(1);
    expect(slept).toEqual([]);
    expect(log).toContain(
      '::error title=Stint::The endpoint answered 429: The hours of today are used up. The time-out of 60 seconds leaves no time to ask again in 90.',
    );
  });

  test('asks on for as long as the endpoint asks for patience', async () => {
    const many = Array.from({ length: 7 }, () => gatewaysTooMany);
    const endpoint = await startEndpoint({ create: [...many, requested('x86_64')], status: ready });

    const { exitCode, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(0);
    expect(slept).toEqual([2, 4, 8, 16, 30, 30, 30]);
  });
});

describe('a refusal that GitHub’s lag behind its own runs can cause', () => {
  const lagging = (rule: string): Answer => ({
    ...problem(403, 'GitHub shows no run 1001.'),
    body: { status: 403, rule, detail: 'GitHub shows no run 1001.' },
  });

  test.each(['run-unknown', 'run-attempt', 'run-active'])('%s is asked again, and admitted', async (rule) => {
    const endpoint = await startEndpoint({
      create: [lagging(rule), lagging(rule), requested('x86_64')],
      status: ready,
    });

    const { exitCode, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(0);
    expect(slept).toEqual([2, 4]);
  });

  test('is believed after a minute, and told in the endpoint’s words', async () => {
    const endpoint = await startEndpoint({ create: [lagging('run-unknown')], destroy: [destroying()] });

    const { exitCode, log, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(1);
    expect(slept).toEqual([2, 4, 8, 16, 30]);
    expect(log).toContain('::error title=Stint::The endpoint answered 403: GitHub shows no run 1001.');
  });

  test.each(['run-repository', 'allowed-repository', 'run-label', 'lives-per-label', ['run-unknown'], 7])(
    'is not one by another rule (%j)',
    async (rule) => {
      const endpoint = await startEndpoint({
        create: [{ ...problem(403, 'No.'), body: { detail: 'No.', rule } }],
      });

      const { exitCode, slept } = await runStep({ endpoint: endpoint.url });

      expect(exitCode).toBe(1);
      expect(slept).toEqual([]);
    },
  );
});

describe('an endpoint that is away', () => {
  test('is asked six times in a minute, and then the step fails with what curl says', async () => {
    const endpoint = await startEndpoint({});
    const { url } = endpoint;
    await endpoint.close();

    const { exitCode, log, summary, slept } = await runStep({ endpoint: url });

    expect(exitCode).toBe(1);
    expect(slept).toEqual([2, 4, 8, 16, 30]);
    expect(log).toMatch(
      /^::error title=Stint::The endpoint did not answer \(curl: \(7\) Failed to connect .*\)\. That was try number 6\.$/m,
    );
    expect(summary).toContain('The endpoint did not answer');
  });

  test('shows the beginning of an error page, on one line', async () => {
    const page = `<html>\n<head><title>502 Bad Gateway</title></head>\n${'<p>'.repeat(2_000)}`;
    const endpoint = await startEndpoint({ create: [{ status: 502, body: page }], destroy: [destroying()] });

    const { exitCode, log } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(1);
    expect(log).toMatch(
      /^::error title=Stint::The endpoint answered 502: what is not Stint's, beginning with: <html> <head><title>502 Bad Gateway<\/title><\/head> (<p>)+/m,
    );
    expect(Math.max(...log.split('\n').map((line) => line.length))).toBeLessThan(400);
  });

  test('that does not answer in time counts as one that is away', async () => {
    const endpoint = await startEndpoint({ create: [{ ...requested('x86_64'), afterMs: 10_000 }] });

    const { exitCode, log } = await runStep({ endpoint: endpoint.url, 'timeout-seconds': '2' });

    expect(exitCode).toBe(1);
    expect(log).toMatch(/^::error title=Stint::The endpoint did not answer \(curl: \(28\) .*timed out/m);
  });

  test('that is slow is waited for', async () => {
    const endpoint = await startEndpoint({
      create: [{ ...requested('x86_64'), afterMs: 1_500 }],
      status: ready,
    });

    const { exitCode, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(0);
    expect(slept).toEqual([]);
  });
});

describe('an answer that stays', () => {
  test.each([400, 403, 404, 301])('%d fails at once', async (status) => {
    const endpoint = await startEndpoint({ create: [problem(status, 'No.')] });

    const { exitCode, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(1);
    expect(slept).toEqual([]);
    expect(endpoint.calls).toHaveLength(1);
  });
});
