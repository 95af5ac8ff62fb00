import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { TemplateUnresolvable } from './intrinsics.ts';
import { asList, asProperties, asText } from './properties.ts';
import type { Template } from './template.ts';

export interface StackTarget {
  readonly arn: string;
  /** A fixed input in place of the event. */
  readonly input?: string;
  readonly deadLetterArn?: string;
}

/** An EventBridge rule of the stack: what it matches, or how often it fires. */
export interface StackRule {
  readonly name: string;
  readonly arn: string;
  readonly eventPattern?: Readonly<Record<string, TemplateValue>>;
  readonly everySeconds?: number;
  readonly targets: readonly StackTarget[];
}

const unitSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Seconds of a `rate(5 minutes)`; other expressions are not simulated. */
const rateSeconds = (expression: string): number => {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = unitSeconds[unit];
  if (seconds === undefined) throw new TemplateUnresolvable(`No simulation of the schedule ${expression}`);
  return Number(count) * seconds;
};

const targetOf = (value: TemplateValue): StackTarget => {
  const { Arn, Input, InputPath, InputTransformer, DeadLetterConfig } = asProperties(value);
  if (InputPath !== undefined || InputTransformer !== undefined)
    throw new TemplateUnresolvable(`No simulation of a target's input path or transformer: ${asText(Arn)}`);
  const deadLetter = DeadLetterConfig === undefined ? undefined : asProperties(DeadLetterConfig)['Arn'];
  return {
    arn: asText(Arn),
    ...(Input === undefined ? {} : { input: asText(Input) }),
    ...(deadLetter === undefined ? {} : { deadLetterArn: asText(deadLetter) }),
  };
};

/** The stack's enabled rules. */
export const stackRules = (template: Template): readonly StackRule[] =>
  template
    .resources('AWS::Events::Rule')
    .filter(({ properties }) => properties['State'] !== 'DISABLED')
    .map(({ ids, properties }) => {
      const { EventPattern, ScheduleExpression, Targets } = properties;
      return {
        name: ids.ref,
        arn: asText(ids.attributes['Arn']),
        ...(EventPattern === undefined ? {} : { eventPattern: asProperties(EventPattern) }),
        ...(ScheduleExpression === undefined
          ? {}
          : { everySeconds: rateSeconds(asText(ScheduleExpression)) }),
        targets: asList(Targets).map(targetOf),
      };
    });
