import { asList, asNumber, asProperties, asText, asTexts } from './properties.ts';
import type { StackResource, Template } from './template.ts';

/** An alarm on one metric: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export interface StackAlarm {
  readonly name: string;
  readonly arn: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
  /** How many periods are looked at, newest first. */
  readonly periods: number;
  /** In how many of them the threshold must be passed. */
  readonly periodsToAlarm: number;
  readonly threshold: number;
  readonly comparison: string;
  /** The functions to invoke and the topics to tell when the state becomes ALARM. */
  readonly alarmActions: readonly string[];
  /** Likewise when it becomes OK. */
  readonly okActions: readonly string[];
}

const actions = (value: StackResource['properties'][string] | undefined): readonly string[] =>
  asList(value).map(asText);

const stackAlarm = ({ ids, properties }: StackResource): StackAlarm => ({
  name: ids.ref,
  arn: asText(ids.attributes['Arn']),
  namespace: asText(properties['Namespace']),
  metricName: asText(properties['MetricName']),
  dimensions: Object.fromEntries(
    asList(properties['Dimensions'])
      .map((dimension) => asTexts(asProperties(dimension)))
      .map(({ Name = '', Value = '' }) => [Name, Value]),
  ),
  statistic: asText(properties['Statistic']),
  periodSeconds: asNumber(properties['Period']),
  periods: asNumber(properties['EvaluationPeriods']),
  periodsToAlarm: asNumber(properties['DatapointsToAlarm'] ?? properties['EvaluationPeriods']),
  threshold: asNumber(properties['Threshold']),
  comparison: asText(properties['ComparisonOperator']),
  alarmActions: actions(properties['AlarmActions']),
  okActions: actions(properties['OKActions']),
});

/** Those of the stack's alarms that watch one metric of the stack's own: of AWS's there are none on this machine. */
export const stackAlarms = (template: Template): readonly StackAlarm[] =>
  template
    .resources('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties['MetricName'] !== undefined)
    .filter(({ properties }) => !asText(properties['Namespace']).startsWith('AWS/'))
    .map(stackAlarm);
