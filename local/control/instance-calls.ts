import { jsonResponse } from '../wire/http-exchange.ts';
import type { Call, Interruption } from './controlled-cloud.ts';
import { readBody, textValue } from './fields.ts';
import { ControlProblem } from './problem.ts';

const refusals: Readonly<Record<Exclude<Interruption, 'interrupted'>, readonly [number, string]>> = {
  unknown: [404, 'is no instance here'],
  'on-demand': [409, 'is an on-demand instance, which EC2 does not interrupt'],
  ended: [409, 'has ended already'],
};

/** Takes a spot instance back. */
export const postInterruption: Call = (cloud, { body }) => {
  const { instance_id: id } = readBody(body, { instance_id: textValue });
  const outcome = cloud.interrupt(id);
  if (outcome === 'interrupted') return jsonResponse(202, { instance_id: id });
  const [status, why] = refusals[outcome];
  throw new ControlProblem(status, `${id} ${why}.`);
};
