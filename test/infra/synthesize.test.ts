import { describe, expect, test } from '@jest/globals';
import { templateOf } from './synthesis.ts';

describe('the synthesis', () => {
  test('gives the same template every time', async () => {
    const [first, second] = [await templateOf({}), await templateOf({})];
    expect(first.template).toEqual(second.template);
  });

  test('takes what cdk.json says, and what is given over it', async () => {
    const { template } = await templateOf({ stackName: 'Other', region: 'eu-west-1', lifetimeMinutes: '90' });
    expect(JSON.stringify(template)).toContain('"LIFETIME_MINUTES":"90"');
    expect(JSON.stringify(template)).not.toContain('Stint-');
  });
});
