import { CfnOutput, Stack } from 'aws-cdk-lib';
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
    dashboard(this, 'Dashboard', {
      ...watched,
      liveRunnerCap: config.liveRunnerCap,
      functions,
      api,
      deadLetters: { schedules: schedules.deadLetters, events: events.deadLetters },
    });
    addLogQueries(this, 'LogQueries', functions);
    this.#tell(deployment, { EndpointUrl: api.apiEndpoint, ApiId: api.apiId });
  }

  /** What whoever deploys, fills the secret or removes the stack has to know of it. */
  #tell({ names, id, githubSecretArn }: Deployment, api: Readonly<Record<string, string>>): void {
    const outputs = {
      ...api,
      Deployment: id,
      GitHubSecretArn: githubSecretArn,
      AdmissionParameter: names.admissionParameter,
      ProvisionStateMachineArn: names.stateMachineArn('provision-runner'),
      DestroyStateMachineArn: names.stateMachineArn('destroy-runner'),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
