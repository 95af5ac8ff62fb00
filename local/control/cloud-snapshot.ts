import { tagNames } from '../../functions/domain/life/tags.ts';
import type { FakeInstance, Fleet } from '../aws/ec2/state.ts';
import type { Schedules } from '../aws/scheduler/state.ts';
import type { Executions, FakeExecution } from '../aws/step-functions/state.ts';
import type { FakeJob, FakeRunner } from '../github/runners.ts';
import type { GitHub } from '../github/state.ts';
import type {
  ExecutionSnapshot,
  InstanceSnapshot,
  JobSnapshot,
  RegistrationSnapshot,
  Snapshot,
} from './snapshot.ts';

/** Whatever a snapshot shows. */
export interface Shown {
  readonly fleet: Fleet;
  readonly github: GitHub;
  readonly schedules: Schedules;
  readonly executions: Executions;
}

const instance = ({ id, state, tags, market, instanceType, launchedAt }: FakeInstance): InstanceSnapshot => ({
  instance_id: id,
  state,
  runner: tags[tagNames.life] ?? null,
  market,
  instance_type: instanceType,
  launched_at: launchedAt.toISOString(),
});

const registration = (runner: FakeRunner): RegistrationSnapshot => ({
  id: runner.id,
  name: runner.name,
  status: runner.isOnline ? 'online' : 'offline',
  busy: runner.isShownBusy,
  labels: runner.labels,
});

const execution = ({ name, stateMachine, status, startedAt, error }: FakeExecution): ExecutionSnapshot => ({
  name,
  state_machine: stateMachine.name,
  status,
  started_at: startedAt.toISOString(),
  error: error ?? null,
});

/** A job as the control calls show it. */
export const jobSnapshot = ({ id, runId, labels, status, conclusion, runnerName }: FakeJob): JobSnapshot => ({
  id,
  run_id: runId,
  labels,
  status,
  conclusion,
  runner: runnerName,
});

/** The whole of the cloud as it is now. */
export const snapshotOf = ({ fleet, github, schedules, executions }: Shown): Snapshot => ({
  now: new Date().toISOString(),
  instances: fleet.all.map(instance),
  registrations: github.runners.map(registration),
  schedules: schedules.all.map(({ name, at }) => ({ name, at: at.toISOString() })),
  executions: executions.all.map(execution),
  jobs: github.jobs.map(jobSnapshot),
});
