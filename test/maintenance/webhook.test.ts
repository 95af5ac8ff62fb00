import { describe, expect, jest, test } from '@jest/globals';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { webhookCommand } from '../../maintenance/webhook/command.ts';
import { verifiedStack } from '../synthesized-stack.ts';
import { maintainedCloud, surroundingsIn } from './maintained-cloud.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

const shown = async (args: readonly string[] = [], change: (cloud: LocalCloud) => void = () => undefined) => {
  const { cloud, calls } = await maintainedCloud(verifiedStack());
  const printed: string[] = [];
  change(cloud);
  try {
    const status = await webhookCommand(args, {
      print: (line) => printed.push(line),
      complain: (line) => printed.push(line),
      variables: {},
      surroundings: surroundingsIn(cloud),
    });
    const [made] = cloud.stack.generatedSecrets;
    const writes = calls.filter(({ call }) => !/^(Get|Describe|List)/.test(call.operation));
    return { status, printed: printed.join('\n'), secret: cloud.secrets.get(made?.arn ?? '') ?? '', writes };
  } finally {
    await cloud.close();
  }
};

describe('npm run webhook', () => {
  test('shows the address, the secret and the event, and changes nothing', async () => {
    const { status, printed, secret, writes } = await shown();

    expect(status).toBe(0);
    expect(secret).toMatch(/^[A-Za-z0-9]{48}$/);
    expect(printed).toContain(`Webhook secret  ${secret}`);
    expect(printed).toMatch(/Webhook URL {5}https:\/\/\S+\/github\/webhook/);
    expect(printed).toContain('Workflow job');
    expect(writes).toEqual([]);
  });

  test('says what to do where no deliveries are taken', async () => {
    const { status, printed } = await shown([], ({ deployed }) => {
      const { WebhookUrl: _, ...outputs } = deployed.record.outputs;
      Object.assign(deployed.record, { outputs });
    });

    expect(status).toBe(1);
    expect(printed).toMatch(/takes no deliveries.*Set admission to verified, and npm run deploy/);
  });

  test('says when the secret is gone', async () => {
    const { status, printed } = await shown([], ({ stack, secrets }) => {
      for (const { arn } of stack.generatedSecrets) secrets.delete(arn);
    });

    expect(status).toBe(1);
    expect(printed).toMatch(/is empty or gone. Deploy again: npm run deploy/);
  });

  test('says its options', async () => {
    const { status, printed } = await shown(['--help']);

    expect(status).toBe(0);
    expect(printed).toMatch(/^npm run webhook/);
  });
});
