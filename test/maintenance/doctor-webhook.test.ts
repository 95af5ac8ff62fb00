import { describe, expect, test } from '@jest/globals';
import { webhookCheck } from '../../maintenance/doctor/webhook-check.ts';
import type { AppWebhook } from '../../maintenance/github-access.ts';

const url = 'https://api.example.org/github/webhook';

const taken = { event: 'workflow_job', deliveredAt: new Date(), statusCode: 202 };

const whole: AppWebhook = {
  url,
  isJson: true,
  isVerifyingTls: true,
  events: ['workflow_job'],
  deliveries: [taken, { ...taken, event: 'ping', statusCode: 0 }],
};

const look = async (hook: AppWebhook | undefined) => {
  const verdicts = await webhookCheck({ github: { hook: async () => hook }, url }).look();
  return verdicts.map((verdict) => `${verdict.mark}: ${verdict.says}`).join('\n');
};

describe('doctor finds a webhook', () => {
  test('whose deliveries are taken', async () => {
    expect(await look(whole)).toBe('pass: 1 of the last 1 deliveries were taken');
  });

  test.each<[string, AppWebhook | undefined, RegExp]>([
    ['that is not looked at with a token', undefined, /^skipped: .*jobs wait up to a minute/],
    ['that is not there', { events: [], deliveries: [] }, /^skipped: no webhook: jobs wait up to a minute/],
    [
      'that goes elsewhere',
      { ...whole, url: 'https://other.example.org/' },
      /^fail: the webhook goes to https:\/\/other/,
    ],
    ['that sends forms', { ...whole, isJson: false }, /^fail: the webhook does not send JSON/],
    ['that verifies no certificate', { ...whole, isVerifyingTls: false }, /^warning: .*certificate/],
    [
      'without the event',
      { ...whole, events: ['push'] },
      /^fail: the App does not subscribe to workflow_job/,
    ],
    [
      'with another secret',
      { ...whole, deliveries: [{ ...taken, statusCode: 401 }] },
      /^fail: .*another secret/,
    ],
    [
      'that nobody answers',
      { ...whole, deliveries: [{ ...taken, statusCode: 0 }, taken] },
      /^warning: .*answered with 0, and 1 of the last 2/,
    ],
    ['that has delivered nothing yet', { ...whole, deliveries: [] }, /^pass: no job was delivered lately/],
  ])('%s', async (_, hook, says) => {
    expect(await look(hook)).toMatch(says);
  });
});
