import { jobBody } from './bodies.ts';
import { nodeId, userBody } from './repository-body.ts';
import type { FakeJob, FakeRun } from './runners.ts';
import { wholeRepositoryBody } from './whole-repository-body.ts';

/** What only GitHub knows of a delivery. */
export interface Delivered {
  readonly run: FakeRun;
  readonly runnerId: number | null;
  readonly installationId: number;
}

const shortRepository = (run: FakeRun) => {
  const {
    subscribers_count: _,
    network_count: __,
    ...body
  } = wholeRepositoryBody(run.repository, run.isPrivate === true);
  return body;
};

/** The body of a `workflow_job` delivery (https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_job). */
export const deliveryBody = (job: FakeJob, { run, runnerId, installationId }: Delivered) => {
  const [owner = ''] = run.repository.split('/');
  const body = jobBody(job, run, runnerId, 1);
  const step = {
    name: 'Set up job',
    number: 1,
    status: job.status,
    conclusion: job.conclusion,
    started_at: body.started_at,
    completed_at: body.completed_at,
  };
  return {
    action: job.status,
    workflow_job: { ...body, steps: job.runnerName === null ? [] : [step] },
    repository: shortRepository(run),
    sender: userBody(owner),
    installation: { id: installationId, node_id: nodeId('INSTALLATION', installationId) },
  };
};
