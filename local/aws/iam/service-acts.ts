import type { Stack } from '../../template/stack.ts';
import { nameOfFunction } from '../lambda/function-invoker.ts';
import { arnIn } from './arns.ts';
import type { Act } from './denial.ts';
import type { IamRequest } from './iam-request.ts';

type Context = IamRequest['context'];

const encrypted: Context = { 'aws:SecureTransport': 'true' };

const by = (id: string, action: string, resource: string, context: Context = encrypted): Act => ({
  principal: { id },
  requests: [{ action, resource, context }],
});

const invoke = 'lambda:InvokeFunction';
const assume = 'sts:AssumeRole';
const send = 'sqs:SendMessage';

/**
 * What AWS's services do among themselves for the stack, each act with all that it needs: a service that acts for a
 * resource of the account's says for which
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
export const serviceActs = ({ place, functions, rules, stateMachines, httpApi }: Stack) => {
  const actingFor = (sourceArn: string): Context => ({
    ...encrypted,
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': place.accountId,
  });

  /** A function runs in its role (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html). */
  const roleOf = (functionArn: string): string =>
    functions.find(({ name }) => name === nameOfFunction(functionArn))?.roleArn ?? '';

  const lambdaRuns = (functionArn: string): Act => by('lambda.amazonaws.com', assume, roleOf(functionArn));

  const ruleArn = (ruleName: string): string => rules.find(({ name }) => name === ruleName)?.arn ?? '';

  /** Scheduler assumes a schedule's role for its group (https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html). */
  const asSchedule = (group: string, roleArn: string, act: Act): readonly Act[] => {
    const groupArn = arnIn(place, 'scheduler', `schedule-group/${group}`);
    return [by('scheduler.amazonaws.com', assume, roleArn, actingFor(groupArn)), act];
  };

  return {
    lambdaRuns,

    /** What a function has failed at goes into the queue in the function's name (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html). */
    functionSendsDeadLetter: (functionArn: string, queueArn: string): readonly Act[] => [
      lambdaRuns(functionArn),
      by(roleOf(functionArn), send, queueArn),
    ],

    /** By the function's own policy, for a route of a stage (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html). */
    routeInvokes: (routeKey: string, functionArn: string): Act => {
      const { apiId, stageName } = httpApi;
      const source = `${apiId}/${stageName}/${routeKey.replace(' ', '')}`;
      const context = actingFor(arnIn(place, 'execute-api', source));
      return by('apigateway.amazonaws.com', invoke, functionArn, context);
    },

    /** By the function's own policy, for a rule (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html). */
    ruleInvokes: (ruleName: string, functionArn: string): Act =>
      by('events.amazonaws.com', invoke, functionArn, actingFor(ruleArn(ruleName))),

    /** By the function's own policy, for an alarm (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html). */
    alarmInvokes: (alarmArn: string, functionArn: string): Act =>
      by('lambda.alarms.cloudwatch.amazonaws.com', invoke, functionArn, actingFor(alarmArn)),

    /** By the topic's policy (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html). */
    alarmPublishes: (alarmArn: string, topicArn: string): Act =>
      by('cloudwatch.amazonaws.com', 'sns:Publish', topicArn, actingFor(alarmArn)),

    /** By the queue's policy (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html). */
    ruleSendsDeadLetter: (ruleName: string, queueArn: string): readonly Act[] => [
      by('events.amazonaws.com', send, queueArn, actingFor(ruleArn(ruleName))),
    ],

    /** By the state machine's role (https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html). */
    stateMachineInvokes: (stateMachineArn: string, functionArn: string): readonly Act[] => {
      const { roleArn = '' } = stateMachines.find(({ arn }) => arn === stateMachineArn) ?? {};
      return [
        by('states.amazonaws.com', assume, roleArn, actingFor(stateMachineArn)),
        by(roleArn, invoke, functionArn),
      ];
    },

    scheduleStarts: (group: string, roleArn: string, stateMachineArn: string): readonly Act[] =>
      asSchedule(group, roleArn, by(roleArn, 'states:StartExecution', stateMachineArn)),

    /** A start that was not taken goes into the queue by the same role (https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html). */
    scheduleSendsDeadLetter: (group: string, roleArn: string, queueArn: string): readonly Act[] =>
      asSchedule(group, roleArn, by(roleArn, send, queueArn)),
  };
};

export type ServiceActs = ReturnType<typeof serviceActs>;
