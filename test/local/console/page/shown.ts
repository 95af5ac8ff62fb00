import type {
  ConsoleState,
  ShownExecution,
  ShownInstance,
  ShownJob,
  ShownLife,
} from '../../../../local/console/console-state.ts';

/** Small states of the console, of which a test changes what it is about. */

export const execution = (changed: Partial<ShownExecution> = {}): ShownExecution => ({
  name: 'rr_runner_1_x86_64-1',
  stateMachine: 'provision-runner',
  role: 'provision',
  status: 'RUNNING',
  startedAt: 0,
  eventCount: 1,
  ...changed,
});

export const instance = (changed: Partial<ShownInstance> = {}): ShownInstance => ({
  id: 'i-0001',
  state: 'running',
  market: 'spot',
  instanceType: 'c5.9xlarge',
  availabilityZone: 'us-east-2a',
  launchedAt: 5_000,
  ...changed,
});

export const life = (changed: Partial<ShownLife> = {}): ShownLife => ({
  name: 'rr_runner_1_x86_64-1',
  label: 'rr_runner_1',
  architecture: 'x86_64',
  n: 1,
  status: 'requested',
  isOver: false,
  requestedAt: 0,
  deadline: 3_600_000,
  instances: [],
  executions: [execution()],
  ...changed,
});

export const job = (changed: Partial<ShownJob> = {}): ShownJob => ({
  id: 5001,
  runId: 1001,
  labels: ['rr_runner_1', 'arch_x86_64'],
  status: 'queued',
  conclusion: null,
  runner: null,
  durationSeconds: 600,
  ...changed,
});

export const state = (changed: Partial<ConsoleState> = {}): ConsoleState => ({
  settings: {
    labelPrefix: 'rr_runner_',
    maximumLabelLength: 42,
    faultServices: ['ec2', 'github'],
    admissionParameter: '/stint/admission',
  },
  drawings: [],
  lives: [],
  registrations: [],
  runs: [],
  jobs: [],
  schedules: [],
  faults: [],
  rations: [],
  admission: 'open',
  alarms: [],
  logCount: 0,
  ...changed,
});
