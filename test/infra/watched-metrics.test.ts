import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { functionTable, stepStems } from '../../infra/function-table.ts';
import { defaultTemplate } from './template.ts';
import { alarmMetrics, dashboardMetrics } from './watched-metrics.ts';

const template = defaultTemplate();
const watched = [...alarmMetrics(template), ...dashboardMetrics(template)];

/**
 * AWS's own metrics by name, with the dimensions by which each is published:
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (without a dimension it is that of all
 * functions), https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html.
 */
const published: Readonly<Record<string, { names: readonly string[]; dimensions: readonly string[] }>> = {
  'AWS/States': {
    names: [
      'ExecutionTime',
      'ExecutionsStarted',
      'ExecutionsSucceeded',
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ExecutionsAborted',
      'ExecutionThrottled',
    ],
    dimensions: ['StateMachineArn'],
  },
  'AWS/Lambda': {
    names: ['Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions'],
    dimensions: ['FunctionName', ''],
  },
  'AWS/SQS': {
    names: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage', 'NumberOfMessagesSent'],
    dimensions: ['QueueName'],
  },
  'AWS/ApiGateway': {
    names: ['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency', 'DataProcessed'],
    dimensions: ['ApiId'],
  },
};

const ofAws = watched.filter(({ namespace }) => namespace.startsWith('AWS/'));

describe('the metrics of AWS that alarms and dashboard watch', () => {
  test.each(ofAws.map((metric) => [`${metric.by}: ${metric.namespace} ${metric.name}`, metric] as const))(
    '%s is one that AWS publishes',
    (_, { namespace, name, dimensions }) => {
      expect(published[namespace]?.names).toContain(name);
      expect(published[namespace]?.dimensions).toContain(Object.keys(dimensions).join());
    },
  );

  test('are of things that this stack has', () => {
    const { resources } = template;
    const of = (type: string, attribute?: string) =>
      resources(type).map(({ ids }) => (attribute === undefined ? ids.ref : ids.attributes[attribute]));
    const own = [
      ...of('AWS::StepFunctions::StateMachine'),
      ...of('AWS::Lambda::Function'),
      ...of('AWS::SQS::Queue', 'QueueName'),
      ...of('AWS::ApiGatewayV2::Api'),
    ];
    const strangers = ofAws.flatMap(({ dimensions }) =>
      Object.values(dimensions).filter((value) => !own.includes(value)),
    );
    expect(strangers).toEqual([]);
  });
});

describe('the alarms', () => {
  const alarms = template.resources('AWS::CloudWatch::Alarm');
  const page = join(import.meta.dirname, '..', '..', 'docs', 'operating.md');

  /** As GitHub makes an anchor of a heading. */
  const anchors = (): readonly string[] =>
    existsSync(page)
      ? Array.from(readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
          heading
            .toLowerCase()
            .replaceAll(/[^\w\- ]/g, '')
            .replaceAll(' ', '-'),
        )
      : [];

  test.each(alarms.map(({ logicalId, properties }) => [logicalId, properties] as const))(
    '%s says where an operator reads what to do',
    (_, { AlarmDescription }) => {
      const anchor = /What to do: docs\/operating\.md#([\w-]+)$/.exec(String(AlarmDescription))?.[1];
      expect(anchors()).toContain(anchor);
    },
  );

  test('watch every dead-letter queue', () => {
    const queues = template.resources('AWS::SQS::Queue').map(({ ids }) => ids.attributes['QueueName']);
    const seen = alarmMetrics(template)
      .filter(({ name }) => name === 'ApproximateNumberOfMessagesVisible')
      .map(({ dimensions }) => dimensions['QueueName']);
    expect(seen.toSorted()).toEqual(queues.toSorted());
  });

  test('watch the errors of every function that answers requests or events', () => {
    const seen = alarmMetrics(template)
      .filter(({ name }) => name === 'Errors')
      .map(({ dimensions }) => dimensions['FunctionName']);
    const handlers = Object.keys(functionTable).filter((stem) => !stepStems.includes(stem));
    expect(seen).toEqual(expect.arrayContaining(handlers.map((stem) => `Stint-${stem}`)));
  });

  test('watch no more metrics each than CloudWatch takes', () => {
    for (const { properties } of alarms) {
      const metrics = (properties['Metrics'] ?? []) as readonly { readonly MetricStat?: unknown }[];
      expect(metrics.filter(({ MetricStat }) => MetricStat !== undefined).length).toBeLessThanOrEqual(10);
    }
  });

  test('watch the endpoint’s 5xx and the sources that do not answer the sweep', () => {
    const seen = alarmMetrics(template).map(({ name }) => name);
    expect(seen).toEqual(expect.arrayContaining(['5xx', 'SourcesSilent']));
  });

  test('add nothing to what may have no value: a queue that nobody uses is silent', () => {
    const expressions = JSON.stringify(alarms.map(({ properties }) => properties['Metrics']));
    const sums = Array.from(expressions.matchAll(/"Expression":"([^"]+)"/g), ([, text = '']) => text);
    const bare = sums.filter((sum) => /(?<!FILL\()\b([qf]\d|failed|timedOut|succeeded)\b/.test(sum));
    expect(sums.length).toBeGreaterThan(2);
    expect(bare).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('shows the throttles of every function', () => {
    const shown = dashboardMetrics(template)
      .filter(({ name }) => name === 'Throttles')
      .map(({ dimensions }) => dimensions['FunctionName']);
    expect(shown.toSorted()).toEqual(
      Object.keys(functionTable)
        .map((stem) => `Stint-${stem}`)
        .toSorted(),
    );
  });
});
