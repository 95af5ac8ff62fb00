import { describe, expect, test } from '@jest/globals';
import { nagReasons } from '../../infra/nag-reasons.ts';
import { outsideJest } from './bundling/outside-jest.ts';

/** Outside of Jest, whose loader takes three times as long for the CDK. */
const { nagFindings } = await outsideJest<typeof import('./nag-findings.ts')>(
  new URL('./nag-findings.ts', import.meta.url),
);

const findings = await nagFindings({ alarmEmail: 'operator@stint.example' });
const bare = await nagFindings({}, []);

describe('cdk-nag’s AwsSolutions', () => {
  test('finds nothing that has no reason', () => {
    expect(findings.open).toEqual([]);
  });

  test('has looked: without the reasons it finds as many kinds of things as there are reasons', () => {
    const { open } = bare;
    const rules = new Set(open.map((finding) => finding.split(' at ')[0]));
    expect(rules).toEqual(new Set(nagReasons.map(({ id }) => id)));
  });

  test.each([
    ['AwsSolutions-APIG4', /^Stint\/HttpApi\/(POST|GET|\$default)/],
    ['AwsSolutions-SMG4', /^Stint\/(GitHubSecret|WebhookSecret)$/],
    ['AwsSolutions-SQS3', /^Stint\/(DeadlineSchedules|Events)\/DeadLetters\/Resource$/],
  ])('has a reason for %s at what it was written for, and nowhere else', (rule, place) => {
    const { open } = bare;
    const places = open
      .filter((finding) => finding.startsWith(`${rule} at `))
      .map((finding) => finding.slice(rule.length + 4).trim());
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter((path) => !place.test(path))).toEqual([]);
  });

  test('passes what it knows of functions, state machines, keys, queues and stages', () => {
    expect([...findings.passed]).toEqual(
      expect.arrayContaining([
        'AwsSolutions-L1',
        'AwsSolutions-SF1',
        'AwsSolutions-SF2',
        'AwsSolutions-KMS5',
        'AwsSolutions-SQS4',
        'AwsSolutions-APIG1',
        'AwsSolutions-VPC7',
        'AwsSolutions-EC23',
      ]),
    );
  });

  test('needs every reason that is given', () => {
    const unused = nagReasons.filter(({ reason }) => !findings.reasonsUsed.has(reason));
    expect(unused).toEqual([]);
  });
});
