import { type HttpRequest, type HttpResponse, jsonResponse } from '../wire/http-exchange.ts';
import type { Site } from '../wire/http-server.ts';
import { postAccount } from './account-calls.ts';
import type { Calls, ControlledCloud } from './controlled-cloud.ts';
import { getExecution } from './execution-calls.ts';
import { deleteFaults, getFaults, postFault } from './fault-calls.ts';
import { postJob, postRun } from './github-calls.ts';
import { postInterruption } from './instance-calls.ts';
import { requireOwnOrigin } from './own-origin.ts';
import { ControlProblem, problemResponse } from './problem.ts';

const calls: Readonly<Record<string, Calls>> = {
  '/_local/state': { GET: (cloud) => jsonResponse(200, cloud.snapshot()) },
  '/_local/executions': { GET: getExecution },
  '/_local/runs': { POST: postRun },
  '/_local/jobs': { POST: postJob },
  '/_local/interruptions': { POST: postInterruption },
  '/_local/account': { POST: postAccount },
  '/_local/faults': { GET: getFaults, POST: postFault, DELETE: deleteFaults },
};

const perform = (cloud: ControlledCloud, request: HttpRequest): HttpResponse => {
  requireOwnOrigin(request);
  const [path = ''] = request.path.split('?');
  const methods = calls[path];
  if (methods === undefined)
    throw new ControlProblem(404, `There is no ${path}. There are: ${Object.keys(calls).join(', ')}.`);
  const call = methods[request.method];
  if (call === undefined)
    throw new ControlProblem(405, `${path} takes ${Object.keys(methods).join(' and ')}.`);
  return call(cloud, request);
};

/** The control calls under `/_local/`, which exist on one machine only. */
export const controlSite = (cloud: ControlledCloud): Site => ({
  takes: ({ path }) => path.startsWith('/_local/'),
  answer: async (request) => {
    try {
      return perform(cloud, request);
    } catch (error) {
      if (error instanceof ControlProblem) return problemResponse(error);
      throw error;
    }
  },
});
