import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { switchParameter } from './constructs/admission-switch.ts';
import { Alarms } from './constructs/alarms.ts';
import { dashboard } from './constructs/dashboard.ts';
import { DeadlineSchedules } from './constructs/deadline-schedules.ts';
import { Events } from './constructs/events.ts';
import { Functions } from './constructs/functions.ts';
import { githubSecret } from './constructs/github-secret.ts';
import { StintHttpApi } from './constructs/http-api.ts';
import { addLogQueries } from './constructs/log-queries.ts';
import { memoryTable } from './constructs/memory-table.ts';
import { deploymentId, namesOf } from './constructs/names.ts';
import { runnerNetwork } from './constructs/network.ts';
import { RunnerHoursBudget } from './constructs/runner-hours-budget.ts';
import { sealKey } from './constructs/seal-key.ts';
import { StintStateMachine } from './constructs/stint-state-machine.ts';
import { webhookSecret } from './constructs/webhook-secret.ts';
import { type Deployment, grantSubjects, settingValues } from './deployment.ts';
import { stepStems } from './function-table.ts';

export interface StintStackProps {
  readonly config: Config;
  /** The folder that holds a folder for each function's bundle. */
  readonly bundles: string;
}

/** The whole of a deployment. It only composes. */
export class StintStack extends Stack {
  constructor(scope: Construct, { config, bundles }: StintStackProps) {
    const { stackName, region, target } = config;
    const description = `Stint: GitHub Actions runners for ${target}, each on a machine of its own`;
    super(scope, stackName, { stackName, description, env: { region } });

    const names = namesOf(stackName);
    const schedules = new DeadlineSchedules(this, 'DeadlineSchedules', names);
    switchParameter(this, 'AdmissionSwitch', names);
    memoryTable(this, 'MemoryTable', names);
    const deployment: Deployment = {
      config,
      names,
      id: deploymentId(),
      network: runnerNetwork(this, config),
      githubSecretArn: githubSecret(this, 'GitHubSecret').ref,
      webhookSecretArn: webhookSecret(this, 'WebhookSecret').ref,
      sealKeyArn: sealKey(this, 'SealKey').keyArn,
      schedulerRoleArn: schedules.roleArn,
      deadLetterQueueArn: schedules.deadLetters.queueArn,
    };
    const functions = new Functions(this, 'Functions', {
      bundles,
      values: settingValues(this, deployment),
      subjects: grantSubjects(deployment),
      admission: config.admission,
    });

    const shared = { names, functions };
    const { stateMachine: provisionRunner } = new StintStateMachine(this, 'ProvisionRunner', {
      name: 'provision-runner',
      ...shared,
    });
    const { stateMachine: destroyRunner } = new StintStateMachine(this, 'DestroyRunner', {
      name: 'destroy-runner',
      ...shared,
    });
    const events = new Events(this, 'Events', shared);
    const { api } = new StintHttpApi(this, 'HttpApi', { functions, ...config });
    const budget = new RunnerHoursBudget(this, 'RunnerHoursBudget', {
      metricNamespace: config.stackName,
      hoursPerDay: config.runnerHoursPerDay,
      switchAdmission: functions.of('switch-admission'),
      deadLetters: events.deadLetters,
    });
    const watched = { metricNamespace: stackName, provisionRunner, destroyRunner };
    new Alarms(this, 'Alarms', {
      ...watched,
      others: [budget.alarm],
      deadLetters: [schedules.deadLetters, events.deadLetters],
      sweep: functions.of('sweep').fn,
      api,
      handlers: functions.all.filter(([stem]) => !stepStems.includes(stem)).map(([, { fn }]) => fn),
      ...(config.alarmEmail === undefined ? {} : { email: config.alarmEmail }),
    });
    const { dashboardName } = dashboard(this, 'Dashboard', {
      ...watched,
      liveRunnerCap: config.liveRunnerCap,
      functions,
      api,
      deadLetters: { schedules: schedules.deadLetters, events: events.deadLetters },
    });
    addLogQueries(this, 'LogQueries', functions);
    this.#tell(deployment, api, dashboardName);
  }

  /** What whoever deploys, fills the secret or removes the stack has to know of it. */
  #tell({ names, id, config, ...made }: Deployment, api: HttpApi, dashboardName: string): void {
    const { region } = this;
    const outputs: Readonly<Record<string, readonly [value: string, description: string]>> = {
      EndpointUrl: [api.apiEndpoint, 'Where workflows ask for runners'],
      ApiId: [api.apiId, 'The HTTP API, by which npm run remove closes it'],
      DashboardUrl: [
        `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`,
        'Whether runners get ready, what stays, and who is refused',
      ],
      Deployment: [id, 'The id in the names and tags of everything that this deployment makes'],
      GitHubSecretArn: [
        made.githubSecretArn,
        'The secret with the GitHub credential; npm run fill-secret fills it',
      ],
      AdmissionParameter: [names.admissionParameter, 'The parameter that closes and opens admission'],
      ProvisionStateMachineArn: [
        names.stateMachineArn('provision-runner'),
        'Its executions are the lives of runners',
      ],
      DestroyStateMachineArn: [
        names.stateMachineArn('destroy-runner'),
        'Its executions are the ends of runners',
      ],
    };
    const ofWebhook: typeof outputs = {
      WebhookUrl: [`${api.apiEndpoint}/github/webhook`, 'Where GitHub delivers what happens to jobs'],
      WebhookSecretArn: [made.webhookSecretArn, 'The secret that signs deliveries; npm run webhook shows it'],
    };
    const told = config.admission === 'verified' ? { ...outputs, ...ofWebhook } : outputs;
    for (const [name, [value, description]] of Object.entries(told))
      new CfnOutput(this, name, { value, description });
  }
}
