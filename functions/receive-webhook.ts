import { destroyExecutions } from './adapters/aws/destroy-executions.ts';
import { secretCredential } from './adapters/aws/secrets-credential.ts';
import { webhookSecretReader } from './adapters/aws/webhook-secret.ts';
import type { GitHubClient } from './adapters/github/github-client.ts';
import type { CredentialSource } from './adapters/github/github-credential.ts';
import { githubRuns, githubWaitingJobs } from './adapters/github/github-runs.ts';
import { verifySignature } from './adapters/github/webhook-signature.ts';
import { githubReserve } from './domain/admission/github-reserve.ts';
import { isJson } from './domain/api/json-body.ts';
import { Problem } from './domain/api/problem.ts';
import { requestBudget } from './domain/readings/request-budget.ts';
import { authenticity } from './domain/webhook/authenticity.ts';
import { deliveryMemory } from './domain/webhook/delivery-memory.ts';
import { giveLivesBack } from './domain/webhook/give-back.ts';
import { type JobEvent, maximumDeliveryBytes, parseJobEvent } from './domain/webhook/job-event.ts';
import { lookOnHint } from './domain/webhook/look-on-hint.ts';
import { type Received, receiveDelivery } from './domain/webhook/receive-delivery.ts';
import { robbedNews, robbedRun } from './domain/webhook/robbed-run.ts';
import { runsGithubOf } from './runtime/github.ts';
import { http, jsonAnswer, type Respond } from './runtime/http.ts';
import type { ApiRequest } from './runtime/http-request.ts';
import { lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';
import { measureOf } from './runtime/metrics.ts';
import { runLookOf } from './runtime/queue.ts';
import { countingRefusals } from './runtime/refusal-metrics.ts';
import type { Runtime } from './runtime/runtime.ts';
import { changesItems, listsItems, putsItems, readsItems } from './runtime/table.ts';
import { tellingOf } from './runtime/telling.ts';

export interface ReceiveWebhookPorts {
  /** Whether GitHub has signed the body. */
  readonly isAuthentic: (body: string, signature: string | undefined) => Promise<boolean>;
  /** Does what a job's delivery is a hint for. */
  readonly receive: (event: JobEvent) => Promise<Received>;
  readonly log: Log;
}

const requireAuthentic = async (
  { isAuthentic }: ReceiveWebhookPorts,
  { body, headers }: ApiRequest,
): Promise<string> => {
  if (body.byteLength > maximumDeliveryBytes)
    throw new Problem('body-too-large', `A delivery must have at most ${maximumDeliveryBytes} bytes.`);
  const text = Buffer.from(body).toString('utf8');
  if (await isAuthentic(text, headers['x-hub-signature-256'])) return text;
  throw new Problem(
    'not-authentic',
    'The header X-Hub-Signature-256 does not sign this body with the secret of this deployment. If you are its ' +
      'maintainer: "npm run webhook" shows the secret that the webhook at GitHub must have.',
  );
};

const requireJson = ({ contentType }: ApiRequest): void => {
  if (isJson(contentType ?? '')) return;
  throw new Problem(
    'unsupported-media-type',
    'The delivery must be JSON. Set the content type of the webhook at GitHub to application/json.',
  );
};

/**
 * Takes GitHub's deliveries. Whatever is GitHub's is answered with 202, whether anything is done by it or not; throws a
 * Problem for what is not signed, too large, or no delivery.
 */
export const receiveWebhook =
  (ports: ReceiveWebhookPorts): Respond =>
  async (request) => {
    const body = await requireAuthentic(ports, request);
    requireJson(request);
    const name = request.headers['x-github-event'] ?? '';
    if (name !== 'workflow_job')
      return jsonAnswer(202, { effect: 'none', because: 'nothing is done by this event' });
    const event = parseJobEvent(body);
    const received = await ports.receive(event);
    const { action, jobId: job, runId: run, attempt } = event;
    ports.log('delivery', { action, job, run, attempt, ...received });
    return jsonAnswer(202, received);
  };

/** The installation that the credential names: that of an App alone can be told from others. */
const installationOf = async (credential: CredentialSource): Promise<number | undefined> => {
  const known = await credential.read();
  return known.kind === 'app' ? Number(known.installationId) : undefined;
};

const lookOf = (runtime: Runtime, github: GitHubClient): ReturnType<typeof lookOnHint> => {
  const { clock } = runtime;
  const reserve = githubReserve(github, clock);
  const byId = githubRuns(github);
  return lookOnHint({
    runs: { run: (wanted) => reserve.spend(() => byId.run(wanted)) },
    budget: (options) => requestBudget(changesItems(runtime), clock, options),
    lookAtRun: runLookOf(runtime, github, reserve),
  });
};

const receiverOf = (runtime: Runtime): ReturnType<typeof receiveDelivery> => {
  const { aws, clock, settings } = runtime;
  const { githubSecretArn, destroyStateMachineArn, deployment, ...own } = settings(
    'githubSecretArn',
    'destroyStateMachineArn',
    'deployment',
    'labelPrefix',
    'allowedRepositories',
  );
  const credential = secretCredential(aws, githubSecretArn, clock);
  const github = runsGithubOf(runtime);
  const table = listsItems(runtime);
  const tell = tellingOf(runtime);
  const jobs = githubWaitingJobs(github);
  const destroys = destroyExecutions(aws, destroyStateMachineArn);
  return receiveDelivery(
    {
      memory: deliveryMemory({ ...readsItems(runtime), ...putsItems(runtime) }, clock),
      installationId: () => installationOf(credential),
      look: lookOf(runtime, github),
      giveBack: giveLivesBack({ table, jobs, destroys }, { deployment, ...own }),
      robbed: robbedRun(table, deployment),
      tellRobbed: (life) => tell(life, robbedNews),
    },
    own,
  );
};

export const assemble = http((runtime) => {
  const { aws, clock, log, settings } = runtime;
  const { webhookSecretArn } = settings('webhookSecretArn');
  const secrets = webhookSecretReader(aws, webhookSecretArn);
  const isAuthentic = authenticity({ secrets, verify: verifySignature, clock });
  const ports = { isAuthentic, receive: receiverOf(runtime), log };
  return countingRefusals(measureOf(runtime), receiveWebhook(ports));
});

export const handler = lambda(assemble);
